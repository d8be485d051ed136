// Why a session was not moved, and what XNAT's HTTP statuses tell about that.
// Pure functions; no sentence holds a label.
#ifndef BURNTIN_SERVER_XNAT_MOVE_ERRORS_H_
#define BURNTIN_SERVER_XNAT_MOVE_ERRORS_H_

#include "absl/status/status.h"

namespace burntin {

absl::Status LabelConflict();  // LABEL_CONFLICT
absl::Status TargetUnknown();  // TARGET_PROJECT_UNKNOWN
absl::Status Refused();        // XNAT_REFUSED
absl::Status Elsewhere();      // SESSION_ELSEWHERE
absl::Status StillMoving();    // XNAT_UNAVAILABLE
absl::Status DidNotMove();     // XNAT_UNAVAILABLE

// XNAT_UNAVAILABLE with the status.
absl::Status Unexpected(int status);

// Why XNAT did not do what it was asked, by the status of its answer.
absl::Status WhyNot(int status);

// Whether XNAT itself has ended the request with a refusal, so that nothing of
// it goes on. A gateway's answer (502 to 504) does not tell that, nor does a
// success.
bool EndsWithRefusal(int status);

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_MOVE_ERRORS_H_
