#include "detector/dicom/dicom_object.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/dataset_values.h"
#include "detector/dicom/dcmtk_edge.h"
#include "detector/dicom/frame_decoder.h"
#include "detector/dicom/header_reader.h"
#include "detector/dicom/inflated_file.h"
#include "detector/dicom/nesting_guard.h"
#include "detector/dicom/overlay_plane.h"
#include "detector/dicom/plane_survey.h"

namespace burntin {
namespace {

// Longer values stay in the file until they are needed.
constexpr Uint32 kLoadAtOnceBytes = 4096;

absl::Status CheckFile(const std::string& path, int64_t limit_bytes) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return Error(Reason::kFileUnreadable,
                 "The file cannot be opened. Check that it exists and may be "
                 "read.");
  }
  if (info.st_size == 0) {
    return Error(Reason::kFileEmpty, "The file is empty. Fetch it again.");
  }
  if (info.st_size > limit_bytes) {
    return Error(Reason::kFileTooLarge,
                 "The file is larger than the limit. Raise the limit, or "
                 "look at it by hand.");
  }
  return absl::OkStatus();
}

absl::Status ParseError(const OFCondition& condition) {
  if (condition == EC_StreamNotifyClient || condition == EC_EndOfStream ||
      condition == EC_PrematureSequDelimitationItem) {
    return Error(Reason::kFileTruncated,
                 "The file ends before the object does. Fetch it again.");
  }
  return Error(Reason::kFileMalformed,
               "The file does not parse as DICOM to its end. Fetch it again, "
               "or look at it by hand.");
}

absl::Status PartlyParsed() {
  return Error(Reason::kFileMalformed,
               "The file repeats attributes or breaks the rules of DICOM, so "
               "that a part of it was not read. Repair the object.");
}

// DCMTK reads a data set of unknown transfer syntax as it guesses. A private
// one may store its pixels in any way, so the guess is not trusted.
bool HasUnknownTransferSyntax(DcmFileFormat& file) {
  OFString uid;
  file.getMetaInfo()->findAndGetOFString(DCM_TransferSyntaxUID, uid);
  return !uid.empty() && DcmXfer(uid.c_str()).getXfer() == EXS_Unknown;
}

class DcmtkObject final : public DicomObject {
 public:
  absl::Status Load(const std::string& path, const DicomLimits& limits) {
    const DamageWatch watch(DamageWatch::Work::kReading);
    RETURN_IF_ERROR(Inflate(path, limits));
    const OFCondition loaded = Parse(path);
    DcmDataset* dataset = file_.getDataset();
    if (dataset == nullptr || dataset->card() == 0) {
      return loaded.bad() ? ParseError(loaded)
                          : Error(Reason::kNotDicom,
                                  "The file holds no DICOM data set. Check "
                                  "that it is the file you mean.");
    }
    header_ = ReadHeader(*dataset);
    if (inflated_) {
      header_.transfer_syntax_uid =
          DcmXfer(EXS_DeflatedLittleEndianExplicit).getXferID();
    }
    if (loaded.bad()) {
      survey_.omissions.push_back(ParseError(loaded));
    } else if (HasUnknownTransferSyntax(file_)) {
      survey_.omissions.push_back(
          Error(Reason::kUnsupportedTransferSyntax,
                "The object's transfer syntax is not a standard one. "
                "Transcode the object, or look at it by hand."));
    } else {
      survey_ = SurveyPlanes(*dataset, limits);
      if (watch.damaged()) survey_.omissions.push_back(PartlyParsed());
    }
    if (inflated_ && !inflated_->whole.ok()) {
      survey_.omissions.push_back(inflated_->whole);
    }
    return absl::OkStatus();
  }

  const Header& header() const override { return header_; }
  int frames_total() const override { return survey_.frames_total; }
  const std::vector<PlaneId>& planes() const override { return survey_.planes; }
  const std::vector<absl::Status>& omissions() const override {
    return survey_.omissions;
  }

  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) override {
    if (!Has(plane)) {
      return Error(Reason::kUnsupportedPlace,
                   "There is no such plane, or it may not be decoded. Look at "
                   "the object by hand.");
    }
    MutexLock lock(&mutex_);
    DcmDataset& dataset = *file_.getDataset();
    const E_TransferSyntax syntax = dataset.getOriginalXfer();
    switch (plane.source) {
      case Source::kFrame: {
        absl::StatusOr<PlaneViews> views =
            DecodeFrame(dataset, syntax, plane.frame);
        DropLoadedPixels(dataset);
        return AsPlane(std::move(views));
      }
      case Source::kOverlayPlane:
        return AsPlane(DecodeOverlay(dataset, plane));
      case Source::kIcon:
        return AsPlane(DecodeIcon(dataset, syntax));
      default:
        return Error(Reason::kUnsupportedPlace,
                     "There is no such plane. Look at the object by hand.");
    }
  }

 private:
  absl::Status Inflate(const std::string& path, const DicomLimits& limits) {
    ASSIGN_OR_RETURN(const std::optional<int64_t> start,
                     FindDeflatedDataSet(path));
    if (!start) return absl::OkStatus();
    ASSIGN_OR_RETURN(inflated_,
                     InflateDataSet(path, *start, limits.file_bytes));
    return CheckNesting(inflated_->data_set.path());
  }

  OFCondition Parse(const std::string& path) {
    if (!inflated_) {
      return file_.loadFile(path.c_str(), EXS_Unknown, EGL_noChange,
                            kLoadAtOnceBytes);
    }
    return file_.getDataset()->loadFile(inflated_->data_set.path().c_str(),
                                        EXS_LittleEndianExplicit, EGL_noChange,
                                        kLoadAtOnceBytes);
  }

  // Whether the survey allowed it. What lies outside, DCMTK may not notice.
  bool Has(const PlaneId& plane) const {
    const std::vector<PlaneId>& planes = survey_.planes;
    const auto is_it = [&](const PlaneId& known) {
      return known.source == plane.source && known.frame == plane.frame &&
             known.source_index == plane.source_index;
    };
    // Frames come first, so that a frame's number is its place.
    const auto place = static_cast<size_t>(plane.frame);
    if (place < planes.size() && is_it(planes[place])) return true;
    return plane.source != Source::kFrame &&
           std::any_of(planes.begin(), planes.end(), is_it);
  }

  static absl::StatusOr<DecodedPlane> AsPlane(
      absl::StatusOr<PlaneViews> views) {
    RETURN_IF_ERROR(views.status());
    return DecodedPlane{.views = *std::move(views)};
  }

  // Compressed frames that were loaded for decoding go back to the file.
  static void DropLoadedPixels(DcmDataset& dataset) {
    DcmElement* element = nullptr;
    if (dataset.findAndGetElement(DCM_PixelData, element).bad()) return;
    DcmPixelSequence* fragments =
        CompressedPixels(*element, dataset.getOriginalXfer());
    if (fragments != nullptr) fragments->compact();
  }

  static absl::StatusOr<PlaneViews> DecodeOverlay(DcmDataset& dataset,
                                                  const PlaneId& plane) {
    for (const OverlayPlane& overlay : FindOverlays(dataset)) {
      if (overlay.group != plane.source_index) continue;
      ASSIGN_OR_RETURN(Image image, ReadOverlay(dataset, overlay, plane.frame));
      return PlaneViews{std::move(image)};
    }
    return Error(Reason::kInternalFailure,
                 "An overlay plane is gone. Report this as a defect.");
  }

  static absl::StatusOr<PlaneViews> DecodeIcon(DcmDataset& dataset,
                                               E_TransferSyntax syntax) {
    DcmItem* icon = nullptr;
    dataset.findAndGetSequenceItem(DCM_IconImageSequence, icon, 0);
    if (icon == nullptr) {
      return Error(Reason::kInternalFailure,
                   "The icon image is gone. Report this as a defect.");
    }
    return DecodeFrame(*icon, syntax, /*frame=*/0);
  }

  std::optional<InflatedFile> inflated_;  // `file_` reads from it if present
  Mutex mutex_;  // guards what DCMTK loads on demand into `file_`
  DcmFileFormat file_;
  Header header_;
  PlaneSurvey survey_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<DicomObject>> DicomObject::Open(
    const std::string& path, const DicomLimits& limits) {
  InitializeDcmtk();
  RETURN_IF_ERROR(CheckFile(path, limits.file_bytes));
  RETURN_IF_ERROR(CheckNesting(path));
  auto object = std::make_unique<DcmtkObject>();
  RETURN_IF_ERROR(object->Load(path, limits));
  return object;
}

}  // namespace burntin
