#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "detector/base/status_macros.h"
#include "detector/text/ctc_decoder.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/text_recognizer.h"

namespace burntin {
namespace {

constexpr int kChannels = 3;
// Widths of a network that takes any are multiples of this, so that it sees
// few different ones.
constexpr int kWidthStep = 32;
// Longer lines are cut at a gap between letters that lies in this last part
// of the widest network's reach.
constexpr double kCutFrom = 0.7;

// How a network wants its input.
struct InputForm {
  int rows = 0;
  bool blue_first = false;
  // What a pixel's value becomes: multiplied, then added to.
  float scale = 1;
  float offset = 0;
  // Of shrunk pictures: INTER_AREA lets no letter alias, INTER_LINEAR is what
  // the older network was tuned with.
  int shrinking = cv::INTER_AREA;
};

constexpr InputForm kSecondForm = {.rows = 48,
                                   .blue_first = true,
                                   .scale = 1 / 127.5F,
                                   .offset = -1,
                                   .shrinking = cv::INTER_LINEAR};
constexpr InputForm kFirstForm = {.rows = 32};

// Characters by class: line i of the file is class i. The last is a space.
absl::StatusOr<std::vector<std::string>> ReadCharset(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> characters;
  for (std::string line; std::getline(file, line);) {
    characters.push_back(line);
  }
  if (characters.size() < 2) {
    return Error(Reason::kModelNotLoaded,
                 "A text recogniser's character set could not be read. Run "
                 "models/fetch.");
  }
  return characters;
}

// `line` with three channels, as high as the network wants it.
cv::Mat Scale(const Image& line, const InputForm& form) {
  const int width =
      std::max(1, static_cast<int>(
                      std::lround(1.0 * form.rows * line.columns / line.rows)));
  cv::Mat scaled;
  cv::resize(AsMat(line), scaled, {width, form.rows}, 0, 0,
             line.rows > form.rows ? form.shrinking : cv::INTER_LINEAR);
  cv::Mat colours;
  if (line.channels == 1) {
    cv::cvtColor(scaled, colours, cv::COLOR_GRAY2BGR);
  } else if (form.blue_first) {
    cv::cvtColor(scaled, colours, cv::COLOR_RGB2BGR);
  } else {
    colours = scaled;
  }
  return colours;
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

// Parts of `line`, left to right, of at most `longest` columns.
std::vector<cv::Mat> CutAtGaps(const cv::Mat& line, int longest) {
  std::vector<cv::Mat> parts;
  int start = 0;
  while (line.cols - start > longest) {
    const int cut = QuietestColumn(
        line, start + static_cast<int>(kCutFrom * longest), start + longest);
    parts.push_back(line.colRange(start, cut));
    start = cut;
  }
  parts.push_back(line.colRange(start, line.cols));
  return parts;
}

// The 8-bit `part` as planes, with 0 to the right of it up to `width`.
Tensor ToInput(const cv::Mat& part, int width, const InputForm& form) {
  Tensor input = {.shape = {1, kChannels, form.rows, width}};
  input.values.resize(static_cast<size_t>(kChannels) * form.rows * width);
  auto value = input.values.begin();
  for (int plane = 0; plane < kChannels; ++plane) {
    for (int row = 0; row < form.rows; ++row, value += width) {
      const uint8_t* pixel = part.ptr<uint8_t>(row) + plane;
      for (int x = 0; x < part.cols; ++x) {
        value[x] =
            static_cast<float>(pixel[kChannels * x]) * form.scale + form.offset;
      }
    }
  }
  return input;
}

// The input of a network that takes `width` columns, or any (0).
Tensor Fit(const cv::Mat& part, int width, const InputForm& form) {
  if (width == 0) {
    return ToInput(part, (part.cols + kWidthStep - 1) / kWidthStep * kWidthStep,
                   form);
  }
  if (part.cols <= width) return ToInput(part, width, form);
  cv::Mat squeezed;
  cv::resize(part, squeezed, {width, form.rows});
  return ToInput(squeezed, width, form);
}

// A network with the file that it is from.
struct SizedNetwork {
  RecognizerFile file;
  std::unique_ptr<NeuralNetwork> network;
};

// What one network is to read.
struct Part {
  NeuralNetwork* network;
  Tensor input;
};

class DnnTextRecognizer final : public TextRecognizer {
 public:
  DnnTextRecognizer(const InputForm& form, std::vector<SizedNetwork> networks,
                    std::vector<std::string> characters)
      : form_(form),
        networks_(std::move(networks)),
        characters_(std::move(characters)) {}

  absl::StatusOr<Reading> Recognize(const Image& line) override {
    if (line.rows < 1 || line.columns < 1) return Reading{};
    ASSIGN_OR_RETURN(const std::vector<Part> parts,
                     OpenCvCall(Reason::kEngineFailed, kFailure,
                                [&] { return CutAndScale(line); }));
    CtcDecoder decoder(characters_);
    for (const Part& part : parts) {
      ASSIGN_OR_RETURN(const Tensor steps, part.network->Run(part.input));
      RETURN_IF_ERROR(Decode(steps, &decoder));
    }
    return decoder.Result();
  }

 private:
  static constexpr char kFailure[] =
      "The text recogniser failed. Look at the object by hand.";

  std::vector<Part> CutAndScale(const Image& line) {
    std::vector<Part> parts;
    for (const cv::Mat& piece :
         CutAtGaps(Scale(line, form_), networks_.back().file.longest_line)) {
      size_t index = 0;
      while (networks_[index].file.longest_line < piece.cols) ++index;
      const int width = networks_[index].file.width;
      parts.push_back(
          {networks_[index].network.get(), Fit(piece, width, form_)});
    }
    return parts;
  }

  // Adds a network's output: [1, steps, classes].
  absl::Status Decode(const Tensor& output, CtcDecoder* decoder) const {
    const auto classes = static_cast<int64_t>(characters_.size());
    if (output.shape.size() != 3 || output.shape[0] != 1 ||
        output.shape[2] != classes ||
        output.values.size() !=
            static_cast<size_t>(output.shape[1] * classes) ||
        !decoder->Add(output.values.data(), output.shape[1])) {
      return Error(Reason::kEngineFailed, kFailure);
    }
    return absl::OkStatus();
  }

  InputForm form_;
  std::vector<SizedNetwork> networks_;  // ascending by longest_line
  std::vector<std::string> characters_;
};

absl::StatusOr<std::unique_ptr<TextRecognizer>> Make(
    const InputForm& form, const RecognizerFiles& files,
    const std::string& model_directory, NeuralRuntime* runtime) {
  InitializeTextEngines();
  ASSIGN_OR_RETURN(std::vector<std::string> characters,
                   ReadCharset(model_directory + "/" + files.characters));
  std::vector<SizedNetwork> networks;
  for (const RecognizerFile& file : files.networks) {
    ASSIGN_OR_RETURN(std::unique_ptr<NeuralNetwork> network,
                     runtime->Load(model_directory + "/" + file.name));
    networks.push_back({file, std::move(network)});
  }
  return std::make_unique<DnnTextRecognizer>(form, std::move(networks),
                                             std::move(characters));
}

}  // namespace

absl::StatusOr<std::unique_ptr<TextRecognizer>> MakeOwnTextRecognizer(
    const std::string& model_directory, NeuralRuntime* runtime) {
  return Make(kFirstForm, runtime->files().own_recognizer, model_directory,
              runtime);
}

absl::StatusOr<std::unique_ptr<TextRecognizer>> MakeDnnTextRecognizer(
    const std::string& model_directory, NeuralRuntime* runtime) {
  return Make(kSecondForm, runtime->files().recognizer, model_directory,
              runtime);
}

}  // namespace burntin
