#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/score_map.h"
#include "detector/text/text_detector.h"

namespace burntin {
namespace {

// Sides of the network's input are multiples of this.
constexpr int kStride = 32;
constexpr int kChannels = 3;
// The mean of ImageNet on [0, 255], in the channel order blue, green, red as
// the model card says. The network's first layer divides by the deviation.
constexpr std::array<float, kChannels> kMean = {123.675F, 116.28F, 103.53F};

// From the model card.
constexpr ScoreMapRules kRules = {.pixel_threshold = 0.3,
                                  .line_threshold = 0.5,
                                  .least_side = 3,
                                  .grow_by_area = 1.6F};

// The picture as planes of blue, green and red without their means, black to
// the right and below up to a multiple of kStride.
Tensor ToInput(const Image& image) {
  const int rows = RoundUpTo(kStride, image.rows);
  const int columns = RoundUpTo(kStride, image.columns);
  Tensor input = {.shape = {1, kChannels, rows, columns}};
  input.values.reserve(static_cast<size_t>(kChannels) * rows * columns);
  for (int plane = 0; plane < kChannels; ++plane) {
    const float mean = kMean[plane];
    // Grey stands for all three; red comes first in a picture, last here.
    const int channel = image.channels == 1 ? 0 : kChannels - 1 - plane;
    for (int row = 0; row < image.rows; ++row) {
      const uint8_t* pixel =
          &image.pixels[(static_cast<size_t>(row) * image.columns) *
                            image.channels +
                        channel];
      for (int x = 0; x < image.columns; ++x, pixel += image.channels) {
        input.values.push_back(static_cast<float>(*pixel) - mean);
      }
      input.values.resize(input.values.size() + columns - image.columns, -mean);
    }
    const int below = rows - image.rows;
    input.values.resize(
        input.values.size() + static_cast<size_t>(below) * columns, -mean);
  }
  return input;
}

class DnnTextDetector final : public TextDetector {
 public:
  explicit DnnTextDetector(std::unique_ptr<NeuralNetwork> network)
      : network_(std::move(network)) {}

  absl::StatusOr<std::vector<TextLine>> Detect(const Image& image) override {
    if (std::min(image.rows, image.columns) < 1 ||
        std::max(image.rows, image.columns) > kMaxDetectorSide) {
      return Failed();
    }
    ASSIGN_OR_RETURN(Tensor map, network_->Run(ToInput(image)));
    const int rows = RoundUpTo(kStride, image.rows);
    const int columns = RoundUpTo(kStride, image.columns);
    if (map.shape != std::vector<int64_t>{rows, columns} ||
        std::any_of(map.values.begin(), map.values.end(),
                    [](float value) { return std::isnan(value); })) {
      return Failed();
    }
    return OpenCvCall(Reason::kEngineFailed, kFailure, [&] {
      return LinesOfScoreMap(cv::Mat(rows, columns, CV_32F, map.values.data()),
                             kRules);
    });
  }

 private:
  static constexpr char kFailure[] =
      "The text detector failed. Look at the object by hand.";

  static absl::Status Failed() {
    return Error(Reason::kEngineFailed, kFailure);
  }

  std::unique_ptr<NeuralNetwork> network_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TextDetector>> MakeDnnTextDetector(
    const std::string& model_directory, NeuralRuntime* runtime) {
  InitializeTextEngines();
  ASSIGN_OR_RETURN(
      std::unique_ptr<NeuralNetwork> network,
      runtime->Load(model_directory + "/" + runtime->files().detector));
  return std::make_unique<DnnTextDetector>(std::move(network));
}

}  // namespace burntin
