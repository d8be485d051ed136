// Finds and reads the text in parts of one view with two detectors and two
// readers, each second one where the first leaves doubt. Private to
// detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_AREA_SEARCH_H_
#define BURNTIN_DETECTOR_TEXT_AREA_SEARCH_H_

#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/base/region.h"
#include "detector/text/text_finder.h"

namespace burntin {

// What is searched of one view, and what is known of it.
struct ViewAreas {
  const Image& view;
  const std::vector<Box>& areas;
  const std::vector<Box>& known;          // texts that need no reading
  const std::vector<TextRegion>& before;  // what other views show
};

// The text within the areas that none of the known boxes mostly covers. All
// lines have the likelihood that `detector` gives them, which has been taught
// what looks like text and is none; what it does not see has 0. The second
// detector looks where it is in doubt, and where what it found cannot be read
// well. What nobody can read is looked at once more with its surroundings, if
// there is a careful detector for that, and left out if they explain it. What
// reads as it does on other views needs no second reader again.
absl::StatusOr<PartText> SearchAreas(const ViewAreas& searched,
                                     AreaTextDetector& detector,
                                     const Settles& settles,
                                     TextEngines& engines,
                                     TextTimings* timings);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_AREA_SEARCH_H_
