// Tells the numbers of a scale from the parts of a number.
#ifndef BURNTIN_DETECTOR_PHI_SCALES_H_
#define BURNTIN_DETECTOR_PHI_SCALES_H_

#include <vector>

namespace burntin {

// Whether these are the marks of a scale: three numbers at least, evenly
// spaced, of which the first is a multiple of half the step. So 0, 50, 100 and
// 5, 15, 25 are, and 123, 456, 789 are not.
bool IsScale(const std::vector<double>& numbers);

// The same where some marks may be missing: four numbers at least, rising or
// falling, and half of the gaps or more are of one step.
bool IsScaleWithGaps(const std::vector<double>& numbers);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_SCALES_H_
