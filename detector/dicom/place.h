// A place of a DICOM object in which text can stand. Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_PLACE_H_
#define BURNTIN_DETECTOR_DICOM_PLACE_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/plane.h"

namespace burntin {

class Place {
 public:
  virtual ~Place() = default;

  // Its planes, which differ in `frame` only. Never empty.
  virtual std::vector<PlaneId> Planes() const = 0;

  // Decodes the plane with this frame number. One call at a time for all
  // places of an object.
  virtual absl::StatusOr<DecodedPlane> Decode(int frame) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_PLACE_H_
