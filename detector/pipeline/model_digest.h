// Which model files a detector works with. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_MODEL_DIGEST_H_
#define BURNTIN_DETECTOR_PIPELINE_MODEL_DIGEST_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/report.h"

namespace burntin {

// The name and SHA-256 of every model file in `directory` (*.onnx and the
// character set), in ascending order of names. MODEL_NOT_LOADED if there is
// none.
absl::StatusOr<std::vector<ModelVersion>> DigestModels(
    const std::string& directory);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_MODEL_DIGEST_H_
