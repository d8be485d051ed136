// Flushing with the result looked at: a full disk must not look like success.
#ifndef BURNTIN_CLIENT_OUTPUT_CHECKED_STREAM_H_
#define BURNTIN_CLIENT_OUTPUT_CHECKED_STREAM_H_

#include <ostream>

#include "absl/status/status.h"
#include "detector/base/error.h"

namespace burntin {

inline absl::Status FlushChecked(std::ostream* out) {
  if (out->flush()) return absl::OkStatus();
  return Error(Reason::kInternalFailure,
               "The results could not be written to standard output. Check "
               "that its disk has room and its reader still runs.");
}

}  // namespace burntin

#endif  // BURNTIN_CLIENT_OUTPUT_CHECKED_STREAM_H_
