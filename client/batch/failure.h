// How a command of a batch says that it failed.
#ifndef BURNTIN_CLIENT_BATCH_FAILURE_H_
#define BURNTIN_CLIENT_BATCH_FAILURE_H_

#include <ostream>

#include "absl/status/status.h"
#include "client/batch/batch.h"
#include "client/output/failure.h"

namespace burntin {

// Tells people why, and returns the exit status.
inline int FailBatch(const absl::Status& status, std::ostream* err) {
  TellFailure(status, err);
  return kBatchFailed;
}

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_FAILURE_H_
