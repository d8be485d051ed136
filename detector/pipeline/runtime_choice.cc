#include "detector/pipeline/runtime_choice.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/pipeline/model_digest.h"

namespace burntin {
namespace {

// All that the engines read with `runtime`, the oracle's too.
std::vector<std::string> FilesOf(const NeuralRuntime& runtime,
                                 NetworkChoice networks) {
  const NetworkFiles& of = runtime.files();
  std::vector<std::string> files;
  std::vector<RecognizerFiles> recognizers;
  if (networks != NetworkChoice::kPpOcr) {
    files = {of.first_glance,    of.grey_first_glance, of.quick_maps,
             of.grey_quick_maps, of.careful_maps,      of.grey_careful_maps};
    recognizers.push_back(of.own_recognizer);
  }
  if (networks != NetworkChoice::kOwn) {
    files.push_back(of.detector);
    recognizers.push_back(of.recognizer);
  }
  for (const RecognizerFiles& recognizer : recognizers) {
    files.push_back(recognizer.characters);
    for (const RecognizerFile& network : recognizer.networks) {
      files.push_back(network.name);
    }
  }
  return files;
}

bool Exists(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

absl::StatusOr<ChosenRuntime> ChooseOpenCv(const std::string& directory,
                                           NetworkChoice networks) {
  ChosenRuntime chosen = {.runtime = MakeOpenCvRuntime()};
  ASSIGN_OR_RETURN(chosen.models,
                   CheckModels(directory, FilesOf(*chosen.runtime, networks)));
  return chosen;
}

absl::StatusOr<ChosenRuntime> ChooseOnnxRuntime(const std::string& directory,
                                                const ModelVersion& library,
                                                NetworkChoice networks) {
  ChosenRuntime chosen;
  ASSIGN_OR_RETURN(
      chosen.runtime,
      MakeOnnxRuntime(directory + "/" + library.name, library.sha256));
  ASSIGN_OR_RETURN(chosen.models,
                   CheckModels(directory, FilesOf(*chosen.runtime, networks)));
  const auto place = std::find_if(
      chosen.models.begin(), chosen.models.end(),
      [&](const ModelVersion& model) { return model.name > library.name; });
  chosen.models.insert(place, library);
  return chosen;
}

}  // namespace

absl::StatusOr<ChosenRuntime> ChooseRuntime(InferenceRuntime wish,
                                            const std::string& model_directory,
                                            NetworkChoice networks) {
  if (wish == InferenceRuntime::kOpenCv) {
    return ChooseOpenCv(model_directory, networks);
  }
  const std::optional<ModelVersion> library = PromisedOnnxRuntime();
  if (wish == InferenceRuntime::kAuto &&
      (!library || !Exists(model_directory + "/" + library->name))) {
    return ChooseOpenCv(model_directory, networks);
  }
  if (!library) {
    return Error(Reason::kModelNotLoaded,
                 "There is no ONNX Runtime for this kind of processor. Choose "
                 "the runtime opencv.");
  }
  return ChooseOnnxRuntime(model_directory, *library, networks);
}

}  // namespace burntin
