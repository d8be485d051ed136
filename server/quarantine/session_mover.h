// Moving a session between projects of the archive: all that a release needs
// of it.
#ifndef BURNTIN_SERVER_QUARANTINE_SESSION_MOVER_H_
#define BURNTIN_SERVER_QUARANTINE_SESSION_MOVER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace burntin {

struct MoveOrder {
  std::string experiment_id;  // the archive's own ID, as in XNAT_E00012
  std::string from_project;   // IDs, never labels
  std::string to_project;
  std::string operation_id;  // goes into the archive's history; never PHI
};

enum class MoveState {
  kMoved,     // the session was seen in `to_project`
  kNotMoved,  // this call moved nothing: it asked for nothing, or the session
              // was seen where it was after the archive had answered
  kUnknown,   // the archive was asked, and what it did was not seen; a later
              // WhereIs has to tell
};

struct MoveResult {
  MoveState state = MoveState::kUnknown;
  // OK if moved, else why not, or why it is unknown: LABEL_CONFLICT,
  // TARGET_PROJECT_UNKNOWN, SESSION_NOT_FOUND, SESSION_ELSEWHERE,
  // XNAT_REFUSED, XNAT_UNAVAILABLE.
  absl::Status why;
  // Whether the target has the session's subject, or one of its label. Without
  // it the session is in the target all the same. Only if moved.
  bool subject_in_target = false;
};

// All methods may be called from any number of threads at the same time.
class SessionMover {
 public:
  virtual ~SessionMover() = default;

  // Moves the session, looks where it is then, and says that. Repeating an
  // order is safe: a session that is in its target is moved. Calls for one
  // session wait for each other.
  virtual MoveResult MoveSession(const MoveOrder& order) = 0;

  // ID of the project that holds the session now. Fails with
  // SESSION_NOT_FOUND, XNAT_REFUSED, XNAT_UNAVAILABLE.
  virtual absl::StatusOr<std::string> WhereIs(
      const std::string& experiment_id) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_SESSION_MOVER_H_
