#include "detector/temporal/view_history.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "detector/temporal/cell_areas.h"
#include "detector/temporal/code_evidence.h"

namespace burntin {
namespace {

// Pixels that differ by no more are equal: less than any letter stands out,
// and what a decoder's rounding changes.
constexpr int kSameGrey = 3;
// Grey levels squared; as in detector/text/contrast_candidates.cc.
constexpr double kFlatVariance = 4;
// Cells around one that changed which are looked at as well: the detector
// wants to see letters' surroundings.
constexpr int kRoom = 4;
// How much further than ever a pixel must go to be novel.
constexpr int kNovelGreys = 10;
// What was seen long ago is forgotten, so many greys a frame: else a bright
// spot that wanders would hide what appears later.
constexpr int kForgottenGreys = 2;

size_t RowBytes(const Image& view) {
  return static_cast<size_t>(view.columns) * view.channels;
}

bool Differ(const uint8_t* a, const uint8_t* b, size_t count) {
  if (std::memcmp(a, b, count) == 0) return false;
  int most = 0;
  for (size_t i = 0; i < count; ++i) {
    most = std::max(most, std::abs(int{a[i]} - int{b[i]}));
  }
  return most > kSameGrey;
}

// Whether no channel of `cell` varies.
bool IsFlat(const Image& view, const Box& cell) {
  for (int channel = 0; channel < view.channels; ++channel) {
    int64_t sum = 0;
    int64_t squares = 0;
    for (int y = cell.y; y < cell.y + cell.height; ++y) {
      const uint8_t* pixel =
          &view.pixels[y * RowBytes(view) +
                       static_cast<size_t>(cell.x) * view.channels + channel];
      for (int x = 0; x < cell.width; ++x, pixel += view.channels) {
        sum += *pixel;
        squares += int{*pixel} * int{*pixel};
      }
    }
    const auto count = static_cast<double>(cell.Area());
    const double mean = static_cast<double>(sum) / count;
    if (static_cast<double>(squares) / count - mean * mean > kFlatVariance) {
      return false;
    }
  }
  return true;
}

// The cells in which `a` and `b`, of one size, differ.
CellMarks ChangedCells(const Image& a, const Image& b) {
  CellMarks changed(a.rows, a.columns);
  const size_t bytes = RowBytes(a);
  const size_t step = static_cast<size_t>(kCellSide) * a.channels;
  for (int row = 0; row < a.rows; ++row) {
    const uint8_t* of_a = &a.pixels[row * bytes];
    const uint8_t* of_b = &b.pixels[row * bytes];
    if (std::memcmp(of_a, of_b, bytes) == 0) continue;
    const int y = row / kCellSide;
    for (int x = 0; x < changed.across(); ++x) {
      if (changed.IsMarked(x, y)) continue;
      const size_t first = x * step;
      if (Differ(of_a + first, of_b + first, std::min(step, bytes - first))) {
        changed.Mark(x, y);
      }
    }
  }
  return changed;
}

}  // namespace

bool ViewHistory::Fits(const Image& view) const {
  return !view.empty() && view.rows == seen_.rows &&
         view.columns == seen_.columns && view.channels == seen_.channels;
}

Change ViewHistory::ChangeIn(const Image& view) const {
  CellMarks changed = ChangedCells(view, seen_);
  for (int y = 0; y < changed.down(); ++y) {
    for (int x = 0; x < changed.across(); ++x) {
      if (changed.IsMarked(x, y) && IsFlat(view, changed.PixelsOf(x, y))) {
        changed.Unmark(x, y);
      }
    }
  }
  const bool may_hold_code = MayHoldCode(view, changed);
  std::vector<Box> areas = changed.Areas(kRoom);
  return {.cells = std::move(changed),
          .areas = std::move(areas),
          .may_hold_code = may_hold_code};
}

double ViewHistory::NovelShare(const Image& view, const Box& box) const {
  const Box within = Intersect(box, {0, 0, view.columns, view.rows});
  if (within.Area() == 0) return 0;
  int64_t novel = 0;
  for (int y = within.y; y < within.y + within.height; ++y) {
    size_t i =
        y * RowBytes(view) + static_cast<size_t>(within.x) * view.channels;
    for (int x = 0; x < within.width; ++x) {
      bool is_novel = false;
      for (int channel = 0; channel < view.channels; ++channel, ++i) {
        is_novel |= view.pixels[i] > high_[i] + kNovelGreys ||
                    view.pixels[i] + kNovelGreys < low_[i];
      }
      novel += is_novel;
    }
  }
  return static_cast<double>(novel) / static_cast<double>(within.Area());
}

void ViewHistory::Accept(const Image& view, const std::vector<Box>& unclear) {
  if (!Fits(view)) {
    seen_ = view;
    low_ = view.pixels;
    high_ = view.pixels;
    return;
  }
  Project(view);
  if (unclear.empty()) {
    std::copy(view.pixels.begin(), view.pixels.end(), seen_.pixels.begin());
    return;
  }
  CellMarks kept(view.rows, view.columns);
  for (const Box& box : unclear) {
    kept.ForEachIn(box, [&](int x, int y) { kept.Mark(x, y); });
  }
  const size_t bytes = RowBytes(view);
  const size_t step = static_cast<size_t>(kCellSide) * view.channels;
  for (int row = 0; row < view.rows; ++row) {
    for (int x = 0; x < kept.across(); ++x) {
      if (kept.IsMarked(x, row / kCellSide)) continue;
      const size_t first = x * step;
      std::memcpy(&seen_.pixels[row * bytes + first],
                  &view.pixels[row * bytes + first],
                  std::min(step, bytes - first));
    }
  }
}

void ViewHistory::Project(const Image& view) {
  const uint8_t* pixels = view.pixels.data();
  uint8_t* low = low_.data();
  uint8_t* high = high_.data();
  const size_t count = view.pixels.size();
  for (size_t i = 0; i < count; ++i) {
    const auto faded_high =
        static_cast<uint8_t>(high[i] - std::min<int>(high[i], kForgottenGreys));
    const auto faded_low = static_cast<uint8_t>(
        low[i] + std::min<int>(255 - low[i], kForgottenGreys));
    high[i] = std::max(faded_high, pixels[i]);
    low[i] = std::min(faded_low, pixels[i]);
  }
}

}  // namespace burntin
