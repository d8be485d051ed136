// temporal: says what a frame of a cine shows that the frames before it did
// not, so that only that has to be looked at. It knows pixels only: what they
// mean is for the detector to say.
#ifndef BURNTIN_DETECTOR_TEMPORAL_VIEW_HISTORY_H_
#define BURNTIN_DETECTOR_TEMPORAL_VIEW_HISTORY_H_

#include <vector>

#include "detector/base/image.h"
#include "detector/temporal/cell_areas.h"

namespace burntin {

// Where a view is not as it was when it was looked at. Flat places are left
// out: nothing stands there.
struct Change {
  CellMarks cells;
  std::vector<Box> areas;  // with room around; they lie apart from each other
  bool may_hold_code = false;  // a barcode or a two-dimensional code
};

// What was seen so far of one view of each frame: the pixels that were last
// looked at, place by place, and the least and the greatest value that each
// pixel had lately (the minimum and the maximum projection, by channel). Three
// pictures, however long the cine. One thread at a time.
class ViewHistory {
 public:
  // Whether `view` can be compared with what was seen before.
  bool Fits(const Image& view) const;

  // What changed in `view`, which fits.
  Change ChangeIn(const Image& view) const;

  // The share of the pixels of `box` of `view`, which fits, that are brighter
  // or darker than they ever were lately. What appears is; of what moves about
  // only a part. In [0, 1].
  double NovelShare(const Image& view, const Box& box) const;

  // Takes all of `view` as looked at but for the places in `unclear`, which
  // remain changed. A view that does not fit begins a new history.
  void Accept(const Image& view, const std::vector<Box>& unclear);

 private:
  void Project(const Image& view);

  Image seen_;
  std::vector<uint8_t> low_;
  std::vector<uint8_t> high_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEMPORAL_VIEW_HISTORY_H_
