#include <algorithm>
#include <opencv2/dnn.hpp>
#include <utility>

#include "detector/text/neural_network.h"
#include "detector/text/opencv_edge.h"

namespace burntin {
namespace {

constexpr int kCrashingSide = 2048;  // of OpenCV 4.6

// OpenCV 4.6 cannot change the width of PP-OCR's recogniser, so there is one
// for each of three widths. The cost is in proportion to the width, and a line
// may be squeezed: to 1 / 1.6 of its width it reads with about twice the
// errors, so each network takes lines somewhat longer than its input.
const NetworkFiles& Files() {
  static const auto* const kFiles = new NetworkFiles{
      .detector = "text_detector.onnx",
      .first_glance = "text_glance.onnx",
      .grey_first_glance = "text_glance_grey.onnx",
      .quick_maps = "text_maps_quick.onnx",
      .grey_quick_maps = "text_maps_quick_grey.onnx",
      .careful_maps = "text_maps_careful.onnx",
      .grey_careful_maps = "text_maps_careful_grey.onnx",
      .own_recognizer = OwnRecognizer(),
      .recognizer = {"text_recognizer_charset.txt",
                     {{"text_recognizer_160.onnx", 160, 176},
                      {"text_recognizer_320.onnx", 320, 400},
                      {"text_recognizer_640.onnx", 640, 800}}}};
  return *kFiles;
}

Tensor ToTensor(const cv::Mat& mat) {
  const cv::Mat whole = mat.isContinuous() ? mat : mat.clone();
  const float* first = whole.ptr<float>();
  return {.shape = {whole.size.p, whole.size.p + whole.dims},
          .values = {first, first + whole.total()}};
}

class OpenCvNetwork final : public NeuralNetwork {
 public:
  explicit OpenCvNetwork(cv::dnn::Net net) : net_(std::move(net)) {
    net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
  }

  absl::StatusOr<Tensor> Run(const Tensor& input) override {
    constexpr char kMessage[] =
        "A neural network failed. Look at the object by hand.";
    const std::vector<int> shape(input.shape.begin(), input.shape.end());
    if (std::any_of(shape.begin(), shape.end(),
                    [](int side) { return side >= kCrashingSide; })) {
      return Error(Reason::kEngineFailed, kMessage);
    }
    return OpenCvCall(Reason::kEngineFailed, kMessage, [&] {
      net_.setInput(
          cv::Mat(shape, CV_32F, const_cast<float*>(input.values.data())));
      return ToTensor(net_.forward());
    });
  }

 private:
  cv::dnn::Net net_;
};

class OpenCvRuntime final : public NeuralRuntime {
 public:
  const NetworkFiles& files() const override { return Files(); }

  absl::StatusOr<std::unique_ptr<NeuralNetwork>> Load(
      const std::string& path) override {
    InitializeTextEngines();
    return OpenCvCall(
        Reason::kModelNotLoaded,
        "A neural network's model could not be loaded. Run models/fetch.",
        [&]() -> std::unique_ptr<NeuralNetwork> {
          return std::make_unique<OpenCvNetwork>(
              cv::dnn::readNetFromONNX(path));
        });
  }
};

}  // namespace

std::shared_ptr<NeuralRuntime> MakeOpenCvRuntime() {
  return std::make_shared<OpenCvRuntime>();
}

}  // namespace burntin
