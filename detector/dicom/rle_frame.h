// Looks through an RLE frame before DCMTK decodes it. Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_RLE_FRAME_H_
#define BURNTIN_DETECTOR_DICOM_RLE_FRAME_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/types/span.h"

namespace burntin {

// Whether the segments that the header names (PS3.5 annex G) lie within the
// frame, one behind the other, and each holds the byte of `pixels` pixels and
// nothing else but padding. DCMTK 3.6.7 believes the header, reads on behind
// the frame, and drops what a segment holds beyond its pixels.
// FRAME_DECODE_FAILED for a frame that is damaged, FILE_MALFORMED for one that
// holds more.
absl::Status CheckRleFrame(absl::Span<const uint8_t> frame, size_t pixels);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_RLE_FRAME_H_
