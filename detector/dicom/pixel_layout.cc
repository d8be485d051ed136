#include "detector/dicom/pixel_layout.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/dicom/dataset_values.h"

namespace burntin {
namespace {

constexpr int kMostBits = 64;
constexpr int kMostSamples = 4;

// Whether so many samples make a pixel of this interpretation (PS3.3
// C.7.6.3.1.2). The retired ones have three or four.
bool FitsPhotometric(const std::string& photometric, int samples) {
  if (photometric == "MONOCHROME1" || photometric == "MONOCHROME2" ||
      photometric == "PALETTE COLOR") {
    return samples == 1;
  }
  if (photometric == "RGB" || photometric == "HSV" || photometric == "XYB" ||
      photometric.starts_with("YBR_")) {
    return samples == 3;
  }
  return (photometric == "ARGB" || photometric == "CMYK") && samples == 4;
}

CellKind KindOf(DcmItem& item) {
  if (item.tagExists(DCM_PixelData)) return CellKind::kInteger;
  if (item.tagExists(DCM_FloatPixelData)) return CellKind::kFloat;
  if (item.tagExists(DCM_DoubleFloatPixelData)) return CellKind::kDouble;
  return CellKind::kInteger;
}

bool BitsFit(const PixelLayout& layout) {
  const int bits = layout.bits_allocated;
  switch (layout.kind) {
    case CellKind::kFloat:
      return bits == 32;
    case CellKind::kDouble:
      return bits == 64;
    case CellKind::kInteger:
      return bits >= 1 && bits <= kMostBits && layout.bits_stored >= 1 &&
             layout.bits_stored <= bits && layout.high_bit < bits &&
             layout.high_bit >= layout.bits_stored - 1;
  }
  return false;
}

}  // namespace

PixelLayout ReadPixelLayout(DcmItem& item) {
  OFString photometric;
  item.findAndGetOFString(DCM_PhotometricInterpretation, photometric);
  PixelLayout layout{
      .rows = UnsignedShort(item, DCM_Rows),
      .columns = UnsignedShort(item, DCM_Columns),
      .samples = UnsignedShort(item, DCM_SamplesPerPixel),
      .bits_allocated = UnsignedShort(item, DCM_BitsAllocated),
      .is_signed = UnsignedShort(item, DCM_PixelRepresentation) == 1,
      .planar = UnsignedShort(item, DCM_PlanarConfiguration) == 1,
      .kind = KindOf(item),
      .photometric = std::string(photometric.c_str(), photometric.size())};
  layout.bits_stored =
      UnsignedShort(item, DCM_BitsStored, layout.bits_allocated);
  layout.high_bit = UnsignedShort(item, DCM_HighBit, layout.bits_stored - 1);
  return layout;
}

absl::Status CheckPixelLayout(const PixelLayout& layout,
                              const DicomLimits& limits) {
  if (layout.rows == 0 || layout.columns == 0) {
    return Error(Reason::kFileMalformed,
                 "Rows or Columns is missing or 0. Repair the object.");
  }
  if (int64_t{layout.rows} * layout.columns > limits.pixels_per_frame) {
    return Error(Reason::kPixelLimitExceeded,
                 "A frame has more pixels than the limit allows. Raise the "
                 "limit, or look at it by hand.");
  }
  if (layout.samples > kMostSamples || !BitsFit(layout) ||
      !FitsPhotometric(layout.photometric, layout.samples)) {
    return Error(Reason::kUnsupportedPixelLayout,
                 "Samples per Pixel, Photometric Interpretation, Bits "
                 "Allocated, Bits Stored and High Bit do not name a known "
                 "layout. Look at the object by hand.");
  }
  return absl::OkStatus();
}

bool IsHalved(const PixelLayout& layout) {
  return layout.photometric == "YBR_FULL_422" ||
         layout.photometric == "YBR_PARTIAL_422";
}

int64_t FrameBits(const PixelLayout& layout) {
  const int64_t pixels = int64_t{layout.rows} * layout.columns;
  return pixels * (IsHalved(layout) ? 2 : layout.samples) *
         layout.bits_allocated;
}

}  // namespace burntin
