#include "detector/views/hidden_structure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "detector/views/strokes.h"
#include "detector/views/tone.h"
#include "detector/views/view_set.h"

namespace burntin {
namespace {

// A view shows what differs by as many greys.
constexpr int kVisible = 20;
// Greys less than this may be too few for colours that differ by
// kColourFactor times as many.
constexpr int kVisibleColour = 64;
constexpr double kColourFactor = 4;

// What neighbouring tiles with strokes must have in all: a few letters.
constexpr int kLeastTiles = 2;
constexpr int kLeastStrokes = 24;

// A band of values is shown as so many greys at least.
constexpr double kMostNarrowest = 6;
constexpr double kWhite = 255;

// Values that a tile uses.
struct Interval {
  double low = 0;
  double high = 0;
};

struct Tile {
  Strokes strokes;
  Interval interval;
  bool has_strokes = false;
};

class Search {
 public:
  Search(const Levels& levels, const PlaneViews& shown, bool colours)
      : levels_(levels),
        shown_(shown),
        colours_(colours),
        across_((levels.columns + kTileSide - 1) / kTileSide),
        down_((levels.rows + kTileSide - 1) / kTileSide),
        tiles_(static_cast<size_t>(across_) * down_ * levels.channels) {}

  PlaneViews Run() {
    for (int y = 0; y < down_; ++y) {
      for (int x = 0; x < across_; ++x) Look(x, y);
    }
    PlaneViews views;
    for (int channel = 0; channel < levels_.channels; ++channel) {
      std::vector<Interval> hidden = HiddenIntervals(channel);
      if (hidden.empty()) continue;
      const Tone tone = BandTone(std::move(hidden));
      AddIfNew(levels_.channels == 1 ? Paint(levels_, tone)
                                     : Paint(ChannelOf(levels_, channel), tone),
               &views);
    }
    return views;
  }

 private:
  Tile& At(int x, int y, int channel) {
    return tiles_[(static_cast<size_t>(channel) * down_ + y) * across_ + x];
  }

  void Look(int x, int y) {
    const TilePlace place = PlaceOf(x, y, levels_.rows, levels_.columns);
    const TileRange<uint16_t> range =
        RangeOf(levels_.cells.data(), levels_.columns, levels_.channels, place);
    int visible = -1;
    for (int channel = 0; channel < levels_.channels; ++channel) {
      const uint16_t low = range.low[channel];
      const uint16_t high = range.high[channel];
      if (low == high) continue;
      if (visible < 0) visible = Visible(place);
      Tile& tile = At(x, y, channel);
      tile.interval = {levels_.meanings[low], levels_.meanings[high]};
      if (!IsHidden(tile.interval, visible)) continue;
      tile.strokes = CountStrokes(levels_, channel, place, low, high);
      tile.has_strokes = tile.strokes.InAll() >= kLeastTileStrokes;
    }
  }

  // The most greys that any view has for the differences in a tile.
  int Visible(const TilePlace& place) const {
    int most = 0;
    for (const Image& view : shown_) {
      const TileRange<uint8_t> range =
          RangeOf(view.pixels.data(), view.columns, 1, place);
      most = std::max(most, range.high[0] - range.low[0]);
    }
    return most;
  }

  bool IsHidden(const Interval& interval, int visible) const {
    if (visible < kVisible) return true;
    if (!colours_ || visible >= kVisibleColour) return false;
    const double range = levels_.meanings.back() - levels_.meanings.front();
    const double greys = kWhite * (interval.high - interval.low) / range;
    return greys >= kColourFactor * visible;
  }

  // Of the tiles that stand together in sufficient number.
  std::vector<Interval> HiddenIntervals(int channel) {
    std::vector<Interval> found;
    for (int y = 0; y < down_; ++y) {
      for (int x = 0; x < across_; ++x) {
        std::vector<Interval> together;
        Strokes strokes;
        TakeGroup(x, y, channel, &together, &strokes);
        if (static_cast<int>(together.size()) >= kLeastTiles &&
            std::min(strokes.along_rows, strokes.along_columns) >=
                kLeastStrokes) {
          found.insert(found.end(), together.begin(), together.end());
        }
      }
    }
    return found;
  }

  // The tiles with strokes that touch one another and (x, y).
  void TakeGroup(int x, int y, int channel, std::vector<Interval>* together,
                 Strokes* strokes) {
    std::vector<std::pair<int, int>> open = {{x, y}};
    while (!open.empty()) {
      const auto [at_x, at_y] = open.back();
      open.pop_back();
      if (at_x < 0 || at_y < 0 || at_x >= across_ || at_y >= down_) continue;
      Tile& tile = At(at_x, at_y, channel);
      if (!std::exchange(tile.has_strokes, false)) continue;
      together->push_back(tile.interval);
      strokes->along_rows += tile.strokes.along_rows;
      strokes->along_columns += tile.strokes.along_columns;
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) open.push_back({at_x + dx, at_y + dy});
      }
    }
  }

  // Stretches the intervals. What overlaps is one band; a band that is wide
  // for its narrowest interval begins anew at black several times.
  Tone BandTone(std::vector<Interval> intervals) const {
    std::sort(
        intervals.begin(), intervals.end(),
        [](const Interval& a, const Interval& b) { return a.low < b.low; });
    Tone tone(levels_.meanings.size());
    size_t level = 0;
    for (size_t i = 0; i < intervals.size();) {
      Interval band = intervals[i];
      double narrowest = band.high - band.low;
      for (++i; i < intervals.size() && intervals[i].low <= band.high; ++i) {
        band.high = std::max(band.high, intervals[i].high);
        narrowest = std::min(narrowest, intervals[i].high - intervals[i].low);
      }
      const double width = band.high - band.low;
      const double period =
          width / std::ceil(width / (kMostNarrowest * narrowest));
      for (; level < tone.size(); ++level) {
        const double value = levels_.meanings[level];
        if (value > band.high) break;
        const double position = (value - band.low) / period;
        tone[level] =
            value < band.low
                ? (level == 0 ? uint8_t{0} : tone[level - 1])
                : GreyOf(value == band.high ? 1
                                            : position - std::floor(position));
      }
    }
    for (; level < tone.size(); ++level) tone[level] = 255;
    return tone;
  }

  const Levels& levels_;
  const PlaneViews& shown_;
  const bool colours_;
  const int across_;
  const int down_;
  std::vector<Tile> tiles_;  // by channel, row, column
};

}  // namespace

PlaneViews HiddenStructure(const Levels& levels, const PlaneViews& shown,
                           bool colours) {
  return Search(levels, shown, colours).Run();
}

}  // namespace burntin
