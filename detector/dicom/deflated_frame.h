// Inflates one frame of the Deflated Image Frame Compression transfer syntax.
// Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_DEFLATED_FRAME_H_
#define BURNTIN_DETECTOR_DICOM_DEFLATED_FRAME_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"

namespace burntin {

// `deflated` is a raw deflate stream (RFC 1951) of `size` bytes of pixels and
// at most a byte of padding behind it. FRAME_DECODE_FAILED when it is
// anything else; never more than `size` bytes and one are inflated.
absl::StatusOr<std::vector<uint8_t>> InflateFrame(std::vector<uint8_t> deflated,
                                                  int64_t size);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_DEFLATED_FRAME_H_
