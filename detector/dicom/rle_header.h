// The header of an RLE frame. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_RLE_HEADER_H_
#define BURNTIN_DETECTOR_DICOM_RLE_HEADER_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace burntin {

inline constexpr size_t kRleHeaderBytes = 64;

// Whether the segments that the header names (PS3.5 G.5) lie within the
// frame's `frame_bytes`, one behind the other. DCMTK 3.6.7 believes it and
// reads on behind the frame. `header` is the start of the frame, up to
// kRleHeaderBytes of it. FRAME_DECODE_FAILED if they do not.
absl::Status CheckRleHeader(absl::Span<const uint8_t> header,
                            size_t frame_bytes);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_RLE_HEADER_H_
