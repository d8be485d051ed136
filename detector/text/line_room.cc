#include "detector/text/line_room.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "detector/text/line_geometry.h"

namespace burntin {
namespace {

// What is longer than this many times its other side is no single letter.
constexpr double kLongerThanLetter = 1.5;
// Ink varies more than this part of what the whole line does, and a letter's
// edge that is smoothed into a pixel does as well; but a faint letter beside a
// bright one varies by few grey levels.
constexpr double kPlainShare = 0.3;
constexpr int kPlainGreys = 32;

constexpr int kMostChannels = 3;

// What lies within `line` with less room.
Box Inside(const Image& line, double left_out) {
  const auto [shorter, longer] = std::minmax(line.rows, line.columns);
  const bool is_tall = line.rows > line.columns;
  const int across = static_cast<int>(left_out * shorter);
  const int along = across / 2;
  if (across == 0 || longer < kLongerThanLetter * shorter) {
    return {0, 0, line.columns, line.rows};
  }
  const int x = is_tall ? across : along;
  const int y = is_tall ? along : across;
  return {x, y, line.columns - 2 * x, line.rows - 2 * y};
}

// The darkest and the brightest value of each channel.
class Range {
 public:
  Range() { lowest_.fill(UINT8_MAX); }

  void Add(const uint8_t* pixel, int channels) {
    for (int channel = 0; channel < channels; ++channel) {
      lowest_[channel] = std::min(lowest_[channel], pixel[channel]);
      highest_[channel] = std::max(highest_[channel], pixel[channel]);
    }
  }

  int Width(int channel) const { return highest_[channel] - lowest_[channel]; }

 private:
  std::array<uint8_t, kMostChannels> lowest_;
  std::array<uint8_t, kMostChannels> highest_ = {};
};

}  // namespace

Image WithLessRoom(const Image& line, double left_out) {
  return Part(line, Inside(line, left_out));
}

bool IsRoomPlain(const Image& line, double left_out) {
  const Box inside = Inside(line, left_out);
  Range whole;
  Range room;
  const uint8_t* pixel = line.pixels.data();
  for (int y = 0; y < line.rows; ++y) {
    const bool is_above_or_below =
        y < inside.y || y >= inside.y + inside.height;
    for (int x = 0; x < line.columns; ++x, pixel += line.channels) {
      whole.Add(pixel, line.channels);
      if (is_above_or_below || x < inside.x || x >= inside.x + inside.width) {
        room.Add(pixel, line.channels);
      }
    }
  }
  for (int channel = 0; channel < line.channels; ++channel) {
    const int width = room.Width(channel);
    if (width > kPlainGreys || width > kPlainShare * whole.Width(channel)) {
      return false;
    }
  }
  return true;
}

}  // namespace burntin
