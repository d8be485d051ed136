#include "detector/temporal/view_history.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace burntin {
namespace {

// Pixels that differ by no more are equal: less than any letter stands out,
// and what a decoder's rounding changes.
constexpr int kSameGrey = 3;
// Grey levels squared; as in detector/text/contrast_candidates.cc.
constexpr int kFlatVariance = 4;
size_t RowBytes(const Image& view) {
  return static_cast<size_t>(view.columns) * view.channels;
}

// The compiler turns the loop below into a few instructions for many pixels.

// Raises `most` to the differences of `count` values.
void AddDifferences(const uint8_t* __restrict a, const uint8_t* __restrict b,
                    size_t count, uint8_t* __restrict most) {
  for (size_t i = 0; i < count; ++i) {
    const auto difference =
        static_cast<uint8_t>(std::max(a[i], b[i]) - std::min(a[i], b[i]));
    most[i] = std::max(most[i], difference);
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

}  // namespace

bool ViewHistory::Fits(const Image& view) const {
  return !view.empty() && view.rows == seen_.rows &&
         view.columns == seen_.columns && view.channels == seen_.channels;
}

Change ViewHistory::ChangeIn(const Image& view) const {
  const CellMarks none(view.rows, view.columns);
  Change change{.differing = none, .cells = none};
  const size_t bytes = RowBytes(view);
  const size_t step = static_cast<size_t>(kCellSide) * view.channels;
  std::vector<uint8_t> differences(bytes);  // the most of any row of a cell
  for (int y = 0; y < none.down(); ++y) {
    const size_t first = static_cast<size_t>(y) * kCellSide * bytes;
    const size_t last = std::min(first + kCellSide * bytes, view.pixels.size());
    if (std::memcmp(&view.pixels[first], &seen_.pixels[first], last - first) ==
        0) {
      continue;
    }
    std::fill(differences.begin(), differences.end(), uint8_t{0});
    for (size_t at = first; at < last; at += bytes) {
      AddDifferences(&view.pixels[at], &seen_.pixels[at], bytes,
                     differences.data());
    }
    for (int x = 0; x < none.across(); ++x) {
      const size_t from = x * step;
      const size_t to = std::min(from + step, bytes);
      const bool differs = std::any_of(
          differences.begin() + static_cast<std::ptrdiff_t>(from),
          differences.begin() + static_cast<std::ptrdiff_t>(to),
          [](uint8_t difference) { return difference > kSameGrey; });
      if (!differs) continue;
      change.differing.Mark(x, y);
      if (!IsFlat(view, none.PixelsOf(x, y))) change.cells.Mark(x, y);
    }
  }
  return change;
}

void ViewHistory::Accept(const Image& view) { seen_ = view; }

void ViewHistory::Accept(const Image& view, const Change& change) {
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

}  // namespace burntin
