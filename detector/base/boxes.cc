#include "detector/base/boxes.h"

#include <algorithm>
#include <cstddef>

namespace burntin {

std::vector<Box> JoinOverlapping(std::vector<Box> boxes) {
  for (size_t i = 0; i < boxes.size();) {
    Box& box = boxes[i];
    const auto other =
        std::find_if(boxes.begin(), boxes.end(), [&](const Box& candidate) {
          return &candidate != &box && Intersect(box, candidate).Area() > 0;
        });
    if (other == boxes.end()) {
      ++i;
      continue;
    }
    // It has grown, and is looked at again.
    box = Unite(box, *other);
    if (other < boxes.begin() + static_cast<std::ptrdiff_t>(i)) --i;
    boxes.erase(other);
  }
  return boxes;
}

}  // namespace burntin
