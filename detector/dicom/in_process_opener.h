// Decodes objects in this process.
#ifndef BURNTIN_DETECTOR_DICOM_IN_PROCESS_OPENER_H_
#define BURNTIN_DETECTOR_DICOM_IN_PROCESS_OPENER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "detector/dicom/dicom_object.h"
#include "detector/dicom/object_opener.h"

namespace burntin {

// Opens and decodes in this process, which dies with a decoder that crashes.
class InProcessOpener final : public ObjectOpener {
 public:
  absl::StatusOr<std::unique_ptr<DicomObject>> Open(
      const std::string& path, const DicomLimits& limits) override {
    return DicomObject::Open(path, limits);
  }
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_IN_PROCESS_OPENER_H_
