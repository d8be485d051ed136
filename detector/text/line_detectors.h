// The networks that find lines of text, each with what it needs to be shown
// and with how likely a line must be for it to be told. For detector/text and
// for benchmarks that compare them.
#ifndef BURNTIN_DETECTOR_TEXT_LINE_DETECTORS_H_
#define BURNTIN_DETECTOR_TEXT_LINE_DETECTORS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "detector/text/area_text_detector.h"
#include "detector/text/neural_network.h"

namespace burntin {

// All load from `model_directory` into `runtime`, which has to live during the
// call only. MODEL_NOT_LOADED if a network does not load.

// Ours (models/cards/text_maps.md) that says where it is worth looking.
absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeQuickDetector(
    const std::string& model_directory, NeuralRuntime* runtime);

// Ours that looks there, without the quick one. For letters higher than it
// knows it looks at areas of at least `least_reduced_area` pixels a side; see
// NetworkNeeds.
absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeCarefulDetector(
    const std::string& model_directory, int least_reduced_area,
    NeuralRuntime* runtime);

// The same on doubled pictures alone, for small lines that stand close.
absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeDoubledCarefulDetector(
    const std::string& model_directory, NeuralRuntime* runtime);

// The one for text of all kinds (models/cards/text_detector.md).
absl::StatusOr<std::unique_ptr<AreaTextDetector>> MakeGeneralDetector(
    const std::string& model_directory, const NetworkNeeds& needs,
    NeuralRuntime* runtime);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_LINE_DETECTORS_H_
