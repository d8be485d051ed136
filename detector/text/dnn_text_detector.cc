#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/text_detector.h"

namespace burntin {
namespace {

// From the model card: the probability above which a pixel is text, the mean
// probability above which a component is, and how far it grows to hold the
// whole letters.
constexpr float kPixelThreshold = 0.3F;
constexpr float kLineThreshold = 0.5F;
constexpr double kUnclipRatio = 1.6;
// A limit that no picture of kMaxDetectorSide reaches; a lower one would
// silently drop lines.
constexpr int kMaxLines = 100'000;
// Sides of the network's input are multiples of this.
constexpr int kStride = 32;
// The mean of ImageNet on [0, 255], in the channel order blue, green, red as
// the model card says. The network's first layer divides by the deviation.
const cv::Scalar kMean(123.675, 116.28, 103.53);
constexpr double kScale = 1;

// The picture as blue-green-red, black to the right and below up to a
// multiple of kStride.
cv::Mat PadToStride(const Image& image) {
  cv::Mat bgr;
  cv::cvtColor(AsMat(image), bgr,
               image.channels == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_RGB2BGR);
  const int bottom = (kStride - image.rows % kStride) % kStride;
  const int right = (kStride - image.columns % kStride) % kStride;
  cv::Mat padded;
  cv::copyMakeBorder(bgr, padded, 0, bottom, 0, right, cv::BORDER_CONSTANT);
  return padded;
}

class DnnTextDetector final : public TextDetector {
 public:
  explicit DnnTextDetector(const std::string& model_file)
      : model_(model_file) {
    model_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    model_.setBinaryThreshold(kPixelThreshold)
        .setPolygonThreshold(kLineThreshold)
        .setUnclipRatio(kUnclipRatio)
        .setMaxCandidates(kMaxLines);
  }

  absl::StatusOr<std::vector<TextLine>> Detect(const Image& image) override {
    return OpenCvCall(Reason::kEngineFailed,
                      "The text detector failed. Look at the object by hand.",
                      [&] { return Run(image); });
  }

 private:
  std::vector<TextLine> Run(const Image& image) {
    const cv::Mat input = PadToStride(image);
    model_.setInputParams(kScale, input.size(), kMean);
    std::vector<std::vector<cv::Point>> polygons;
    std::vector<float> confidences;
    model_.detect(input, polygons, confidences);
    std::vector<TextLine> lines;
    for (size_t i = 0; i < polygons.size(); ++i) {
      TextLine line{.likelihood = confidences[i]};
      for (size_t k = 0; k < line.corners.size(); ++k) {
        line.corners[k] = {static_cast<float>(polygons[i].at(k).x),
                           static_cast<float>(polygons[i].at(k).y)};
      }
      lines.push_back(line);
    }
    return lines;
  }

  cv::dnn::TextDetectionModel_DB model_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TextDetector>> MakeDnnTextDetector(
    const std::string& model_file) {
  InitializeTextEngines();
  return OpenCvCall(
      Reason::kModelNotLoaded,
      "The text detector's model could not be loaded. Run models/fetch.",
      [&]() -> std::unique_ptr<TextDetector> {
        return std::make_unique<DnnTextDetector>(model_file);
      });
}

}  // namespace burntin
