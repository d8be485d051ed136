// Unpacks the bytes of one uncompressed frame into cells. Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_CELL_LAYOUT_H_
#define BURNTIN_DETECTOR_DICOM_CELL_LAYOUT_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/cells.h"
#include "detector/dicom/pixel_layout.h"

namespace burntin {

// `bytes` are little endian; the frame starts `first_bit` bits into them
// (0 unless Bits Allocated is no multiple of 8) and cells follow one another
// without gaps (PS3.5 clause 8.1.1). Colour by plane and shared chroma
// samples come out as whole pixels. PIXEL_DATA_TRUNCATED when `bytes` are too
// few.
absl::StatusOr<PixelCells> UnpackCells(std::vector<uint8_t> bytes,
                                       int64_t first_bit,
                                       const PixelLayout& layout);

// With the 16-bit halves of each cell of more bits in reverse order, which is
// how some writers of big endian store them.
PixelCells SwapHalves(const PixelCells& cells);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_CELL_LAYOUT_H_
