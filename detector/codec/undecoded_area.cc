#include "detector/codec/undecoded_area.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

namespace burntin {
namespace {

constexpr int kBlock = 16;
// Filters of decoded neighbours reach no further into a block.
constexpr int kReach = 4;
constexpr size_t kTileBytes = kBlock * 2;

using Tile = std::array<std::array<uint8_t, kTileBytes>, kBlock>;

// Noise; what it is does not matter.
constexpr Tile MakeTile() {
  Tile tile{};
  uint32_t state = 1;
  for (auto& line : tile) {
    for (uint8_t& byte : line) {
      state = state * 1664525 + 1013904223;
      byte = static_cast<uint8_t>(state >> 24);
    }
  }
  return tile;
}

constexpr Tile kTile = MakeTile();

int BytesOfValue(const AVFrame& frame) {
  const AVPixFmtDescriptor* format =
      av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  return format != nullptr && format->comp[0].depth > 8 ? 2 : 1;
}

// Whether the inner part of the block at (x, y) shows the pattern.
bool IsUndecoded(const AVFrame& frame, int x, int y, int value_bytes) {
  const int right = std::min(kBlock - kReach, frame.width - x);
  const int bottom = std::min(kBlock - kReach, frame.height - y);
  if (right <= kReach || bottom <= kReach) return false;
  const int from = kReach * value_bytes;
  const auto bytes = static_cast<size_t>((right - kReach) * value_bytes);
  for (int row = kReach; row < bottom; ++row) {
    const uint8_t* line = frame.data[0] +
                          ptrdiff_t{frame.linesize[0]} * (y + row) +
                          x * value_bytes + from;
    const auto& pattern = kTile[static_cast<size_t>(row)];
    const size_t at = static_cast<size_t>(x * value_bytes) % kTileBytes;
    // A block starts in the middle of the tile when values are bytes.
    if (std::memcmp(line, pattern.data() + at + from, bytes) != 0) return false;
  }
  return true;
}

}  // namespace

void MarkUndecoded(AVFrame& frame) {
  const auto line_bytes = static_cast<size_t>(frame.linesize[0]);
  for (int y = 0; y < frame.height; ++y) {
    uint8_t* line = frame.data[0] + static_cast<size_t>(y) * line_bytes;
    if (y >= kBlock) {
      std::memcpy(line, line - kBlock * line_bytes, line_bytes);
      continue;
    }
    const auto& pattern = kTile[static_cast<size_t>(y)];
    for (size_t x = 0; x < line_bytes; x += kTileBytes) {
      std::memcpy(line + x, pattern.data(),
                  std::min(kTileBytes, line_bytes - x));
    }
  }
}

bool HasUndecoded(const AVFrame& frame) {
  const int value_bytes = BytesOfValue(frame);
  for (int y = 0; y < frame.height; y += kBlock) {
    for (int x = 0; x < frame.width; x += kBlock) {
      if (IsUndecoded(frame, x, y, value_bytes)) return true;
    }
  }
  return false;
}

}  // namespace burntin
