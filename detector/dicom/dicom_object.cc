#include "detector/dicom/dicom_object.h"

#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include "detector/barcode/barcode_reader.h"
#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "detector/base/stated_text_limits.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/dcmtk_edge.h"
#include "detector/dicom/header_reader.h"
#include "detector/dicom/parsed_file.h"
#include "detector/dicom/plane_survey.h"

namespace burntin {
namespace {

absl::Status PartlyRead() {
  return Error(Reason::kFileMalformed,
               "Some attributes are damaged, so that a part of the object was "
               "not read. Repair the object.");
}

class DcmtkObject final : public DicomObject {
 public:
  DcmtkObject(std::unique_ptr<ParsedFile> file, const DicomLimits& limits)
      : file_(std::move(file)) {
    ReadableHeader read = ReadHeader(file_->dataset());
    header_ = std::move(read.header);
    if (!file_->transfer_syntax_uid().empty()) {
      header_.transfer_syntax_uid = file_->transfer_syntax_uid();
    }
    const DamageWatch watch(DamageWatch::Work::kReading);
    if (file_->is_decodable()) {
      survey_ = SurveyPlanes(file_->dataset(), file_->stored(), limits);
    }
    for (const absl::Status& omission : file_->omissions()) {
      survey_.omissions.push_back(omission);
    }
    if (watch.damaged() || !read.whole)
      survey_.omissions.push_back(PartlyRead());
    ListPlanes();
  }

  const Header& header() const override { return header_; }
  int frames_total() const override { return survey_.frames_total; }
  const std::vector<PlaneId>& planes() const override { return planes_; }
  const std::vector<absl::Status>& omissions() const override {
    return survey_.omissions;
  }

  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) override {
    ASSIGN_OR_RETURN(DecodedPlane decoded, DecodeAlone(plane));
    ASSIGN_OR_RETURN(std::vector<StatedText> codes,
                     barcodes_.Read(decoded.views));
    std::move(codes.begin(), codes.end(), std::back_inserter(decoded.stated));
    RETURN_IF_ERROR(CheckStated(decoded));
    return decoded;
  }

 private:
  static absl::Status CheckStated(const DecodedPlane& decoded) {
    StatedTextCount count;
    for (const StatedText& stated : decoded.stated) {
      count.Add(stated.text.Reveal().size());
    }
    if (!count.IsWithinLimits()) {
      return Error(Reason::kUnsupportedPlace,
                   "A frame states more text than can be inspected. Look at it "
                   "by hand.");
    }
    return absl::OkStatus();
  }

  absl::StatusOr<DecodedPlane> DecodeAlone(const PlaneId& plane) {
    const auto found = places_.find(
        {static_cast<int>(plane.source), plane.source_index, plane.frame});
    if (found == places_.end()) {
      return Error(Reason::kUnsupportedPlace,
                   "There is no such plane, or it may not be decoded. Look at "
                   "the object by hand.");
    }
    MutexLock lock(&mutex_);
    return found->second->Decode(plane.frame);
  }

  void ListPlanes() {
    for (const auto& place : survey_.places) {
      for (const PlaneId& plane : place->Planes()) {
        planes_.push_back(plane);
        places_.emplace(std::tuple(static_cast<int>(plane.source),
                                   plane.source_index, plane.frame),
                        place.get());
      }
    }
  }

  BarcodeReader barcodes_;
  Mutex mutex_;  // guards what DCMTK loads on demand into `file_`
  const std::unique_ptr<ParsedFile> file_;
  Header header_;
  PlaneSurvey survey_;
  std::vector<PlaneId> planes_;
  // By source, source index and frame.
  std::map<std::tuple<int, int, int>, Place*> places_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<DicomObject>> DicomObject::Open(
    const std::string& path, const DicomLimits& limits) {
  ASSIGN_OR_RETURN(std::unique_ptr<ParsedFile> file,
                   ParsedFile::Read(path, limits));
  return std::make_unique<DcmtkObject>(std::move(file), limits);
}

}  // namespace burntin
