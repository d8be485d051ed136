// Joins what several detectors, scales and views found of the same text.
// Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_REGION_MERGING_H_
#define BURNTIN_DETECTOR_TEXT_REGION_MERGING_H_

#include <vector>

#include "detector/base/region.h"

namespace burntin {

// Whether two boxes share most of the smaller one and are about equally large,
// so that what is in them is the same text.
bool ShowTheSame(const Box& one, const Box& other);

// Adds `region` to `regions`, as readings of the one that is the same text if
// there is one.
void MergeRegion(TextRegion region, std::vector<TextRegion>* regions);

// Removes every region that lies within another one which was surely read and
// whose reading holds all that was read of the smaller one.
void DropFragments(std::vector<TextRegion>* regions);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_REGION_MERGING_H_
