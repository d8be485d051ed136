// From what the detector means to messages and back. What is read comes from
// a process that may have been taken over by the file it decodes, so all of
// it is checked. Private to detector/isolation.
#ifndef BURNTIN_DETECTOR_ISOLATION_MESSAGES_H_
#define BURNTIN_DETECTOR_ISOLATION_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/header.h"
#include "detector/base/plane.h"
#include "detector/dicom/dicom_object.h"

namespace burntin {

namespace isolation {
class Hello;
class Object;
class Plane;
class PlaneId;
class Reply;
}  // namespace isolation

// What DicomObject::Open found out.
struct ObjectFacts {
  Header header;
  int frames_total = 0;
  std::vector<PlaneId> planes;
  std::vector<absl::Status> omissions;
};

// DECODER_CRASHED: the process said what a sound one does not say.
absl::Status NotBelievable();

void FillHello(bool confined, isolation::Hello* message);
// Whether both sides are of one version.
bool IsOfThisVersion(const isolation::Hello& message);

void FillPlaneId(const PlaneId& plane, isolation::PlaneId* message);
PlaneId ReadPlaneId(const isolation::PlaneId& message);

void FillError(const absl::Status& status, isolation::Reply* reply);
void FillObject(const DicomObject& object, isolation::Object* message);
// Leaves the pixels out.
void FillPlane(const DecodedPlane& plane, isolation::Plane* message);

// The error that the worker reports; OK if it reports none. The reason is
// DECODER_CRASHED only if the report itself cannot be.
absl::Status ReadError(const isolation::Reply& reply);
// The planes differ, and their frames are within `limits`.
absl::StatusOr<ObjectFacts> ReadObject(const isolation::Object& message,
                                       const DicomLimits& limits);
// The views have sizes within `limits`, and within `most_bytes` together, but
// no pixels yet, so that a lie costs no memory. The stated text is within
// stated_text_limits.h.
absl::StatusOr<DecodedPlane> ReadPlane(const isolation::Plane& message,
                                       const DicomLimits& limits,
                                       int64_t most_bytes);
// What decoding took by the worker's account, in milliseconds of CPU time; 0
// if that cannot be. For statistics only.
double ReadCpuTime(const isolation::Plane& message);
// The bytes of a view's pixels.
size_t PixelBytes(const Image& view);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_MESSAGES_H_
