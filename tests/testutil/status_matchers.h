// Matchers for `absl::Status` and `absl::StatusOr`, which Debian 12's Abseil
// does not have. They look at the reason, never at the wording.
#ifndef BURNTIN_TESTS_TESTUTIL_STATUS_MATCHERS_H_
#define BURNTIN_TESTS_TESTUTIL_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/error.h"

namespace burntin {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}

template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

inline std::string NameOf(const absl::Status& status) {
  const std::optional<Reason> reason = ReasonOf(status);
  if (reason) return std::string(ReasonName(*reason));
  return status.ok() ? "OK" : "an error without a reason";
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << "which is " << NameOf(StatusOf(arg));
  return StatusOf(arg).ok();
}

MATCHER_P(FailsWith, reason,
          (negation ? "does not fail with " : "fails with ") +
              std::string(ReasonName(reason))) {
  *result_listener << "which is " << NameOf(StatusOf(arg));
  return ReasonOf(StatusOf(arg)) == reason &&
         StatusOf(arg).code() == ReasonCode(reason);
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_STATUS_MATCHERS_H_
