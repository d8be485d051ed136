// Finds where text stands on a picture.
#ifndef BURNTIN_DETECTOR_TEXT_TEXT_DETECTOR_H_
#define BURNTIN_DETECTOR_TEXT_TEXT_DETECTOR_H_

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/text/neural_network.h"

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

// The DB text detector of `model_directory` (models/cards/text_detector.md)
// in `runtime`, which has to live during the call only. MODEL_NOT_LOADED if it
// does not load. Takes pictures of at most kMaxDetectorSide pixels a side;
// larger ones are ENGINE_FAILED.
absl::StatusOr<std::unique_ptr<TextDetector>> MakeDnnTextDetector(
    const std::string& model_directory, NeuralRuntime* runtime);

// A network that burntin trains for itself (models/cards/text_maps.md), from
// the file at `path` for pictures in colour, and from that at `grey_path`,
// which says the same of grey ones in less time: lines in all directions, every
// one whose likelihood is at least `least_likelihood`. The same limits and
// errors.
absl::StatusOr<std::unique_ptr<TextDetector>> MakeMapsTextDetector(
    const std::string& path, const std::string& grey_path,
    NeuralRuntime* runtime, double least_likelihood);

// OpenCV 4.6 crashes on inputs of 2048 x 2048 and more, and every runtime's
// memory grows with the picture.
inline constexpr int kMaxDetectorSide = 1568;

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_TEXT_DETECTOR_H_
