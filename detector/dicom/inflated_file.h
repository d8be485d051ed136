// Inflates data sets in the deflated transfer syntax (PS3.5 A.5) before they
// are parsed: DCMTK would do so without a limit to size or nesting. Private
// to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_INFLATED_FILE_H_
#define BURNTIN_DETECTOR_DICOM_INFLATED_FILE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/anonymous_file.h"

namespace burntin {

struct InflatedFile {
  // The data set alone, in explicit VR little endian.
  AnonymousFile data_set;
  // FILE_TRUNCATED or FILE_MALFORMED when `data_set` is only what could be
  // inflated, or when more than padding follows it.
  absl::Status whole;
};

// Inflates from `start` to the end of the file. FILE_TOO_LARGE beyond
// `limit_bytes`.
absl::StatusOr<InflatedFile> InflateDataSet(const std::string& path,
                                            int64_t start, int64_t limit_bytes);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_INFLATED_FILE_H_
