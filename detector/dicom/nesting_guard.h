// Refuses objects whose sequences nest so deeply that a recursive parser
// would run out of stack. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_NESTING_GUARD_H_
#define BURNTIN_DETECTOR_DICOM_NESTING_GUARD_H_

#include <string>

#include "absl/status/status.h"

namespace burntin {

// Real objects nest less than 10 deep.
inline constexpr int kMaxNestingDepth = 128;

// Reads the file once and follows its item starts and ends without parsing
// it. FILE_MALFORMED when more than `kMaxNestingDepth` are open at once.
// Does not see into deflated data sets: see inflated_file.h.
absl::Status CheckNesting(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_NESTING_GUARD_H_
