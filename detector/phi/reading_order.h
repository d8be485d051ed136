// Puts the boxes of one plane in the order in which a person reads them.
#ifndef BURNTIN_DETECTOR_PHI_READING_ORDER_H_
#define BURNTIN_DETECTOR_PHI_READING_ORDER_H_

#include <span>
#include <vector>

#include "detector/base/region.h"

namespace burntin {

// Indices into the regions of a plane, in reading order.
using RegionGroup = std::vector<int>;

// Regions that stand side by side, near one another and equally turned: one
// group for each line. Every region is in exactly one group, alone perhaps.
// Time grows with the square of the number of regions.
std::vector<RegionGroup> TextLines(std::span<const TextRegion> regions);

// Each line together with the nearest line below it, that with the nearest
// below it, and so on: `count` lines that belong to one block of text.
std::vector<RegionGroup> NeighbouringLines(
    std::span<const TextRegion> regions, const std::vector<RegionGroup>& lines,
    int count = 2);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_READING_ORDER_H_
