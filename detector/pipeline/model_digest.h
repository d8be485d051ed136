// Which files of a model directory a detector works with. Private to
// detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_MODEL_DIGEST_H_
#define BURNTIN_DETECTOR_PIPELINE_MODEL_DIGEST_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/report.h"

namespace burntin {

// The name and SHA-256 of each of `files`, in ascending order of names.
// MODEL_NOT_LOADED unless `directory` holds each with the digest that
// models/manifest.json gives: with other models the answers mean something
// else.
absl::StatusOr<std::vector<ModelVersion>> CheckModels(
    const std::string& directory, const std::vector<std::string>& files);

// ONNX Runtime's library for this processor, as models/manifest.json names
// it. None where there is none.
std::optional<ModelVersion> PromisedOnnxRuntime();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_MODEL_DIGEST_H_
