#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "detector/base/status_macros.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/text_recognizer.h"

namespace burntin {
namespace {

constexpr int kRows = 48;  // of the network's input
// One network for each width of input, since OpenCV 4.6 cannot change the
// width of this one. The cost is in proportion to the width.
constexpr std::array<int, 3> kWidths = {160, 320, 640};
constexpr int kBlank = 0;  // the class that means "no character here"

// Characters by class: line i of the file is class i. The last is a space.
absl::StatusOr<std::vector<std::string>> ReadCharset(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> characters;
  for (std::string line; std::getline(file, line);) {
    characters.push_back(line);
  }
  if (characters.size() < 2) {
    return Error(Reason::kModelNotLoaded,
                 "The recogniser's character set could not be read. Run "
                 "models/fetch.");
  }
  return characters;
}

// `line` as blue-green-red, kRows high, at most `max_width` wide.
cv::Mat Scale(const Image& line, int max_width) {
  const int width = std::clamp(
      static_cast<int>(std::lround(1.0 * kRows * line.columns / line.rows)),
      1, max_width);
  cv::Mat scaled;
  cv::resize(AsMat(line), scaled, {width, kRows}, 0, 0, cv::INTER_LINEAR);
  cv::Mat bgr;
  cv::cvtColor(scaled, bgr,
               line.channels == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_RGB2BGR);
  return bgr;
}

class DnnTextRecognizer final : public TextRecognizer {
 public:
  DnnTextRecognizer(std::vector<cv::dnn::Net> nets,
                    std::vector<std::string> characters)
      : nets_(std::move(nets)), characters_(std::move(characters)) {}

  absl::StatusOr<Reading> Recognize(const Image& line) override {
    if (line.rows < 1 || line.columns < 1) return Reading{};
    return OpenCvCall(
        Reason::kEngineFailed,
        "The text recogniser failed. Look at the object by hand.",
        [&] { return Run(line); });
  }

 private:
  Reading Run(const Image& line) {
    const cv::Mat scaled = Scale(line, kWidths.back());
    size_t net = 0;
    while (kWidths[net] < scaled.cols) ++net;
    // Grey 127.5 becomes 0, which is also what is right of a short line.
    cv::Mat normal(kRows, kWidths[net], CV_32FC3, cv::Scalar::all(0));
    cv::Mat left_part = normal.colRange(0, scaled.cols);
    scaled.convertTo(left_part, CV_32F, 1 / 127.5, -1);
    nets_[net].setInput(cv::dnn::blobFromImage(normal));
    const cv::Mat output = nets_[net].forward();
    return Decode(output.reshape(1, output.size[1]));
  }

  // Best path of the CTC output: a row for each step, a column for each
  // class. The confidence is the mean probability of the characters read.
  Reading Decode(const cv::Mat& steps) const {
    std::string text;
    double sum = 0;
    int count = 0;
    int previous = kBlank;
    for (int step = 0; step < steps.rows; ++step) {
      cv::Point best;
      double probability = 0;
      cv::minMaxLoc(steps.row(step), nullptr, &probability, nullptr, &best);
      if (best.x != kBlank && best.x != previous) {
        text += characters_.at(static_cast<size_t>(best.x));
        sum += probability;
        ++count;
      }
      previous = best.x;
    }
    if (count == 0) return Reading{};
    return Reading{.text = PhiText(std::move(text)),
                   .confidence = std::min(1.0, sum / count)};
  }

  std::vector<cv::dnn::Net> nets_;  // in the order of kWidths
  std::vector<std::string> characters_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TextRecognizer>> MakeDnnTextRecognizer(
    const std::string& model_directory) {
  InitializeTextEngines();
  ASSIGN_OR_RETURN(
      std::vector<std::string> characters,
      ReadCharset(model_directory + "/text_recognizer_charset.txt"));
  ASSIGN_OR_RETURN(
      std::vector<cv::dnn::Net> nets,
      OpenCvCall(Reason::kModelNotLoaded,
                 "The text recogniser's model could not be loaded. Run "
                 "models/fetch.",
                 [&] {
                   std::vector<cv::dnn::Net> loaded;
                   for (const int width : kWidths) {
                     loaded.push_back(cv::dnn::readNetFromONNX(
                         model_directory + "/text_recognizer_" +
                         std::to_string(width) + ".onnx"));
                     loaded.back().setPreferableBackend(
                         cv::dnn::DNN_BACKEND_OPENCV);
                   }
                   return loaded;
                 }));
  return std::make_unique<DnnTextRecognizer>(std::move(nets),
                                             std::move(characters));
}

}  // namespace burntin
