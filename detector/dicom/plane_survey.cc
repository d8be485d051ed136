#include "detector/dicom/plane_survey.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/dicom/dataset_values.h"
#include "detector/dicom/fragments.h"
#include "detector/dicom/other_places.h"
#include "detector/dicom/overlay_plane.h"
#include "detector/dicom/pixel_layout.h"

namespace burntin {
namespace {

// The value of an IS attribute: 1 when absent or empty, nothing when it is
// not a number above 0.
std::optional<int> NumberOfFrames(DcmItem& item) {
  OFString text;
  item.findAndGetOFString(DCM_NumberOfFrames, text);
  std::string digits(text.c_str(), text.size());
  const size_t first = digits.find_first_not_of(" +");
  if (first == std::string::npos) return 1;
  const size_t last = digits.find_last_not_of(std::string(" \0", 2));
  int value = 0;
  const char* end = digits.data() + last + 1;
  const auto [stop, error] = std::from_chars(digits.data() + first, end, value);
  if (error != std::errc() || stop != end || value < 1) return std::nullopt;
  return value;
}

bool IsDecodable(E_TransferSyntax syntax) {
  switch (syntax) {
    case EXS_LittleEndianImplicit:
    case EXS_LittleEndianExplicit:
    case EXS_BigEndianExplicit:
    case EXS_DeflatedLittleEndianExplicit:
    case EXS_JPEGProcess1:
    case EXS_JPEGProcess2_4:
    case EXS_JPEGProcess6_8:
    case EXS_JPEGProcess10_12:
    case EXS_JPEGProcess14:
    case EXS_JPEGProcess14SV1:
    case EXS_JPEGLSLossless:
    case EXS_JPEGLSLossy:
    case EXS_RLELossless:
      return true;
    default:
      return false;
  }
}

class Survey {
 public:
  Survey(DcmDataset& dataset, const DicomLimits& limits)
      : dataset_(dataset), limits_(limits) {}

  PlaneSurvey Run() {
    AddFrames();
    AddOverlays();
    AddIcon();
    for (absl::Status& place : FindOtherPlaces(dataset_)) {
      survey_.omissions.push_back(std::move(place));
    }
    return std::move(survey_);
  }

 private:
  void Omit(Reason reason, std::string_view message) {
    survey_.omissions.push_back(Error(reason, message));
  }

  void AddFrames() {
    DcmElement* pixels = nullptr;
    if (dataset_.findAndGetElement(DCM_PixelData, pixels).bad()) {
      Omit(Reason::kNoPixelData,
           "The object holds no Pixel Data (7FE0,0010). Look at it by hand, "
           "or let a protocol rule decide on its SOP Class.");
      return;
    }
    const std::optional<int> frames = NumberOfFrames(dataset_);
    if (!frames) {
      Omit(Reason::kFileMalformed,
           "Number of Frames (0028,0008) is not a number above 0. Repair the "
           "object.");
      return;
    }
    survey_.frames_total = *frames;
    if (*frames > limits_.frames) {
      Omit(Reason::kFrameLimitExceeded,
           "The object declares more frames than the limit allows. Raise the "
           "limit, or look at it by hand.");
      return;
    }
    if (!Accepts(dataset_, *pixels, *frames)) return;
    for (int frame = 0; frame < *frames; ++frame) {
      survey_.planes.push_back({.source = Source::kFrame, .frame = frame});
    }
  }

  // Whether the image in `item`, the data set or the icon, can be decoded.
  // Notes what is wrong with it.
  bool Accepts(DcmItem& item, DcmElement& pixels, int frames) {
    const PixelLayout layout = ReadPixelLayout(item);
    const absl::Status decodable = CheckDecodable(layout, pixels);
    if (!decodable.ok()) {
      survey_.omissions.push_back(decodable);
      return false;
    }
    const absl::Status content = CheckContent(layout, pixels, frames);
    if (content.ok()) return true;
    survey_.omissions.push_back(content);
    // Beside what is too much, the declared frames may show text.
    return ReasonOf(content) == Reason::kFileMalformed;
  }

  absl::Status CheckDecodable(const PixelLayout& layout, DcmElement& pixels) {
    RETURN_IF_ERROR(CheckPixelLayout(layout, limits_));
    if (!IsDecodable(dataset_.getOriginalXfer())) {
      return Error(Reason::kUnsupportedTransferSyntax,
                   "The pixel data is in a transfer syntax that cannot be "
                   "decoded yet. Transcode the object, or look at it by "
                   "hand.");
    }
    // The element says how it is stored; the transfer syntax need not hold.
    if (CompressedPixels(pixels, dataset_.getOriginalXfer()) == nullptr &&
        (dynamic_cast<DcmPixelData*>(&pixels) == nullptr ||
         pixels.getLengthField() == DCM_UndefinedLength)) {
      return Error(Reason::kUnsupportedPixelLayout,
                   "Pixel Data is stored in a way that does not suit the "
                   "transfer syntax. Repair the object.");
    }
    return absl::OkStatus();
  }

  absl::Status CheckContent(const PixelLayout& layout, DcmElement& pixels,
                            int frames) {
    const E_TransferSyntax syntax = dataset_.getOriginalXfer();
    if (DcmPixelSequence* fragments = CompressedPixels(pixels, syntax)) {
      return PrepareFragments(*fragments, syntax, frames);
    }
    return CheckStoredBits(pixels, FrameBits(layout), frames, "Pixel Data");
  }

  void AddOverlays() {
    for (const OverlayPlane& overlay : FindOverlays(dataset_)) {
      const absl::Status usable = CheckOverlay(dataset_, overlay, limits_);
      if (!usable.ok()) {
        survey_.omissions.push_back(usable);
        continue;
      }
      for (int frame = 0; frame < overlay.frames; ++frame) {
        survey_.planes.push_back({.source = Source::kOverlayPlane,
                                  .source_index = overlay.group,
                                  .frame = frame,
                                  .offset_x = overlay.origin_column - 1,
                                  .offset_y = overlay.origin_row - 1});
      }
    }
  }

  void AddIcon() {
    DcmSequenceOfItems* icons = nullptr;
    DcmElement* pixels = nullptr;
    if (dataset_.findAndGetSequence(DCM_IconImageSequence, icons).bad()) {
      return;
    }
    if (icons->card() > 1) {
      Omit(Reason::kUnsupportedPlace,
           "The object holds more than one icon, which cannot be inspected "
           "yet. Look at them by hand.");
    } else if (icons->card() == 1 &&
               icons->getItem(0)
                   ->findAndGetElement(DCM_PixelData, pixels)
                   .good() &&
               Accepts(*icons->getItem(0), *pixels, /*frames=*/1)) {
      survey_.planes.push_back({.source = Source::kIcon});
    }
  }

  DcmDataset& dataset_;
  const DicomLimits& limits_;
  PlaneSurvey survey_;
};

}  // namespace

PlaneSurvey SurveyPlanes(DcmDataset& dataset, const DicomLimits& limits) {
  return Survey(dataset, limits).Run();
}

}  // namespace burntin
