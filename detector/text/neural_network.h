// Runs the neural networks, whichever library does the arithmetic. The text
// detector and recogniser know networks by this interface only.
#ifndef BURNTIN_DETECTOR_TEXT_NEURAL_NETWORK_H_
#define BURNTIN_DETECTOR_TEXT_NEURAL_NETWORK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace burntin {

// Numbers in row-major order. values.size() is the product of `shape`.
struct Tensor {
  std::vector<int64_t> shape;  // outermost dimension first
  std::vector<float> values;
};

// The least multiple of `stride` >= 1 that is not below `length` >= 0: networks
// take sides that are multiples of theirs.
inline int RoundUpTo(int stride, int length) {
  return (length + stride - 1) / stride * stride;
}

// May hold scratch memory, so one object serves one thread at a time.
class NeuralNetwork {
 public:
  virtual ~NeuralNetwork() = default;

  // The network's one output for its one input. ENGINE_FAILED for an input
  // that the network does not take.
  virtual absl::StatusOr<Tensor> Run(const Tensor& input) = 0;
};

// A recogniser's file and the lines that it takes, in columns at the
// network's height.
struct RecognizerFile {
  std::string name;
  int width = 0;         // of the input; 0: any multiple of 32
  int longest_line = 0;  // longer ones than `width` are squeezed to it
};

// One recogniser: a network, or one for each of some widths.
struct RecognizerFiles {
  std::string characters;                // line i: that of class i
  std::vector<RecognizerFile> networks;  // ascending by longest_line
};

// The files of a model directory that a runtime reads.
struct NetworkFiles {
  std::string detector;
  std::string first_glance;       // of colours
  std::string grey_first_glance;  // of one channel
  std::string quick_maps;
  std::string grey_quick_maps;
  std::string careful_maps;
  std::string grey_careful_maps;
  RecognizerFiles own_recognizer;
  RecognizerFiles recognizer;
};

// The same for every runtime.
inline RecognizerFiles OwnRecognizer() {
  return {.characters = "text_reader_charset.txt",
          .networks = {{.name = "text_reader.onnx", .longest_line = 640}}};
}

// All methods may be called from any number of threads at the same time.
class NeuralRuntime {
 public:
  virtual ~NeuralRuntime() = default;

  virtual const NetworkFiles& files() const = 0;

  // The network in the file at `path`. MODEL_NOT_LOADED if it does not load.
  // The network may outlive the runtime.
  virtual absl::StatusOr<std::unique_ptr<NeuralNetwork>> Load(
      const std::string& path) = 0;
};

// OpenCV's DNN module. Each network has weights of its own. OpenCV 4.6
// crashes on inputs of 2048 x 2048 and more: they are refused, as is any with
// a side of 2048 or more.
std::shared_ptr<NeuralRuntime> MakeOpenCvRuntime();

// ONNX Runtime, from the shared library in `library_file`, which is opened
// only if its SHA-256 is `sha256`. Networks of one file share its weights.
// MODEL_NOT_LOADED, with what to do, if it cannot be had.
absl::StatusOr<std::shared_ptr<NeuralRuntime>> MakeOnnxRuntime(
    const std::string& library_file, const std::string& sha256);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_NEURAL_NETWORK_H_
