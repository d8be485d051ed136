// Puts parts of a picture close together on few small ones. Private to
// detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_AREA_PACKER_H_
#define BURNTIN_DETECTOR_TEXT_AREA_PACKER_H_

#include <vector>

#include "detector/base/image.h"

namespace burntin {

// Where a part comes to stand; its size stays the same.
struct Placement {
  Box from;
  int x = 0;
  int y = 0;
};

struct Sheet {
  int width = 0;
  int height = 0;
  std::vector<Placement> placements;
};

// All of `parts`, each on one sheet, at least `gap` pixels from every other
// and from the sheet's edge. Sheets have sides of at most `max_side`, which no
// part with its gaps exceeds.
std::vector<Sheet> PackAreas(std::vector<Box> parts, int gap, int max_side);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_AREA_PACKER_H_
