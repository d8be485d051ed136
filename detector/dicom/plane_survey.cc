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
#include "detector/dicom/overlay_plane.h"

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

int64_t UnsignedShort(DcmItem& item, const DcmTagKey& tag) {
  Uint16 value = 0;
  return item.findAndGetUint16(tag, value).good() ? value : 0;
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

// Bytes of one uncompressed frame as the header declares it.
int64_t FrameBytes(DcmItem& item) {
  const int64_t pixels =
      UnsignedShort(item, DCM_Rows) * UnsignedShort(item, DCM_Columns);
  const int64_t samples = UnsignedShort(item, DCM_SamplesPerPixel);
  const int64_t bits = UnsignedShort(item, DCM_BitsAllocated);
  OFString photometric;
  item.findAndGetOFString(DCM_PhotometricInterpretation, photometric);
  // Two chroma samples for two pixels (PS3.3 C.7.6.3.1.2).
  if (photometric == "YBR_FULL_422") return pixels * 2 * bits / 8;
  return pixels * samples * bits / 8;
}

class Survey {
 public:
  Survey(DcmDataset& dataset, const DicomLimits& limits)
      : dataset_(dataset), limits_(limits) {}

  PlaneSurvey Run() {
    AddFrames();
    AddOverlays();
    AddIcon();
    NoteOtherPlaces();
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
    if (!IsAcceptable(dataset_, *pixels, *frames)) return;
    for (int frame = 0; frame < *frames; ++frame) {
      survey_.planes.push_back({.source = Source::kFrame, .frame = frame});
    }
  }

  // Whether the image in `item`, the data set or the icon, can be decoded
  // within the limits. Says why not.
  bool IsAcceptable(DcmItem& item, DcmElement& pixels, int frames) {
    const E_TransferSyntax syntax = dataset_.getOriginalXfer();
    const int64_t rows = UnsignedShort(item, DCM_Rows);
    const int64_t columns = UnsignedShort(item, DCM_Columns);
    if (rows == 0 || columns == 0) {
      Omit(Reason::kFileMalformed,
           "Rows or Columns is missing or 0. Repair the object.");
    } else if (rows * columns > limits_.pixels_per_frame) {
      Omit(Reason::kPixelLimitExceeded,
           "A frame has more pixels than the limit allows. Raise the limit, "
           "or look at it by hand.");
    } else if (!IsDecodable(syntax)) {
      Omit(Reason::kUnsupportedTransferSyntax,
           "The pixel data is in a transfer syntax that cannot be decoded "
           "yet. Transcode the object, or look at it by hand.");
    } else if (DcmXfer(syntax).isEncapsulated()) {
      return true;
    } else {
      return HasDeclaredLength(item, pixels, frames);
    }
    return false;
  }

  bool HasDeclaredLength(DcmItem& item, DcmElement& pixels, int frames) {
    const int64_t frame_bytes = FrameBytes(item);
    const int64_t expected = frame_bytes * frames;
    const int64_t stored = pixels.getLengthField();
    if (stored < expected) {
      Omit(Reason::kPixelDataTruncated,
           "Pixel Data is shorter than Rows, Columns and Number of Frames "
           "say. Fetch the object again.");
      return false;
    }
    if (frame_bytes > 0 && stored - expected >= frame_bytes) {
      Omit(Reason::kFileMalformed,
           "Pixel Data holds more frames than Number of Frames says. Repair "
           "the object.");
    }
    return true;
  }

  void AddOverlays() {
    for (const OverlayPlane& overlay : FindOverlays(dataset_)) {
      const absl::Status usable = CheckOverlay(overlay, limits_);
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
    DcmItem* icon = nullptr;
    DcmElement* pixels = nullptr;
    if (dataset_.findAndGetSequenceItem(DCM_IconImageSequence, icon, 0)
            .good() &&
        icon->findAndGetElement(DCM_PixelData, pixels).good() &&
        IsAcceptable(*icon, *pixels, /*frames=*/1)) {
      survey_.planes.push_back({.source = Source::kIcon});
    }
  }

  // Places that hold pixels or documents and are not planes yet.
  void NoteOtherPlaces() {
    if (dataset_.tagExists(DCM_FloatPixelData) ||
        dataset_.tagExists(DCM_DoubleFloatPixelData)) {
      Omit(Reason::kUnsupportedPixelLayout,
           "Float pixel data cannot be inspected yet. Look at it by hand.");
    }
    if (dataset_.tagExists(DCM_EncapsulatedDocument) ||
        dataset_.tagExists(DCM_PixelDataProviderURL) ||
        HoldsNestedPixelData()) {
      Omit(Reason::kUnsupportedPlace,
           "The object holds a document or nested pixel data, which cannot "
           "be inspected yet. Look at it by hand.");
    }
  }

  // True if Pixel Data stands in any sequence item but the icon's.
  bool HoldsNestedPixelData() {
    DcmStack stack;
    bool nested = false;
    while (!nested &&
           dataset_.search(DCM_PixelData, stack, ESM_afterStackTop, OFTrue)
               .good()) {
      // The stack reads: element, item, sequence, ..., data set.
      if (stack.card() <= 2) continue;
      const DcmObject* sequence = stack.elem(2);
      nested = stack.card() > 4 || sequence == nullptr ||
               sequence->getTag() != DCM_IconImageSequence;
    }
    return nested;
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
