// How the pixels of an image are laid out, as its attributes declare it.
// Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_PIXEL_LAYOUT_H_
#define BURNTIN_DETECTOR_DICOM_PIXEL_LAYOUT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "detector/dicom/dicom_object.h"

class DcmItem;

namespace burntin {

enum class CellKind { kInteger, kFloat, kDouble };

struct PixelLayout {
  int rows = 0;
  int columns = 0;
  int samples = 0;  // of one pixel
  int bits_allocated = 0;
  int bits_stored = 0;
  int high_bit = 0;
  bool is_signed = false;
  bool planar = false;  // Planar Configuration is 1
  CellKind kind = CellKind::kInteger;
  std::string photometric;
};

PixelLayout ReadPixelLayout(DcmItem& item);

// Whether the layout is one that the decoder knows, within the limits.
absl::Status CheckPixelLayout(const PixelLayout& layout,
                              const DicomLimits& limits);

// Whether two pixels of a row share their chroma samples in native pixels
// (PS3.3 C.7.6.3.1.2).
bool IsHalved(const PixelLayout& layout);

// Bits of one uncompressed frame. Above 0 for a layout that is checked.
int64_t FrameBits(const PixelLayout& layout);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_PIXEL_LAYOUT_H_
