// Reads the answers of a batch, in the order of its plan.
#ifndef BURNTIN_CLIENT_BATCH_ANSWERS_H_
#define BURNTIN_CLIENT_BATCH_ANSWERS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "burntin/v1/report.pb.h"
#include "client/batch/plan.h"

namespace burntin {

struct AnswerCounts {
  int64_t answered = 0;
  int64_t given_up = 0;
  int64_t missing = 0;
};

// Calls `take` for each instance that has an answer. Keeps one part in memory.
// Fails with the error of `take`, or if an answer cannot be read.
absl::StatusOr<AnswerCounts> ForEachAnswer(
    const std::string& batch, const Plan& plan,
    const std::function<absl::Status(const v1::InstanceReport& report,
                                     bool given_up)>& take);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_ANSWERS_H_
