#include "detector/dicom/document_place.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <string_view>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/document/document.h"

namespace burntin {
namespace {

constexpr std::string_view kPdfStart = "%PDF-";

class DocumentPlace final : public Place {
 public:
  DocumentPlace(std::unique_ptr<Document> document, int source_index)
      : document_(std::move(document)), source_index_(source_index) {}

  std::vector<PlaneId> Planes() const override {
    std::vector<PlaneId> planes;
    for (int page = 0; page < document_->pages(); ++page) {
      planes.push_back({.source = Source::kDocument,
                        .source_index = source_index_,
                        .frame = page});
    }
    return planes;
  }

  absl::StatusOr<DecodedPlane> Decode(int page) override {
    return document_->Render(page);
  }

 private:
  const std::unique_ptr<Document> document_;
  const int source_index_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Place>> MakeDocumentPlace(
    DcmItem& item, int source_index, const DicomLimits& limits,
    std::vector<absl::Status>* omissions) {
  DcmElement* element = nullptr;
  if (item.findAndGetElement(DCM_EncapsulatedDocument, element).bad()) {
    return Error(Reason::kInternalFailure,
                 "An encapsulated document is gone. Report this as a defect.");
  }
  std::vector<char> bytes(element->getLengthField());
  if (bytes.empty() ||
      element
          ->getPartialValue(bytes.data(), 0, static_cast<Uint32>(bytes.size()))
          .bad()) {
    return Error(Reason::kFileTruncated,
                 "An encapsulated document cannot be read. Fetch the object "
                 "again.");
  }
  if (!std::string_view(bytes.data(), bytes.size()).starts_with(kPdfStart)) {
    return Error(Reason::kUnsupportedPlace,
                 "The object holds a document that is no PDF, which cannot be "
                 "inspected. Look at it by hand.");
  }
  ASSIGN_OR_RETURN(
      std::unique_ptr<Document> document,
      Document::Open(std::move(bytes),
                     {.pages = limits.frames,
                      .pixels_per_page = limits.pixels_per_frame}));
  for (const absl::Status& omission : document->omissions()) {
    omissions->push_back(omission);
  }
  return std::make_unique<DocumentPlace>(std::move(document), source_index);
}

}  // namespace burntin
