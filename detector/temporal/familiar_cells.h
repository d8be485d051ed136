// Where something looks like text to a first glance, and is known to be none.
#ifndef BURNTIN_DETECTOR_TEMPORAL_FAMILIAR_CELLS_H_
#define BURNTIN_DETECTOR_TEMPORAL_FAMILIAR_CELLS_H_

#include <vector>

namespace burntin {

// For each cell of a view, the most that it looked like text when a closer look
// found none there. What stands keeps looking as it did in its place; tissue
// and speckle that move look as they did anywhere around. Writing that appears
// looks more like text than either. Evidence is in logarithms of odds. One
// thread at a time.
class FamiliarCells {
 public:
  FamiliarCells() = default;
  FamiliarCells(int across, int down);

  // Whether a cell that looks like text this much was looked at, itself or one
  // beside it, when it looked about as much like it; itself, beside a text; or
  // a cell that moves nearby was.
  bool Knows(int x, int y, float evidence) const;

  // A closer look at the cell found no text; `moves`: the cell is not as it was
  // on the frame before. What moves is known around from NextFrame() on.
  void Add(int x, int y, float evidence, bool moves);

  // A closer look at a cell beside a text, of which it shows some evidence,
  // found no other text. Says nothing of the cells around it.
  void AddBesideText(int x, int y, float evidence);

  // The cell is beside no text, or no longer.
  void ForgetBesideText(int x, int y);

  // Another frame went by: what was seen long ago counts less.
  void NextFrame();

 private:
  int across_ = 0;
  int down_ = 0;
  std::vector<float> most_;
  std::vector<float> most_beside_text_;
  std::vector<float> most_moving_;
  std::vector<float> most_moving_around_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEMPORAL_FAMILIAR_CELLS_H_
