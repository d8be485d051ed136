#include "detector/dicom/pixel_layout.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <algorithm>
#include <array>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/dicom/dataset_values.h"

namespace burntin {
namespace {

// 0 for an interpretation that is not known.
int SamplesOf(const std::string& photometric) {
  if (photometric == "MONOCHROME1" || photometric == "MONOCHROME2" ||
      photometric == "PALETTE COLOR") {
    return 1;
  }
  return photometric == "RGB" || photometric.starts_with("YBR_") ? 3 : 0;
}

}  // namespace

PixelLayout ReadPixelLayout(DcmItem& item) {
  OFString photometric;
  item.findAndGetOFString(DCM_PhotometricInterpretation, photometric);
  return {.rows = UnsignedShort(item, DCM_Rows),
          .columns = UnsignedShort(item, DCM_Columns),
          .samples = UnsignedShort(item, DCM_SamplesPerPixel),
          .bits_allocated = UnsignedShort(item, DCM_BitsAllocated),
          .photometric = std::string(photometric.c_str(), photometric.size())};
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
  constexpr std::array<int, 4> kBits = {1, 8, 16, 32};
  if (layout.samples == 0 || layout.samples != SamplesOf(layout.photometric) ||
      std::find(kBits.begin(), kBits.end(), layout.bits_allocated) ==
          kBits.end()) {
    return Error(Reason::kUnsupportedPixelLayout,
                 "Samples per Pixel, Photometric Interpretation and Bits "
                 "Allocated do not name a known layout. Look at the object by "
                 "hand.");
  }
  return absl::OkStatus();
}

int64_t FrameBits(const PixelLayout& layout) {
  const int64_t pixels = int64_t{layout.rows} * layout.columns;
  // Two chroma samples for two pixels (PS3.3 C.7.6.3.1.2).
  const bool halved = layout.photometric == "YBR_FULL_422" ||
                      layout.photometric == "YBR_PARTIAL_422";
  return pixels * (halved ? 2 : layout.samples) * layout.bits_allocated;
}

}  // namespace burntin
