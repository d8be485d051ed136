#include "detector/temporal/code_evidence.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

namespace burntin {
namespace {

// As in detector/barcode/busy_areas.cc, but not as busy: some tiles of what is
// read are less so than others.
constexpr int kTileSide = 16;
constexpr int kBusy = 8;
constexpr int kScales = 3;
// The share of a tile's bright half, and of its dark half, that is within a
// quarter of the tile's range of its end. Codes have 0.7 and more of both,
// speckle mostly has 0.3 of the bright one.
constexpr double kTwoTones = 0.66;
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

struct Plane {
  int rows = 0;
  int columns = 0;
  std::vector<uint8_t> greys;
};

Plane ChannelOf(const Image& view, int channel) {
  Plane plane{view.rows, view.columns, {}};
  plane.greys.reserve(view.pixels.size() / view.channels);
  for (auto i = static_cast<size_t>(channel); i < view.pixels.size();
       i += static_cast<size_t>(view.channels)) {
    plane.greys.push_back(view.pixels[i]);
  }
  return plane;
}

// The mean of the channels.
Plane MeanOf(const Image& view) {
  Plane plane{view.rows, view.columns, {}};
  plane.greys.reserve(view.pixels.size() / view.channels);
  for (size_t i = 0; i < view.pixels.size();
       i += static_cast<size_t>(view.channels)) {
    int sum = 0;
    for (int channel = 0; channel < view.channels; ++channel) {
      sum += view.pixels[i + channel];
    }
    plane.greys.push_back(static_cast<uint8_t>(sum / view.channels));
  }
  return plane;
}

Plane Halved(const Plane& plane) {
  Plane half{plane.rows / 2, plane.columns / 2, {}};
  half.greys.reserve(static_cast<size_t>(half.rows) * half.columns);
  for (int y = 0; y < half.rows; ++y) {
    const uint8_t* upper = &plane.greys[size_t{2} * y * plane.columns];
    const uint8_t* lower = upper + plane.columns;
    for (int x = 0; x < 2 * half.columns; x += 2) {
      half.greys.push_back(static_cast<uint8_t>(
          (upper[x] + upper[x + 1] + lower[x] + lower[x + 1] + 2) / 4));
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

// Whether the tile at (left, top) is busy and of two tones.
bool IsLikeCode(const Plane& plane, int left, int top) {
  std::array<int, kGreys> counts{};
  int across = 0;
  int down = 0;
  for (int y = top; y < top + kTileSide; ++y) {
    const uint8_t* row =
        &plane.greys[static_cast<size_t>(y) * plane.columns + left];
    const uint8_t* next = y + 1 < plane.rows ? row + plane.columns : row;
    const int last =
        left + kTileSide < plane.columns ? kTileSide : kTileSide - 1;
    for (int x = 0; x < kTileSide; ++x) {
      ++counts[row[x]];
      down += std::abs(row[x] - next[x]);
      if (x < last) across += std::abs(row[x] - row[x + 1]);
    }
  }
  return std::max(across, down) >= kBusy * kTileSide * kTileSide &&
         IsTwoToned(counts);
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
  std::vector<Plane> planes = {MeanOf(view)};
  for (int channel = 0; view.channels > 1 && channel < view.channels;
       ++channel) {
    planes.push_back(ChannelOf(view, channel));
  }
  for (Plane& plane : planes) {
    for (int level = 0; level < kScales; ++level) {
      if (level > 0) plane = Halved(plane);
      if (HasCode(plane, 1 << level, changed)) return true;
    }
  }
  return false;
}

}  // namespace burntin
