// Where a full look left open whether there is text.
#ifndef BURNTIN_DETECTOR_TEMPORAL_UNSETTLED_CELLS_H_
#define BURNTIN_DETECTOR_TEMPORAL_UNSETTLED_CELLS_H_

#include <cstdint>
#include <vector>

#include "detector/temporal/cell_areas.h"

namespace burntin {

// Some things that stand look very much like text, and whether the detectors
// find it depends on what moves beside it: the digits of a scale among its
// ticks. A look at one frame does not settle that, so more are had, up to a
// number for each place. One thread at a time.
class UnsettledCells {
 public:
  UnsettledCells() = default;
  UnsettledCells(int across, int down);

  // The cell was looked at in full; `is_open`: it looks very much like text,
  // and none was found there.
  void Add(int x, int y, bool is_open);

  // Whether some cell that the last full look left open may have another, and
  // is as it was then.
  bool AnyStill(const CellMarks& differing) const;

 private:
  int across_ = 0;
  std::vector<uint8_t> looks_;
  std::vector<uint8_t> open_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEMPORAL_UNSETTLED_CELLS_H_
