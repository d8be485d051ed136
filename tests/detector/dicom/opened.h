// Opens DICOM objects from bytes, as the tests of detector/dicom want them.
#ifndef BURNTIN_TESTS_DETECTOR_DICOM_OPENED_H_
#define BURNTIN_TESTS_DETECTOR_DICOM_OPENED_H_

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "detector/base/error.h"
#include "detector/dicom/dicom_object.h"
#include "tests/testutil/dicom_maker.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {

inline constexpr DicomLimits kWideLimits = {.file_bytes = int64_t{1} << 30,
                                            .pixels_per_frame = 1 << 26,
                                            .frames = 10'000};

// A file of these bytes, and what DicomObject::Open said about it.
struct Opened {
  explicit Opened(std::string_view bytes,
                  const DicomLimits& limits = kWideLimits)
      : object(DicomObject::Open(folder.Write("object", bytes), limits)) {}
  explicit Opened(const DicomSpec& spec,
                  const DicomLimits& limits = kWideLimits)
      : Opened(MakeDicom(spec), limits) {}

  DicomObject& operator*() const { return **object; }
  DicomObject* operator->() const { return object->get(); }

  TempDir folder;
  absl::StatusOr<std::unique_ptr<DicomObject>> object;
};

// Every reason why the object is not fully inspected: it does not open, a
// place is left out, or a plane does not decode.
inline std::set<Reason> Failures(const Opened& opened) {
  const auto reason = [](const absl::Status& status) {
    return ReasonOf(status).value_or(Reason::kInternalFailure);
  };
  if (!opened.object.ok()) return {reason(opened.object.status())};
  std::set<Reason> failures;
  for (const absl::Status& omission : opened->omissions()) {
    failures.insert(reason(omission));
  }
  for (const PlaneId& plane : opened->planes()) {
    const absl::StatusOr<DecodedPlane> decoded = opened->Decode(plane);
    if (!decoded.ok()) failures.insert(reason(decoded.status()));
  }
  return failures;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_DETECTOR_DICOM_OPENED_H_
