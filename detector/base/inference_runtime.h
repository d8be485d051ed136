// Which library runs the neural networks.
#ifndef BURNTIN_DETECTOR_BASE_INFERENCE_RUNTIME_H_
#define BURNTIN_DETECTOR_BASE_INFERENCE_RUNTIME_H_

#include <optional>
#include <string_view>

namespace burntin {

enum class InferenceRuntime {
  kAuto,         // ONNX Runtime where models/fetch put it, else OpenCV
  kOpenCv,       // always there
  kOnnxRuntime,  // quicker; an error where it is not
};

// What people call it: "auto", "opencv" or "onnxruntime".
inline std::optional<InferenceRuntime> ParseInferenceRuntime(
    std::string_view name) {
  if (name == "auto") return InferenceRuntime::kAuto;
  if (name == "opencv") return InferenceRuntime::kOpenCv;
  if (name == "onnxruntime") return InferenceRuntime::kOnnxRuntime;
  return std::nullopt;
}

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_INFERENCE_RUNTIME_H_
