// JPEG 2000 (ITU-T T.800) and High-Throughput JPEG 2000 (T.814), by OpenJPEG.
#ifndef BURNTIN_DETECTOR_CODEC_JPEG2000_H_
#define BURNTIN_DETECTOR_CODEC_JPEG2000_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/codec/codec.h"

namespace burntin {

// `stream` is a codestream, as DICOM wants it, or a JP2 file, as some writers
// store it, of which the palette is applied. Subsampled components are brought
// to full size; components that differ in precision or sign are
// UNSUPPORTED_PIXEL_LAYOUT. Any thread may call. PIXEL_LIMIT_EXCEEDED and
// UNSUPPORTED_PIXEL_LAYOUT before pixels are allocated; FRAME_DECODE_FAILED for
// a stream that is damaged or cut, however little. Plain JPEG 2000 has no check
// sums, so wrong bits within a packet give wrong pixels.
absl::StatusOr<DecodedFrame> DecodeJpeg2000(absl::Span<const uint8_t> stream,
                                            const CodecLimits& limits);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_JPEG2000_H_
