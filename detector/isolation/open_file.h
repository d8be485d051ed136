// Opens what a worker is to decode. Private to detector/isolation.
#ifndef BURNTIN_DETECTOR_ISOLATION_OPEN_FILE_H_
#define BURNTIN_DETECTOR_ISOLATION_OPEN_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "detector/isolation/channel.h"

namespace burntin {

// Opens the regular file at `path` for reading; the descriptor is not passed
// on to other programs. FILE_UNREADABLE, in the words of detector/dicom.
absl::StatusOr<UniqueFd> OpenFile(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_OPEN_FILE_H_
