// How a command of a batch says that it failed.
#ifndef BURNTIN_CLIENT_BATCH_FAILURE_H_
#define BURNTIN_CLIENT_BATCH_FAILURE_H_

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "client/batch/batch.h"
#include "client/output/wording.h"

namespace burntin {

// Tells people why, and returns the exit status.
inline int FailBatch(const absl::Status& status, std::ostream* err) {
  *err << "burntin: " << TerminalSafe(std::string(status.message())) << '\n'
       << std::flush;
  return kBatchFailed;
}

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_FAILURE_H_
