// RETURN_IF_ERROR(expr) and ASSIGN_OR_RETURN(lhs, expr): errors go up by
// `return`. Debian 12's Abseil has neither.
#ifndef BURNTIN_DETECTOR_BASE_STATUS_MACROS_H_
#define BURNTIN_DETECTOR_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define BURNTIN_CONCAT_INNER(a, b) a##b
#define BURNTIN_CONCAT(a, b) BURNTIN_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expr)                                         \
  do {                                                                \
    if (absl::Status status_ = (expr); !status_.ok()) return status_; \
  } while (false)

#define ASSIGN_OR_RETURN(lhs, expr) \
  ASSIGN_OR_RETURN_INNER(BURNTIN_CONCAT(status_or_, __LINE__), lhs, expr)

#define ASSIGN_OR_RETURN_INNER(holder, lhs, expr) \
  auto holder = (expr);                           \
  if (!holder.ok()) return holder.status();       \
  lhs = *std::move(holder)

#endif  // BURNTIN_DETECTOR_BASE_STATUS_MACROS_H_
