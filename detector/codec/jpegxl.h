// JPEG XL (ISO/IEC 18181), by libjxl.
#ifndef BURNTIN_DETECTOR_CODEC_JPEGXL_H_
#define BURNTIN_DETECTOR_CODEC_JPEGXL_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/codec/codec.h"

namespace burntin {

// `stream` is a codestream or a container of one picture. Colour comes out as
// the stream's own RGB, never as luma and chroma, and a picture in libjxl's XYB
// as sRGB. Values of up to 16 bits come as they were encoded, floats as floats.
// Several pictures, turned ones and channels other than grey, RGB and alpha are
// UNSUPPORTED_PIXEL_LAYOUT. Any thread may call. Debian's libjxl writes on
// stderr where its own code gave up a damaged stream; it quotes no data.
// PIXEL_LIMIT_EXCEEDED and UNSUPPORTED_PIXEL_LAYOUT before pixels are
// allocated; FRAME_DECODE_FAILED for a stream that is damaged or cut, however
// little.
absl::StatusOr<DecodedFrame> DecodeJpegXl(absl::Span<const uint8_t> stream,
                                          const CodecLimits& limits);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_JPEGXL_H_
