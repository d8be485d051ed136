#include "detector/text/line_detectors.h"

#include <limits>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/text_detector.h"

namespace burntin {
namespace {

// What the quick network must think of a line for the careful one to look at
// it, and that for anyone else to. On 579 lines of the train split's the
// careful one finds as many at 0.3 as at 0.05.
constexpr double kSuspicion = 0.1;
constexpr double kLeastLikelihood = 0.25;

// What our own networks look at: the picture, and once more at this scale, for
// letters higher than they know.
constexpr NetworkNeeds kOwnNeeds = {.reduced = 1.0 / 3, .turned = false};

absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeMapsDetector(
    const std::string& path, const std::string& grey_path,
    double least_likelihood, const NetworkNeeds& needs,
    NeuralRuntime* runtime) {
  ASSIGN_OR_RETURN(
      std::unique_ptr<TextDetector> network,
      MakeMapsTextDetector(path, grey_path, runtime, least_likelihood));
  return MakeAreaTextDetector(std::move(network), needs);
}

absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeCareful(
    const std::string& model_directory, const NetworkNeeds& needs,
    NeuralRuntime* runtime) {
  const NetworkFiles& files = runtime->files();
  return MakeMapsDetector(model_directory + "/" + files.careful_maps,
                          model_directory + "/" + files.grey_careful_maps,
                          kLeastLikelihood, needs, runtime);
}

}  // namespace

absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeQuickDetector(
    const std::string& model_directory, NeuralRuntime* runtime) {
  const NetworkFiles& files = runtime->files();
  return MakeMapsDetector(model_directory + "/" + files.quick_maps,
                          model_directory + "/" + files.grey_quick_maps,
                          kSuspicion, kOwnNeeds, runtime);
}

absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeCarefulDetector(
    const std::string& model_directory, int least_reduced_area,
    NeuralRuntime* runtime) {
  NetworkNeeds needs = kOwnNeeds;
  needs.least_reduced_area = least_reduced_area;
  return MakeCareful(model_directory, needs, runtime);
}

absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeDoubledCarefulDetector(
    const std::string& model_directory, NeuralRuntime* runtime) {
  return MakeCareful(
      model_directory,
      {.doubled_side = std::numeric_limits<int>::max(), .turned = false},
      runtime);
}

absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeGeneralDetector(
    const std::string& model_directory, const NetworkNeeds& needs,
    NeuralRuntime* runtime) {
  ASSIGN_OR_RETURN(std::unique_ptr<TextDetector> network,
                   MakeDnnTextDetector(model_directory, runtime));
  return MakeAreaTextDetector(std::move(network), needs);
}

}  // namespace burntin
