// Answers for the instances of one part that have no answer yet.
#ifndef BURNTIN_CLIENT_BATCH_PART_RUN_H_
#define BURNTIN_CLIENT_BATCH_PART_RUN_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "client/batch/part_log.h"
#include "client/inspect/inspector.h"
#include "client/walk/walk.h"

namespace burntin {

struct PartRunOptions {
  // An instance is given up after so many attempts that failed for a cause
  // that may pass, or after so many ends of the program while nothing else was
  // inspected. >= 1.
  int64_t attempts = 3;
  // Ask again for what was given up before.
  bool retry_given_up = false;
};

struct PartRunParts {
  Inspector* inspector = nullptr;
  PartLog* log = nullptr;
  // Called for each instance that is answered, with its size; one call at a
  // time, from any thread.
  std::function<void(int64_t bytes)> answered;
};

// Which instances a run would ask for, ascending.
std::vector<size_t> InstancesToAsk(const PartState& state,
                                   const PartRunOptions& options);

// Each answer is in the log as soon as it is there. When the run before was
// cut off, the instances that were in work then are inspected one by one
// first: one of them may be what ends the program, and it would take the others
// with it again and again. An error says that the run itself failed; attempts
// that failed meanwhile do not count. `files` are those of the part.
absl::Status RunPart(const std::vector<FoundFile>& files,
                     const PartRunOptions& options, const PartRunParts& parts);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_PART_RUN_H_
