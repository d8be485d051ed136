// Helpers for tests of JPEG 2000.
#ifndef BURNTIN_TESTS_DETECTOR_CODEC_JPEG2000_STREAM_H_
#define BURNTIN_TESTS_DETECTOR_CODEC_JPEG2000_STREAM_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/codec/jpeg2000.h"

namespace burntin {

inline constexpr CodecLimits kLimits{.pixels = 1 << 20};

inline absl::StatusOr<DecodedFrame> Decode(
    std::string_view stream, const CodecLimits& limits = kLimits) {
  return DecodeJpeg2000(
      absl::Span<const uint8_t>(reinterpret_cast<const uint8_t*>(stream.data()),
                                stream.size()),
      limits);
}

// `bytes` with the four at `at` replaced.
inline std::string PutBigEndian(std::string bytes, size_t at, uint32_t value) {
  std::string four;
  for (int shift = 24; shift >= 0; shift -= 8) {
    four += static_cast<char>(value >> shift);
  }
  return bytes.replace(at, four.size(), four);
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_CODEC_JPEG2000_STREAM_H_
