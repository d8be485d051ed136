// Sets of boxes.
#ifndef BURNTIN_DETECTOR_BASE_BOXES_H_
#define BURNTIN_DETECTOR_BASE_BOXES_H_

#include <vector>

#include "detector/base/image.h"

namespace burntin {

// Boxes that share no pixel and together cover all of `boxes`: those that
// overlap become one.
std::vector<Box> JoinOverlapping(std::vector<Box> boxes);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_BOXES_H_
