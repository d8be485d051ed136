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

// What a network needs to be shown.
struct NetworkNeeds {
  // Pictures with no side above this are doubled, since their text is smaller
  // than the network knows. Measured for PP-OCRv4: without, 100 instead of 115
  // of 117 identifying pictures were found.
  int doubled_side = 384;
  // The scale of a second look at every picture, for letters that are higher
  // than the network knows. 0: only pictures that it does not take whole get
  // one, at the largest scale that it takes.
  double reduced = 0;
  // Areas whose shorter side is less than this have no room for such letters
  // and what is around them; in pixels of the picture, at whose edges there
  // need be none around.
  int least_reduced_area = 0;
  // Whether areas are looked at turned by a quarter as well where a line runs
  // up or down.
  bool turned = true;
};

// Around `network`: packs the areas closely, since its cost is in proportion
// to pixels; with black around, since text cut by the edge is missed without;
// cuts large areas into overlapping tiles.
std::unique_ptr<AreaTextDetector> MakeAreaTextDetector(
    std::unique_ptr<TextDetector> network, const NetworkNeeds& needs = {});

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_AREA_TEXT_DETECTOR_H_
