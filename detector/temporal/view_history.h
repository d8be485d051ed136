// temporal: says what a frame of a cine shows that the frames before it did
// not, so that only that has to be looked at. It knows pixels only: what they
// mean is for the detector to say.
#ifndef BURNTIN_DETECTOR_TEMPORAL_VIEW_HISTORY_H_
#define BURNTIN_DETECTOR_TEMPORAL_VIEW_HISTORY_H_

#include <cstdint>

#include "detector/base/image.h"
#include "detector/temporal/cell_areas.h"

namespace burntin {

// Where a view is not as it was when it was looked at.
struct Change {
  CellMarks differing;  // all such cells
  // Of these, the ones that are not flat: nothing stands in the others.
  CellMarks cells;
};

// What was seen so far of one view of each frame: the pixels that were last
// looked at, place by place. One picture, however long the cine. One thread at
// a time.
class ViewHistory {
 public:
  // Whether `view` can be compared with what was seen before.
  bool Fits(const Image& view) const;

  // What its pixels take.
  int64_t bytes() const { return static_cast<int64_t>(seen_.pixels.size()); }

  // What changed in `view`, which fits.
  Change ChangeIn(const Image& view) const;

  // Takes all of `view` as looked at.
  void Accept(const Image& view);

  // Takes those cells of `view`, which fits, as looked at that differ, and
  // forgets nothing of the others: what fades in slowly differs at last.
  void Accept(const Image& view, const Change& change);

 private:
  Image seen_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEMPORAL_VIEW_HISTORY_H_
