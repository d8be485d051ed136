// Finds text in parts of a picture of any size.
#ifndef BURNTIN_DETECTOR_TEXT_AREA_TEXT_DETECTOR_H_
#define BURNTIN_DETECTOR_TEXT_AREA_TEXT_DETECTOR_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/text/text_detector.h"

namespace burntin {

// Holds an engine's state, so one object serves one thread at a time.
class AreaTextDetector {
 public:
  virtual ~AreaTextDetector() = default;

  // The lines of text within `areas`, which lie within `image` and apart from
  // each other; in pixels of `image`. An error means that the engine failed.
  virtual absl::StatusOr<std::vector<TextLine>> Detect(
      const Image& image, const std::vector<Box>& areas) = 0;
};

// Around `network`: packs the areas closely, since its cost is in proportion
// to pixels; with black around, since text cut by the edge is missed without;
// doubles small pictures, whose text is smaller than the network knows; cuts
// large areas into overlapping tiles; looks at them turned by a quarter as well
// where a line runs up or down.
std::unique_ptr<AreaTextDetector> MakeAreaTextDetector(
    std::unique_ptr<TextDetector> network);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_AREA_TEXT_DETECTOR_H_
