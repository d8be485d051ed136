#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
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
// width of this one. The cost is in proportion to the width, and a line may be
// squeezed: to 1 / 1.6 of its width it reads with about twice the errors, so
// each network takes lines up to its `natural_width`.
struct Width {
  int input;
  int natural_width;
};
constexpr std::array<Width, 3> kWidths = {{{160, 176}, {320, 400}, {640, 800}}};
// Longer lines are cut at a gap between letters that lies in this last part
// of the widest network's reach.
constexpr double kCutFrom = 0.7;
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

// `line` as blue-green-red, kRows high, as wide as that makes it.
cv::Mat Scale(const Image& line) {
  const int width = std::max(
      1, static_cast<int>(std::lround(1.0 * kRows * line.columns / line.rows)));
  cv::Mat scaled;
  cv::resize(AsMat(line), scaled, {width, kRows}, 0, 0, cv::INTER_LINEAR);
  cv::Mat bgr;
  cv::cvtColor(scaled, bgr,
               line.channels == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_RGB2BGR);
  return bgr;
}

// The column in [first, last) whose pixels differ least: a gap, if any.
int QuietestColumn(const cv::Mat& line, int first, int last) {
  int quietest = first;
  double least = std::numeric_limits<double>::max();
  for (int column = first; column < last; ++column) {
    double low = 0;
    double high = 0;
    cv::minMaxIdx(line.col(column).clone().reshape(1), &low, &high);
    if (high - low >= least) continue;
    least = high - low;
    quietest = column;
  }
  return quietest;
}

// Parts of `line`, left to right, that the widest network can take.
std::vector<cv::Mat> CutAtGaps(const cv::Mat& line) {
  constexpr int kReach = kWidths.back().natural_width;
  std::vector<cv::Mat> parts;
  int start = 0;
  while (line.cols - start > kReach) {
    const int cut = QuietestColumn(
        line, start + static_cast<int>(kCutFrom * kReach), start + kReach);
    parts.push_back(line.colRange(start, cut));
    start = cut;
  }
  parts.push_back(line.colRange(start, line.cols));
  return parts;
}

// The best path of a CTC output and how sure its characters are.
struct Path {
  std::string text;
  double probability_sum = 0;
  int characters = 0;
};

class DnnTextRecognizer final : public TextRecognizer {
 public:
  DnnTextRecognizer(std::vector<cv::dnn::Net> nets,
                    std::vector<std::string> characters)
      : nets_(std::move(nets)), characters_(std::move(characters)) {}

  absl::StatusOr<Reading> Recognize(const Image& line) override {
    if (line.rows < 1 || line.columns < 1) return Reading{};
    return OpenCvCall(Reason::kEngineFailed,
                      "The text recogniser failed. Look at the object by hand.",
                      [&] { return Run(line); });
  }

 private:
  Reading Run(const Image& line) {
    Path path;
    for (const cv::Mat& part : CutAtGaps(Scale(line))) ReadPart(part, &path);
    if (path.characters == 0) return Reading{};
    return Reading{
        .text = PhiText(std::move(path.text)),
        .confidence = std::min(1.0, path.probability_sum / path.characters)};
  }

  void ReadPart(const cv::Mat& part, Path* path) {
    size_t net = 0;
    while (kWidths[net].natural_width < part.cols) ++net;
    cv::Mat fitted = part;
    if (part.cols > kWidths[net].input) {
      cv::resize(part, fitted, {kWidths[net].input, kRows});
    }
    // Grey 127.5 becomes 0, which is also what is right of a short line.
    cv::Mat normal(kRows, kWidths[net].input, CV_32FC3, cv::Scalar::all(0));
    cv::Mat left = normal.colRange(0, fitted.cols);
    fitted.convertTo(left, CV_32F, 1 / 127.5, -1);
    nets_[net].setInput(cv::dnn::blobFromImage(normal));
    const cv::Mat output = nets_[net].forward();
    Decode(output.reshape(1, output.size[1]), path);
  }

  // Adds the best path of the CTC output: a row for each step, a column for
  // each class.
  void Decode(const cv::Mat& steps, Path* path) const {
    int previous = kBlank;
    for (int step = 0; step < steps.rows; ++step) {
      cv::Point best;
      double probability = 0;
      cv::minMaxLoc(steps.row(step), nullptr, &probability, nullptr, &best);
      if (best.x != kBlank && best.x != previous) {
        path->text += characters_.at(static_cast<size_t>(best.x));
        path->probability_sum += probability;
        ++path->characters;
      }
      previous = best.x;
    }
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
                   for (const Width& width : kWidths) {
                     loaded.push_back(cv::dnn::readNetFromONNX(
                         model_directory + "/text_recognizer_" +
                         std::to_string(width.input) + ".onnx"));
                     loaded.back().setPreferableBackend(
                         cv::dnn::DNN_BACKEND_OPENCV);
                   }
                   return loaded;
                 }));
  return std::make_unique<DnnTextRecognizer>(std::move(nets),
                                             std::move(characters));
}

}  // namespace burntin
