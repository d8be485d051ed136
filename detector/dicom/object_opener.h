// Where objects are decoded is the caller's choice: in this process (see
// in_process_opener.h), or in processes of their own (see
// detector/isolation/worker_pool.h).
#ifndef BURNTIN_DETECTOR_DICOM_OBJECT_OPENER_H_
#define BURNTIN_DETECTOR_DICOM_OBJECT_OPENER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "detector/dicom/dicom_object.h"

namespace burntin {

// Any number of threads may call at the same time.
class ObjectOpener {
 public:
  virtual ~ObjectOpener() = default;

  // As DicomObject::Open. The opener must outlive the object.
  virtual absl::StatusOr<std::unique_ptr<DicomObject>> Open(
      const std::string& path, const DicomLimits& limits) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_OBJECT_OPENER_H_
