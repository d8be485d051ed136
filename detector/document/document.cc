#include "detector/document/document.h"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/document/document_properties.h"
#include "detector/document/page_view.h"
#include "detector/document/pdf_survey.h"
#include "detector/document/poppler_edge.h"

namespace burntin {
namespace {

// Boxes of a page that differ by less are equal but for rounding.
constexpr double kBoxTolerancePoints = 0.5;

// A file ends with this, or with little behind it.
constexpr std::string_view kEndMark = "%%EOF";
constexpr size_t kEndBytes = 1024;

// A parsed PDF, together with the bytes that Poppler goes on reading.
struct OpenPdf {
  std::vector<char> bytes;
  std::unique_ptr<poppler::document> document;
};

absl::Status Malformed() {
  return Error(Reason::kFileMalformed,
               "The document is damaged, locked or empty. Look at it by hand.");
}

absl::StatusOr<OpenPdf> Parse(std::vector<char> bytes) {
  OpenPdf pdf{.bytes = std::move(bytes)};
  ASSIGN_OR_RETURN(pdf.document,
                   PopplerCall(Reason::kFileMalformed,
                               "The document cannot be parsed. Look at it by "
                               "hand.",
                               [&] {
                                 return std::unique_ptr<poppler::document>(
                                     poppler::document::load_from_raw_data(
                                         pdf.bytes.data(),
                                         static_cast<int>(pdf.bytes.size())));
                               }));
  if (pdf.document == nullptr || pdf.document->is_locked() ||
      pdf.document->pages() <= 0) {
    return Malformed();
  }
  return pdf;
}

bool IsCut(std::string_view pdf) {
  const size_t end = pdf.size() - std::min(pdf.size(), kEndBytes);
  return pdf.find(kEndMark, end) == std::string_view::npos;
}

// Changes the first character of the names at `places`, so that they mean
// nothing to Poppler.
void Rename(const std::vector<size_t>& places, std::vector<char>* bytes) {
  for (const size_t place : places) {
    if (place < bytes->size()) (*bytes)[place] = 'X';
  }
}

bool IsCropped(const poppler::page& page) {
  const poppler::rectf media = page.page_rect(poppler::media_box);
  const poppler::rectf crop = page.page_rect(poppler::crop_box);
  const double differences[] = {
      media.left() - crop.left(), media.top() - crop.top(),
      media.right() - crop.right(), media.bottom() - crop.bottom()};
  // Not-a-number counts as cropped.
  return !std::all_of(std::begin(differences), std::end(differences),
                      [](double difference) {
                        return std::abs(difference) < kBoxTolerancePoints;
                      });
}

bool HasCroppedPage(const poppler::document& document) {
  for (int i = 0; i < document.pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document.create_page(i));
    if (page != nullptr && IsCropped(*page)) return true;
  }
  return false;
}

std::vector<absl::Status> OmissionsOf(const PdfSurvey& survey) {
  const struct {
    bool is_there;
    std::string_view message;
  } rows[] = {
      {survey.has_attachments, "The document holds attached files"},
      {survey.has_scripts, "The document holds scripts"},
      {survey.has_xfa, "The document holds an XFA form"},
      {survey.has_media, "The document holds sound, film or models"},
      {survey.has_comments, "The document holds comments"},
      {survey.has_hidden_annotations,
       "The document holds hidden annotations or fields"},
      {survey.has_packed_layers,
       "The document holds layers that cannot be switched on"},
      {survey.is_partial,
       "The document holds compressed objects that cannot be searched"},
  };
  std::vector<absl::Status> omissions;
  for (const auto& row : rows) {
    if (!row.is_there) continue;
    omissions.push_back(
        Error(Reason::kUnsupportedPlace,
              std::string(row.message) +
                  ", which are not inspected. Look at the document by hand."));
  }
  return omissions;
}

class PopplerDocument final : public Document {
 public:
  PopplerDocument(OpenPdf shown, OpenPdf layered,
                  std::vector<absl::Status> omissions, int64_t pixel_limit)
      : shown_(std::move(shown)),
        layered_(std::move(layered)),
        omissions_(std::move(omissions)),
        pixel_limit_(pixel_limit) {}

  int pages() const override { return shown_.document->pages(); }

  const std::vector<absl::Status>& omissions() const override {
    return omissions_;
  }

  absl::StatusOr<DecodedPlane> Render(int page) override {
    const int64_t complaints = PopplerComplaints();
    ASSIGN_OR_RETURN(
        absl::StatusOr<DecodedPlane> plane,
        PopplerCall(Reason::kFrameDecodeFailed,
                    "A page of the document could not be drawn. Look at it by "
                    "hand.",
                    [&] { return RenderOrThrow(page); }));
    if (plane.ok() && PopplerComplaints() != complaints) return BadPage();
    return plane;
  }

 private:
  absl::StatusOr<DecodedPlane> RenderOrThrow(int index) {
    DecodedPlane plane;
    ASSIGN_OR_RETURN(plane.stated, AddView(*shown_.document, index, &plane));
    if (layered_.document != nullptr) {
      // Its text layer has what the other one has, and what hidden layers add.
      ASSIGN_OR_RETURN(plane.stated,
                       AddView(*layered_.document, index, &plane));
    }
    if (index == 0) {
      for (PhiText& text : DocumentProperties(*shown_.document)) {
        plane.stated.push_back({.box = {}, .text = std::move(text)});
      }
    }
    RETURN_IF_ERROR(CheckTextSize(plane.stated));
    return plane;
  }

  // Adds the page's picture, unless `plane` has it, and returns its text
  // layer.
  absl::StatusOr<std::vector<StatedText>> AddView(
      const poppler::document& document, int index, DecodedPlane* plane) {
    const std::unique_ptr<poppler::page> page(document.create_page(index));
    if (page == nullptr) return BadPage();
    ASSIGN_OR_RETURN(const PageSize size, MeasurePage(*page, pixel_limit_));
    ASSIGN_OR_RETURN(Image view, DrawPage(*page, size));
    if (plane->views.empty() || plane->views.front() != view) {
      plane->views.push_back(std::move(view));
    }
    return LinesOf(*page, size);
  }

  const OpenPdf shown_;    // with the layers that a viewer shows at first
  const OpenPdf layered_;  // with all of them; null where there are none
  const std::vector<absl::Status> omissions_;
  const int64_t pixel_limit_;
};

absl::StatusOr<std::unique_ptr<Document>> OpenOrThrow(
    std::vector<char> bytes, const DocumentLimits& limits) {
  const int64_t complaints = PopplerComplaints();
  const std::string_view pdf(bytes.data(), bytes.size());
  const PdfSurvey survey = SurveyPdf(pdf);
  const bool is_cut = IsCut(pdf);
  Rename(survey.crop_boxes, &bytes);
  ASSIGN_OR_RETURN(OpenPdf shown, Parse(std::move(bytes)));
  if (shown.document->pages() > limits.pages) {
    return Error(Reason::kFrameLimitExceeded,
                 "The document has more pages than `frames` allows. Raise the "
                 "limit or look at it by hand.");
  }
  OpenPdf layered;
  if (!survey.layers.empty()) {
    std::vector<char> renamed = shown.bytes;
    Rename(survey.layers, &renamed);
    ASSIGN_OR_RETURN(layered, Parse(std::move(renamed)));
  }
  std::vector<absl::Status> omissions = OmissionsOf(survey);
  if (!survey.has_attachments && shown.document->has_embedded_files()) {
    omissions.push_back(Error(Reason::kUnsupportedPlace,
                              "The document holds attached files, which are "
                              "not inspected. Look at the document by hand."));
  }
  if (HasCroppedPage(*shown.document)) {
    omissions.push_back(Error(Reason::kUnsupportedPlace,
                              "A page of the document has a margin that is "
                              "cropped and cannot be uncovered. Look at the "
                              "document by hand."));
  }
  if (is_cut || PopplerComplaints() != complaints) {
    omissions.push_back(Error(Reason::kFileMalformed,
                              "The document is damaged; parts of it may be "
                              "lost. Look at it by hand."));
  }
  return std::make_unique<PopplerDocument>(std::move(shown), std::move(layered),
                                           std::move(omissions),
                                           limits.pixels_per_page);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Document>> Document::Open(
    std::vector<char> bytes, const DocumentLimits& limits) {
  SilencePoppler();
  if (bytes.size() > INT_MAX) {
    return Error(Reason::kFileTooLarge,
                 "The document has 2 GiB or more. Look at it by hand.");
  }
  ASSIGN_OR_RETURN(
      absl::StatusOr<std::unique_ptr<Document>> document,
      PopplerCall(Reason::kFileMalformed,
                  "The document cannot be opened. Look at it by "
                  "hand.",
                  [&] { return OpenOrThrow(std::move(bytes), limits); }));
  return document;
}

}  // namespace burntin
