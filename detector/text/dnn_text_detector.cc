#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/score_map.h"
#include "detector/text/text_detector.h"

namespace burntin {
namespace {

// Sides of the network's input are multiples of this.
constexpr int kStride = 32;
// The mean of ImageNet on [0, 255], in the channel order blue, green, red as
// the model card says. The network's first layer divides by the deviation.
const cv::Scalar kMean(123.675, 116.28, 103.53);

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
      : net_(cv::dnn::readNetFromONNX(model_file)) {
    net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  }

  absl::StatusOr<std::vector<TextLine>> Detect(const Image& image) override {
    return OpenCvCall(Reason::kEngineFailed,
                      "The text detector failed. Look at the object by hand.",
                      [&] { return Run(image); });
  }

 private:
  std::vector<TextLine> Run(const Image& image) {
    net_.setInput(cv::dnn::blobFromImage(PadToStride(image), /*scalefactor=*/1,
                                         {}, kMean));
    return LinesOfScoreMap(net_.forward());
  }

  cv::dnn::Net net_;
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
