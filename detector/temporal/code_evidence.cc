#include "detector/temporal/code_evidence.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <utility>
#include <vector>

namespace burntin {
namespace {

// As in detector/barcode, whose reader would find the code.
constexpr int kTileSide = 16;
constexpr int kBusy = 8;
constexpr int kScales = 4;
// The share of a tile's bright half, and of its dark half, that is within a
// quarter of the tile's range of its end. Crisp codes have 0.7 and more of
// both, blurred ones 0.6; speckle mostly has 0.3 of the bright one.
constexpr double kTwoTones = 0.6;
constexpr double kNearEnd = 0.25;
// Of a tile, what is bright and what is dark.
constexpr double kLeastHalf = 0.1;
// Pixels, of kTileSide squared, that may lie beyond the ends.
constexpr int kOutliers = 13;
// Of a tile's cells, how many have to be changed: a code is opaque.
constexpr double kChangedShare = 0.5;
// Tiles that hang together side by side: the smallest code that can be read has
// as many.
constexpr int kLeastTiles = 4;
constexpr int kGreys = 256;

// One channel. Does not own `greys`.
struct Plane {
  int rows = 0;
  int columns = 0;
  std::span<const uint8_t> greys;
};

std::vector<uint8_t> ChannelOf(const Image& view, int channel) {
  std::vector<uint8_t> greys(view.pixels.size() / view.channels);
  const uint8_t* value = &view.pixels[static_cast<size_t>(channel)];
  for (uint8_t& grey : greys) {
    grey = *value;
    value += view.channels;
  }
  return greys;
}

// The mean of the channels.
std::vector<uint8_t> MeanOf(const Image& view) {
  std::vector<uint8_t> greys(view.pixels.size() / view.channels);
  const uint8_t* value = view.pixels.data();
  for (uint8_t& grey : greys) {
    int sum = 0;
    for (int channel = 0; channel < view.channels; ++channel) sum += *value++;
    grey = static_cast<uint8_t>(sum / view.channels);
  }
  return greys;
}

std::vector<uint8_t> Halved(const Plane& plane) {
  const int rows = plane.rows / 2;
  const int columns = plane.columns / 2;
  std::vector<uint8_t> half(static_cast<size_t>(rows) * columns);
  for (int y = 0; y < rows; ++y) {
    const uint8_t* __restrict upper =
        &plane.greys[size_t{2} * y * plane.columns];
    const uint8_t* __restrict lower = upper + plane.columns;
    uint8_t* __restrict out = &half[static_cast<size_t>(y) * columns];
    for (int x = 0; x < columns; ++x) {
      out[x] = static_cast<uint8_t>((upper[2 * x] + upper[2 * x + 1] +
                                     lower[2 * x] + lower[2 * x + 1] + 2) /
                                    4);
    }
  }
  return half;
}

bool IsTwoToned(const std::array<int, kGreys>& counts) {
  int low = 0;
  for (int beyond = 0; beyond + counts[low] < kOutliers;) {
    beyond += counts[low++];
  }
  int high = kGreys - 1;
  for (int beyond = 0; beyond + counts[high] < kOutliers;) {
    beyond += counts[high--];
  }
  const double near = kNearEnd * (high - low);
  const double middle = 0.5 * (high + low);
  int dark = 0;
  int bright = 0;
  int at_low = 0;
  int at_high = 0;
  for (int grey = 0; grey < kGreys; ++grey) {
    (grey <= middle ? dark : bright) += counts[grey];
    if (grey <= low + near) at_low += counts[grey];
    if (grey >= high - near) at_high += counts[grey];
  }
  return std::min(dark, bright) >= kLeastHalf * kTileSide * kTileSide &&
         at_low >= kTwoTones * dark && at_high >= kTwoTones * bright;
}

// The sum of how `count` values differ from others.
int Differences(const uint8_t* a, const uint8_t* b, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += std::abs(int{a[i]} - int{b[i]});
  return sum;
}

// Whether the tile at (left, top) is busy and of two tones.
bool IsLikeCode(const Plane& plane, int left, int top) {
  const uint8_t* first =
      &plane.greys[static_cast<size_t>(top) * plane.columns + left];
  const int last = left + kTileSide < plane.columns ? kTileSide : kTileSide - 1;
  int across = 0;
  int down = 0;
  for (int y = 0; y < kTileSide; ++y) {
    const uint8_t* row = first + static_cast<size_t>(y) * plane.columns;
    const bool has_next = top + y + 1 < plane.rows;
    across += Differences(row, row + 1, last);
    if (has_next) down += Differences(row, row + plane.columns, kTileSide);
  }
  if (std::max(across, down) < kBusy * kTileSide * kTileSide) return false;
  std::array<int, kGreys> counts{};
  for (int y = 0; y < kTileSide; ++y) {
    const uint8_t* row = first + static_cast<size_t>(y) * plane.columns;
    for (int x = 0; x < kTileSide; ++x) ++counts[row[x]];
  }
  return IsTwoToned(counts);
}

// Whether enough tiles that look like a code hang together. The picture's
// pixels are `scale` times as fine as the plane's.
bool HasCode(const Plane& plane, int scale, const CellMarks& changed) {
  const int across = plane.columns / kTileSide;
  const int down = plane.rows / kTileSide;
  std::vector<uint8_t> like(static_cast<size_t>(across) * down);
  for (int y = 0; y < down; ++y) {
    for (int x = 0; x < across; ++x) {
      const int side = kTileSide * scale;
      like[static_cast<size_t>(y) * across + x] =
          changed.ShareIn({x * side, y * side, side, side}) >= kChangedShare &&
          IsLikeCode(plane, x * kTileSide, y * kTileSide);
    }
  }
  for (int start = 0; start < across * down; ++start) {
    std::vector<int> open = {start};
    int tiles = 0;
    while (!open.empty()) {
      const int at = open.back();
      open.pop_back();
      if (std::exchange(like[at], uint8_t{0}) == 0) continue;
      if (++tiles >= kLeastTiles) return true;
      const int x = at % across;
      if (x > 0) open.push_back(at - 1);
      if (x + 1 < across) open.push_back(at + 1);
      if (at >= across) open.push_back(at - across);
      if (at + across < across * down) open.push_back(at + across);
    }
  }
  return false;
}

}  // namespace

bool MayHoldCode(const Image& view, const CellMarks& changed) {
  if (!changed.AnyIn({0, 0, view.columns, view.rows})) return false;
  std::vector<std::vector<uint8_t>> channels;
  if (view.channels > 1) channels.push_back(MeanOf(view));
  for (int channel = 0; channel < view.channels; ++channel) {
    channels.push_back(ChannelOf(view, channel));
  }
  for (std::vector<uint8_t>& greys : channels) {
    Plane plane{view.rows, view.columns, greys};
    if (HasCode(plane, 1, changed)) return true;
    for (int level = 1; level < kScales; ++level) {
      greys = Halved(plane);
      plane = {plane.rows / 2, plane.columns / 2, greys};
      if (HasCode(plane, 1 << level, changed)) return true;
    }
  }
  return false;
}

}  // namespace burntin
