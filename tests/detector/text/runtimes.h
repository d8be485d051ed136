// The runtimes that are here, for tests that need what models/fetch gets.
// MODEL_DIRECTORY is its folder.
#ifndef BURNTIN_TESTS_DETECTOR_TEXT_RUNTIMES_H_
#define BURNTIN_TESTS_DETECTOR_TEXT_RUNTIMES_H_

#include <filesystem>
#include <memory>
#include <string>

#include "detector/text/file_digest.h"
#include "detector/text/neural_network.h"

namespace burntin {

inline bool HasModels() {
  return std::filesystem::exists(MODEL_DIRECTORY "/text_detector.onnx");
}

inline bool HasOnnxRuntime() {
  return std::filesystem::exists(MODEL_DIRECTORY "/libonnxruntime.so");
}

inline absl::StatusOr<std::shared_ptr<NeuralRuntime>> OnnxRuntime() {
  const std::string library = MODEL_DIRECTORY "/libonnxruntime.so";
  return MakeOnnxRuntime(library, Sha256OfFile(library));
}

inline std::string ModelFile(const std::string& name) {
  return MODEL_DIRECTORY "/" + name;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_TEXT_RUNTIMES_H_
