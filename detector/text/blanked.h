// Pictures without some of what they show. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_BLANKED_H_
#define BURNTIN_DETECTOR_TEXT_BLANKED_H_

#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"

namespace burntin {

// A copy of `view` in which each of `boxes` has one colour: the commonest value
// of its edge, channel by channel. Boxes may reach beyond the view.
absl::StatusOr<Image> Blanked(const Image& view, const std::vector<Box>& boxes);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_BLANKED_H_
