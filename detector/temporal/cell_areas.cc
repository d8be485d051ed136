#include "detector/temporal/cell_areas.h"

#include <algorithm>
#include <utility>

#include "detector/base/boxes.h"

namespace burntin {
namespace {

// Joining boxes takes the square of their number.
constexpr size_t kMostAreas = 300;

}  // namespace

CellMarks::CellMarks(int rows, int columns)
    : rows_(rows),
      columns_(columns),
      across_((columns + kCellSide - 1) / kCellSide),
      down_((rows + kCellSide - 1) / kCellSide),
      marks_(static_cast<size_t>(across_) * down_) {}

Box CellMarks::PixelsOf(int x, int y) const {
  return Intersect({x * kCellSide, y * kCellSide, kCellSide, kCellSide},
                   {0, 0, columns_, rows_});
}

bool CellMarks::AnyIn(const Box& box) const {
  bool any = false;
  ForEachIn(box, [&](int x, int y) { any = any || IsMarked(x, y); });
  return any;
}

double CellMarks::ShareIn(const Box& box) const {
  int cells = 0;
  int marked = 0;
  ForEachIn(box, [&](int x, int y) {
    ++cells;
    marked += IsMarked(x, y);
  });
  return cells == 0 ? 0 : static_cast<double>(marked) / cells;
}

CellMarks CellMarks::Grown(int room) const {
  CellMarks wide(rows_, columns_);
  for (int y = 0; y < down_; ++y) {
    for (int x = 0; x < across_; ++x) {
      if (!IsMarked(x, y)) continue;
      for (int to = std::max(0, x - room);
           to <= std::min(across_ - 1, x + room); ++to) {
        wide.Mark(to, y);
      }
    }
  }
  CellMarks grown(rows_, columns_);
  for (int y = 0; y < down_; ++y) {
    for (int x = 0; x < across_; ++x) {
      if (!wide.IsMarked(x, y)) continue;
      for (int to = std::max(0, y - room); to <= std::min(down_ - 1, y + room);
           ++to) {
        grown.Mark(x, to);
      }
    }
  }
  return grown;
}

Box CellMarks::TakeGroup(int x, int y) {
  Box around = PixelsOf(x, y);
  std::vector<std::pair<int, int>> open = {{x, y}};
  Unmark(x, y);
  while (!open.empty()) {
    const auto [at_x, at_y] = open.back();
    open.pop_back();
    around = Unite(around, PixelsOf(at_x, at_y));
    for (int to_y = std::max(0, at_y - 1);
         to_y <= std::min(down_ - 1, at_y + 1); ++to_y) {
      for (int to_x = std::max(0, at_x - 1);
           to_x <= std::min(across_ - 1, at_x + 1); ++to_x) {
        if (!IsMarked(to_x, to_y)) continue;
        Unmark(to_x, to_y);
        open.emplace_back(to_x, to_y);
      }
    }
  }
  return around;
}

std::vector<Box> CellMarks::Areas(int room) const {
  CellMarks left = Grown(room);
  std::vector<Box> areas;
  for (int y = 0; y < down_; ++y) {
    for (int x = 0; x < across_; ++x) {
      if (left.IsMarked(x, y)) areas.push_back(left.TakeGroup(x, y));
    }
  }
  if (areas.size() > kMostAreas) return {{0, 0, columns_, rows_}};
  return JoinOverlapping(std::move(areas));
}

}  // namespace burntin
