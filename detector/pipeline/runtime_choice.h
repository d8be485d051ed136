// Which library runs the networks of a detector. Private to
// detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_RUNTIME_CHOICE_H_
#define BURNTIN_DETECTOR_PIPELINE_RUNTIME_CHOICE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/inference_runtime.h"
#include "detector/base/network_choice.h"
#include "detector/report.h"
#include "detector/text/neural_network.h"

namespace burntin {

struct ChosenRuntime {
  std::shared_ptr<NeuralRuntime> runtime;
  // What takes part in an inspection: the chosen networks, their characters,
  // and the library if it is not a part of this program. Ascending by name.
  std::vector<ModelVersion> models;
};

// The runtime that `wish` means where `model_directory` holds what it holds.
// MODEL_NOT_LOADED, with what to do, if a file is missing or not the one that
// models/manifest.json names; an ONNX Runtime that is there but wrong is such
// an error too, and only one that is not there makes kAuto OpenCV.
absl::StatusOr<ChosenRuntime> ChooseRuntime(
    InferenceRuntime wish, const std::string& model_directory,
    NetworkChoice networks = NetworkChoice::kAll);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_RUNTIME_CHOICE_H_
