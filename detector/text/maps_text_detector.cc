#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/line_geometry.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/score_map.h"
#include "detector/text/text_detector.h"

namespace burntin {
namespace {

// From the model card: sides of the input are multiples of kStride, maps have
// a quarter of its size, and the first four of them are the points of text at
// half of it, two by two in reading order. Nothing here needs the others.
constexpr int kStride = 16;
constexpr int kMapStep = 4;
constexpr int kMaps = 9;
constexpr int kTextStep = 2;
// A core leaves 0.18 of a line's height out on each side, which is 0.28 of its
// own. Readers want room around letters: with 0.28, 0.45, 0.6 and 0.8 they read
// 373, 407, 413 and 390 words of 51 real images.
constexpr float kGrow = 0.5F;
// In points of the map; letters of 5 pixels have a core of 1.6.
constexpr float kLeastCore = 1;
constexpr ScoreMapRules kPlain = {.pixel_threshold = 0.4,
                                  .line_threshold = 0.5,
                                  .least_side = kLeastCore,
                                  .grow_by_side = kGrow};
// A doubtful line of which plain ones cover more than this is no other.
constexpr double kMostlyPlain = 0.5;

// The picture as planes of red, green and blue, or as one of grey, black to the
// right and below up to a multiple of kStride.
Tensor ToInput(const Image& image) {
  const int rows = RoundUpTo(kStride, image.rows);
  const int columns = RoundUpTo(kStride, image.columns);
  Tensor input = {.shape = {1, image.channels, rows, columns}};
  input.values.resize(static_cast<size_t>(image.channels) * rows * columns);
  for (int plane = 0; plane < image.channels; ++plane) {
    for (int row = 0; row < image.rows; ++row) {
      const uint8_t* pixel = &image.pixels[static_cast<size_t>(row) *
                                               image.columns * image.channels +
                                           plane];
      float* value =
          &input.values[(static_cast<size_t>(plane) * rows + row) * columns];
      for (int x = 0; x < image.columns; ++x, pixel += image.channels) {
        value[x] = *pixel;
      }
    }
  }
  return input;
}

// The probabilities of text at half of the input's size.
cv::Mat TextMap(const Tensor& maps, int rows, int columns) {
  cv::Mat text(kTextStep * rows, kTextStep * columns, CV_32F);
  const float* probability = maps.values.data();
  for (int point = 0; point < kTextStep * kTextStep; ++point) {
    for (int row = 0; row < rows; ++row) {
      float* out = text.ptr<float>(kTextStep * row + point / kTextStep) +
                   point % kTextStep;
      for (int x = 0; x < columns; ++x, ++probability, out += kTextStep) {
        *out = *probability;
      }
    }
  }
  return text;
}

class MapsTextDetector final : public TextDetector {
 public:
  MapsTextDetector(std::unique_ptr<NeuralNetwork> network,
                   std::unique_ptr<NeuralNetwork> grey_network,
                   double least_likelihood)
      : network_(std::move(network)),
        grey_network_(std::move(grey_network)),
        doubtful_{.pixel_threshold = least_likelihood,
                  .line_threshold = least_likelihood,
                  .least_side = kLeastCore,
                  .grow_by_side = kGrow} {}

  absl::StatusOr<std::vector<TextLine>> Detect(const Image& image) override {
    if (std::min(image.rows, image.columns) < 1 ||
        std::max(image.rows, image.columns) > kMaxDetectorSide) {
      return Failed();
    }
    NeuralNetwork& network = image.channels == 1 ? *grey_network_ : *network_;
    ASSIGN_OR_RETURN(const Tensor maps, network.Run(ToInput(image)));
    const int rows = RoundUpTo(kStride, image.rows) / kMapStep;
    const int columns = RoundUpTo(kStride, image.columns) / kMapStep;
    if (maps.shape != std::vector<int64_t>{1, kMaps, rows, columns} ||
        std::any_of(maps.values.begin(), maps.values.end(),
                    [](float value) { return std::isnan(value); })) {
      return Failed();
    }
    ASSIGN_OR_RETURN(std::vector<TextLine> lines,
                     OpenCvCall(Reason::kEngineFailed, kFailure, [&] {
                       return Lines(TextMap(maps, rows, columns));
                     }));
    for (TextLine& line : lines) {
      for (Corner& corner : line.corners) {
        // Pixels of a map stand for the centres of 2 x 2 of the picture.
        corner.x = kTextStep * corner.x + 0.5F;
        corner.y = kTextStep * corner.y + 0.5F;
      }
    }
    return lines;
  }

 private:
  // At a low threshold neighbouring lines become one, so that what is plain
  // is taken from the map first.
  std::vector<TextLine> Lines(const cv::Mat& text) const {
    std::vector<TextLine> lines = LinesOfScoreMap(text, kPlain);
    AddUnseen(LinesOfScoreMap(text, doubtful_), kMostlyPlain, &lines);
    return lines;
  }

  static constexpr char kFailure[] =
      "The search for text failed. Look at the object by hand.";

  static absl::Status Failed() {
    return Error(Reason::kEngineFailed, kFailure);
  }

  std::unique_ptr<NeuralNetwork> network_;
  std::unique_ptr<NeuralNetwork> grey_network_;
  ScoreMapRules doubtful_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TextDetector>> MakeMapsTextDetector(
    const std::string& path, const std::string& grey_path,
    NeuralRuntime* runtime, double least_likelihood) {
  InitializeTextEngines();
  ASSIGN_OR_RETURN(std::unique_ptr<NeuralNetwork> network, runtime->Load(path));
  ASSIGN_OR_RETURN(std::unique_ptr<NeuralNetwork> grey_network,
                   runtime->Load(grey_path));
  return std::make_unique<MapsTextDetector>(
      std::move(network), std::move(grey_network), least_likelihood);
}

}  // namespace burntin
