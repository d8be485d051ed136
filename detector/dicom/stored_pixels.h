// The pixels of an object as they are stored, for comparison with other
// decoders. Inspection has no use for them: see DicomObject.
#ifndef BURNTIN_DETECTOR_DICOM_STORED_PIXELS_H_
#define BURNTIN_DETECTOR_DICOM_STORED_PIXELS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/dicom/dicom_object.h"
#include "detector/dicom/stored_image.h"

namespace burntin {

using TakeFrame =
    std::function<void(int frame, const absl::StatusOr<StoredFrame>& stored)>;

// Decodes the frames of the file's own image one after another and hands each
// to `take`. An error means that there are none to decode.
absl::Status ReadStoredFrames(const std::string& path,
                              const DicomLimits& limits, const TakeFrame& take);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_STORED_PIXELS_H_
