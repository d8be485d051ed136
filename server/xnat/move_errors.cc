#include "server/xnat/move_errors.h"

#include <string>

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kTimeout = 408;
constexpr int kConflict = 409;
constexpr int kServerError = 500;

}  // namespace

absl::Status LabelConflict() {
  return Error(Reason::kLabelConflict,
               "The target project holds a session of that label. Nothing was "
               "moved. Rename one of the two sessions.");
}

absl::Status TargetUnknown() {
  return Error(Reason::kTargetProjectUnknown,
               "XNAT has no target project of that ID that burntind's account "
               "may read. Name another project.");
}

absl::Status Refused() {
  return Error(Reason::kXnatRefused,
               "XNAT does not let burntind's account do this. Make it an "
               "owner of both projects.");
}

absl::Status Unexpected(int status) {
  return Error(Reason::kXnatUnavailable, "XNAT answered with the HTTP status " +
                                             std::to_string(status) +
                                             ". Look into XNAT's log.");
}

absl::Status WhyNot(int status) {
  switch (status) {
    case kUnauthorized:
    case kForbidden:
      return Refused();
    case kNotFound:
      return TargetUnknown();
    case kConflict:
      return LabelConflict();
    default:
      return Unexpected(status);
  }
}

absl::Status Elsewhere() {
  return Error(Reason::kSessionElsewhere,
               "The session is in neither the project it was in nor its "
               "target. Find out who moved it.");
}

absl::Status StillMoving() {
  return Error(Reason::kXnatUnavailable,
               "The session is where it was, and XNAT may still be moving it. "
               "Look again later.");
}

absl::Status DidNotMove() {
  return Error(Reason::kXnatUnavailable,
               "The move was begun and did not take place. Release the case "
               "again.");
}

bool EndsWithRefusal(int status) {
  return (status >= kBadRequest && status < kServerError &&
          status != kTimeout) ||
         status == kServerError;
}

}  // namespace burntin
