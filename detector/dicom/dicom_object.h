// dicom: opens a DICOM object and hands out its header and, one at a time,
// every plane of pixels in which text can stand.
#ifndef BURNTIN_DETECTOR_DICOM_DICOM_OBJECT_H_
#define BURNTIN_DETECTOR_DICOM_DICOM_OBJECT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/header.h"
#include "detector/base/plane.h"

namespace burntin {

struct DicomLimits {
  int64_t file_bytes = 0;
  int64_t pixels_per_frame = 0;
  int frames = 0;
};

class DicomObject {
 public:
  // Reads the header of the file at `path`, which must not change while the
  // object lives. An error means that nothing is known about the object;
  // otherwise `omissions()` says what cannot be inspected.
  static absl::StatusOr<std::unique_ptr<DicomObject>> Open(
      const std::string& path, const DicomLimits& limits);

  virtual ~DicomObject() = default;

  virtual const Header& header() const = 0;

  // Frames that the header declares; 0 when it declares no image.
  virtual int frames_total() const = 0;

  // Every plane that can be tried, the frames first.
  virtual const std::vector<PlaneId>& planes() const = 0;

  // Why some plane or place is not among `planes()`: one error each. The
  // object is fully inspected only if there are none.
  virtual const std::vector<absl::Status>& omissions() const = 0;

  // Decodes one plane. Any thread may call; calls take turns, so that an
  // object holds one undecoded frame in memory at a time.
  virtual absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) = 0;
};

// See LooksLikeDicom in detector/detector.h.
bool HasDicomStart(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_DICOM_OBJECT_H_
