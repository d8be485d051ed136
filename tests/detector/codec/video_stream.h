// Helpers for tests of video.
#ifndef BURNTIN_TESTS_DETECTOR_CODEC_VIDEO_STREAM_H_
#define BURNTIN_TESTS_DETECTOR_CODEC_VIDEO_STREAM_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/base/image.h"
#include "detector/codec/video.h"
#include "tests/testutil/stream_maker.h"

namespace burntin {

inline constexpr CodecLimits kLimits{.pixels = 1 << 20};
inline constexpr int kRows = 120;
inline constexpr int kColumns = 160;
inline constexpr int kFrames = 9;

// A bar that wanders right over a ramp, so that each frame tells its number,
// with noise, so that each is more than the one before it moved.
inline Image Frame(int number, int rows = kRows, int columns = kColumns) {
  Image image{rows, columns, 3, {}};
  auto noise = static_cast<uint32_t>(number);
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const bool in_bar = x / 16 == number;
      noise = noise * 1664525 + 1013904223;
      const auto ramp = static_cast<uint8_t>(40 + y / 2 + noise % 97 / 12);
      image.pixels.insert(image.pixels.end(),
                          {in_bar ? uint8_t{230} : ramp, ramp, ramp});
    }
  }
  return image;
}

inline std::vector<Image> Frames(int count = kFrames) {
  std::vector<Image> frames;
  for (int i = 0; i < count; ++i) frames.push_back(Frame(i));
  return frames;
}

inline absl::Span<const uint8_t> BytesOf(std::string_view stream) {
  return {reinterpret_cast<const uint8_t*>(stream.data()), stream.size()};
}

inline VideoKind KindOf(VideoCoding coding) {
  if (coding == VideoCoding::kH264) return VideoKind::kH264;
  return coding == VideoCoding::kHevc ? VideoKind::kHevc : VideoKind::kMpeg2;
}

// All frames, or the first error.
inline absl::StatusOr<std::vector<DecodedFrame>> Decode(
    std::string_view stream, VideoKind kind,
    const CodecLimits& limits = kLimits) {
  auto decoder = VideoDecoder::Open(BytesOf(stream), kind, limits);
  if (!decoder.ok()) return decoder.status();
  std::vector<DecodedFrame> frames;
  for (;;) {
    auto frame = (*decoder)->Next();
    if (!frame.ok()) {
      // No frame comes after an error.
      EXPECT_FALSE((*decoder)->Next().ok());
      return frame.status();
    }
    if (!*frame) return frames;
    frames.push_back(*std::move(*frame));
  }
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_CODEC_VIDEO_STREAM_H_
