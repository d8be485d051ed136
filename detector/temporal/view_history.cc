#include "detector/temporal/view_history.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace burntin {
namespace {

// Pixels that differ by no more are equal: less than any letter stands out,
// and what a decoder's rounding changes.
constexpr int kSameGrey = 3;
// Grey levels squared; as in detector/text/contrast_candidates.cc.
constexpr int kFlatVariance = 4;
// How much further than ever a value must go to be novel, and how many values
// of a cell make it so.
constexpr int kNovelGreys = 10;
constexpr int kNovelValues = 4;
// What was seen long ago is forgotten, so many greys a frame: else a bright
// spot that wanders would hide what appears later.
constexpr int kForgottenGreys = 2;

size_t RowBytes(const Image& view) {
  return static_cast<size_t>(view.columns) * view.channels;
}

uint8_t More(uint8_t value, int by) {
  return static_cast<uint8_t>(std::min(255, value + by));
}

uint8_t Less(uint8_t value, int by) {
  return static_cast<uint8_t>(std::max(0, value - by));
}

// The compiler turns the loops below into a few instructions for many pixels.

// Raises `most` to the differences of `count` values.
void AddDifferences(const uint8_t* __restrict a, const uint8_t* __restrict b,
                    size_t count, uint8_t* __restrict most) {
  for (size_t i = 0; i < count; ++i) {
    const auto difference =
        static_cast<uint8_t>(std::max(a[i], b[i]) - std::min(a[i], b[i]));
    most[i] = std::max(most[i], difference);
  }
}

// Counts for each of `count` values whether it is beyond the projections.
void AddNovel(const uint8_t* __restrict values, const uint8_t* __restrict low,
              const uint8_t* __restrict high, size_t count,
              uint8_t* __restrict novel) {
  for (size_t i = 0; i < count; ++i) {
    const uint8_t beyond = (values[i] > More(high[i], kNovelGreys)) |
                           (values[i] < Less(low[i], kNovelGreys));
    novel[i] = static_cast<uint8_t>(novel[i] + beyond);
  }
}

// Whether no channel of `cell` varies.
bool IsFlat(const Image& view, const Box& cell) {
  const int area = static_cast<int>(cell.Area());
  for (int channel = 0; channel < view.channels; ++channel) {
    int sum = 0;
    int squares = 0;
    for (int y = cell.y; y < cell.y + cell.height; ++y) {
      const uint8_t* pixel =
          &view.pixels[y * RowBytes(view) +
                       static_cast<size_t>(cell.x) * view.channels + channel];
      for (int x = 0; x < cell.width; ++x, pixel += view.channels) {
        sum += *pixel;
        squares += int{*pixel} * int{*pixel};
      }
    }
    if (squares * area - sum * sum > kFlatVariance * area * area) return false;
  }
  return true;
}

// What is known of the columns of values of one row of cells.
struct Columns {
  explicit Columns(size_t count) : difference(count), novel(count) {}

  std::vector<uint8_t> difference;  // the most of any row
  std::vector<uint8_t> novel;       // rows in which it is
};

}  // namespace

bool ViewHistory::Fits(const Image& view) const {
  return !view.empty() && view.rows == seen_.rows &&
         view.columns == seen_.columns && view.channels == seen_.channels;
}

Change ViewHistory::ChangeIn(const Image& view) const {
  const CellMarks none(view.rows, view.columns);
  Change change{.differing = none, .cells = none, .novel = none};
  const size_t bytes = RowBytes(view);
  const size_t step = static_cast<size_t>(kCellSide) * view.channels;
  for (int y = 0; y < none.down(); ++y) {
    const size_t first = static_cast<size_t>(y) * kCellSide * bytes;
    const size_t last = std::min(first + kCellSide * bytes, view.pixels.size());
    if (std::memcmp(&view.pixels[first], &seen_.pixels[first], last - first) ==
        0) {
      continue;
    }
    Columns columns(bytes);
    for (size_t at = first; at < last; at += bytes) {
      AddDifferences(&view.pixels[at], &seen_.pixels[at], bytes,
                     columns.difference.data());
      AddNovel(&view.pixels[at], &low_[at], &high_[at], bytes,
               columns.novel.data());
    }
    for (int x = 0; x < none.across(); ++x) {
      const size_t from = x * step;
      const size_t to = std::min(from + step, bytes);
      int most = 0;
      int novel = 0;
      for (size_t i = from; i < to; ++i) {
        most = std::max<int>(most, columns.difference[i]);
        novel += columns.novel[i];
      }
      if (most <= kSameGrey) continue;
      change.differing.Mark(x, y);
      if (IsFlat(view, none.PixelsOf(x, y))) continue;
      change.cells.Mark(x, y);
      if (novel >= kNovelValues) change.novel.Mark(x, y);
    }
  }
  return change;
}

void ViewHistory::Accept(const Image& view) {
  const bool fits = Fits(view);
  seen_ = view;
  if (fits) {
    Project(view);
    return;
  }
  low_ = view.pixels;
  high_ = view.pixels;
}

void ViewHistory::Accept(const Image& view, const Change& change) {
  Project(view);
  const size_t bytes = RowBytes(view);
  const size_t step = static_cast<size_t>(kCellSide) * view.channels;
  for (int row = 0; row < view.rows; ++row) {
    for (int x = 0; x < change.differing.across(); ++x) {
      if (!change.differing.IsMarked(x, row / kCellSide)) continue;
      const size_t first = x * step;
      std::memcpy(&seen_.pixels[row * bytes + first],
                  &view.pixels[row * bytes + first],
                  std::min(step, bytes - first));
    }
  }
}

void ViewHistory::Project(const Image& view) {
  const uint8_t* __restrict pixels = view.pixels.data();
  uint8_t* __restrict low = low_.data();
  uint8_t* __restrict high = high_.data();
  const size_t count = view.pixels.size();
  for (size_t i = 0; i < count; ++i) {
    high[i] = std::max(Less(high[i], kForgottenGreys), pixels[i]);
    low[i] = std::min(More(low[i], kForgottenGreys), pixels[i]);
  }
}

}  // namespace burntin
