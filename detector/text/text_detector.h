// Finds where text stands on a picture.
#ifndef BURNTIN_DETECTOR_TEXT_TEXT_DETECTOR_H_
#define BURNTIN_DETECTOR_TEXT_TEXT_DETECTOR_H_

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"

namespace burntin {

struct Corner {
  float x = 0;
  float y = 0;
};

// A line or word of text as a rectangle that may be turned. Corners in pixels
// of the picture, in the order bottom left, top left, top right, bottom right
// as seen by a reader whose line runs along the longer side.
struct TextLine {
  std::array<Corner, 4> corners;
  double likelihood = 0;  // [0, 1]
};

// Holds an engine's state, so one object serves one thread at a time.
class TextDetector {
 public:
  virtual ~TextDetector() = default;

  // A picture without text gives no line; an error means that the engine
  // itself failed.
  virtual absl::StatusOr<std::vector<TextLine>> Detect(const Image& image) = 0;
};

// The DB text detector of `model_file` in OpenCV's DNN module
// (models/cards/text_detector.md). MODEL_NOT_LOADED if it does not load.
// Takes pictures of at most kMaxDetectorSide pixels a side.
absl::StatusOr<std::unique_ptr<TextDetector>> MakeDnnTextDetector(
    const std::string& model_file);

// OpenCV 4.6 crashes on inputs of 2048 x 2048 and more.
inline constexpr int kMaxDetectorSide = 1568;

// Any size of picture for `inner`: adds a black border, since text cut by the
// edge is missed without one; doubles small pictures, whose text is smaller
// than the network knows; cuts large ones into overlapping tiles.
std::unique_ptr<TextDetector> MakeScalingTextDetector(
    std::unique_ptr<TextDetector> inner);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_TEXT_DETECTOR_H_
