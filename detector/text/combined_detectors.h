// Detectors made of detectors. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_COMBINED_DETECTORS_H_
#define BURNTIN_DETECTOR_TEXT_COMBINED_DETECTORS_H_

#include <memory>

#include "detector/text/area_text_detector.h"

namespace burntin {

// Of two that know the same lines: `quick` looks at all areas, and `careful`
// where that suspects anything, with room around, which may reach beyond the
// areas. Lines are the careful one's.
std::unique_ptr<AreaTextDetector> MakeTwoStepDetector(
    std::unique_ptr<AreaTextDetector> quick,
    std::unique_ptr<AreaTextDetector> careful);

// Shows `detector` each area by itself, as a picture of its own. Pictures with
// no side above `least_side`, and areas of more than 2^21 pixels, are left out:
// nothing is found there.
std::unique_ptr<AreaTextDetector> MakeCloserLook(
    std::unique_ptr<AreaTextDetector> detector, int least_side);

// The lines of `one`, and those of `other`.
std::unique_ptr<AreaTextDetector> MakeBothDetectors(
    std::unique_ptr<AreaTextDetector> one,
    std::unique_ptr<AreaTextDetector> other);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_COMBINED_DETECTORS_H_
