// Chooses where objects are decoded. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_DECODER_H_
#define BURNTIN_DETECTOR_PIPELINE_DECODER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "detector/detector.h"
#include "detector/dicom/dicom_object.h"

namespace burntin {

// Opens the object at `path` where `decoder` says: in this process, unless it
// has an opener. The decoder outlives the object.
absl::StatusOr<std::unique_ptr<DicomObject>> OpenObject(
    const Decoder& decoder, const std::string& path,
    const InspectLimits& limits);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_DECODER_H_
