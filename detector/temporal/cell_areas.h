// Areas of a picture made of square cells.
#ifndef BURNTIN_DETECTOR_TEMPORAL_CELL_AREAS_H_
#define BURNTIN_DETECTOR_TEMPORAL_CELL_AREAS_H_

#include <cstdint>
#include <vector>

#include "detector/base/image.h"

namespace burntin {

// Pixels, both ways. The smallest letters fill one cell.
inline constexpr int kCellSide = 8;

// One mark for each cell of a picture; the last ones of a row and of a column
// may reach beyond it.
class CellMarks {
 public:
  CellMarks(int rows, int columns);

  int across() const { return across_; }
  int down() const { return down_; }
  void Mark(int x, int y) { At(x, y) = 1; }
  void Unmark(int x, int y) { At(x, y) = 0; }
  bool IsMarked(int x, int y) const {
    return marks_[static_cast<size_t>(y) * across_ + x] != 0;
  }
  // The pixels of a cell.
  Box PixelsOf(int x, int y) const;
  // Calls `visit(x, y)` for the cells that `box` touches.
  template <typename Visit>
  void ForEachIn(const Box& box, Visit visit) const {
    const Box within = Intersect(box, {0, 0, columns_, rows_});
    if (within.Area() == 0) return;
    for (int y = within.y / kCellSide;
         y <= (within.y + within.height - 1) / kCellSide; ++y) {
      for (int x = within.x / kCellSide;
           x <= (within.x + within.width - 1) / kCellSide; ++x) {
        visit(x, y);
      }
    }
  }

  // Whether any cell that `box` touches is marked.
  bool AnyIn(const Box& box) const;
  // The share of the cells that `box` touches which are marked, in [0, 1].
  double ShareIn(const Box& box) const;

  // Boxes around the marked cells that hang together once each has grown by
  // `room` cells; they lie within the picture and apart from each other. All
  // of the picture where there are very many.
  std::vector<Box> Areas(int room) const;

 private:
  uint8_t& At(int x, int y) {
    return marks_[static_cast<size_t>(y) * across_ + x];
  }
  CellMarks Grown(int room) const;
  // The box around the cells that hang together with (x, y), which it unmarks.
  Box TakeGroup(int x, int y);

  int rows_;
  int columns_;
  int across_;
  int down_;
  std::vector<uint8_t> marks_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEMPORAL_CELL_AREAS_H_
