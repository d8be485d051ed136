// The answer for an object, and why.
#ifndef BURNTIN_DETECTOR_BASE_VERDICT_H_
#define BURNTIN_DETECTOR_BASE_VERDICT_H_

#include <string>

#include "detector/base/error.h"

namespace burntin {

// In order of how much was found, except that `kIndeterminate` says that too
// little was looked at to know.
enum class Verdict {
  kClear,          // every plane inspected; no text, or only benign text
  kReview,         // text that could not be shown benign, or not be read
  kIdentifying,    // text that names or can identify a person
  kIndeterminate,  // not fully inspected
};

// One reason for a verdict. `message` is a sentence for people; it names
// attributes and places, never what they say, so it holds no PHI.
struct VerdictReason {
  Reason code;
  std::string message;

  friend bool operator==(const VerdictReason&, const VerdictReason&) = default;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_VERDICT_H_
