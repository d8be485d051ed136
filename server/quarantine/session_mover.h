// How a released session gets to its project. XNAT's way is another module's;
// here is the interface, and the way of a site without XNAT.
//
// A move may be cut off anywhere, and its answer may be wrong, so that an
// outcome counts only as it was seen afterwards: in the target, or where the
// session had been. Whatever else it is kUnknown, and asked for again later.
#ifndef BURNTIN_SERVER_QUARANTINE_SESSION_MOVER_H_
#define BURNTIN_SERVER_QUARANTINE_SESSION_MOVER_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "burntin/v1/routing_service.pb.h"
#include "detector/base/error.h"

namespace burntin {

// A session and where it should go.
struct MoveOrder {
  std::string operation_id;  // the ledger's name of the move
  std::string study_instance_uid;
  std::optional<v1::SessionLocation> location;  // where it was when decided
  std::string target_project;
};

struct MoveReport {
  enum class Place {
    kInTarget,     // seen in the target project, and in no other
    kWhereItWas,   // seen where it had been; nothing was moved
    kUnknown,      // neither was seen
    kNobodyMoves,  // there is nothing to move with: the admin may do it
  };
  Place place = Place::kUnknown;
  // Why it is not in the target; OK if it is, or nobody moves it. Made by
  // `Error`, without PHI.
  absl::Status why;
};

// Any number of threads may call at the same time, for different sessions.
class SessionMover {
 public:
  virtual ~SessionMover() = default;

  // Looks whether the move could be made, and changes nothing:
  // TARGET_PROJECT_UNKNOWN, LABEL_CONFLICT, XNAT_UNAVAILABLE.
  virtual absl::Status Check(const MoveOrder& order) = 0;

  // How many objects the session has where it lies; nothing if there is nobody
  // to ask. SESSION_INCOMPLETE if it holds what nobody inspects,
  // SESSION_NOT_FOUND, XNAT_UNAVAILABLE, XNAT_REFUSED.
  virtual absl::StatusOr<std::optional<int>> CountObjects(
      const MoveOrder& order) = 0;

  // Moves the session, unless it is in the target already, and looks where it
  // is then.
  virtual MoveReport Move(const MoveOrder& order) = 0;

  // Looks where the session is, and changes nothing. For a move that was cut
  // off.
  virtual MoveReport Locate(const MoveOrder& order) = 0;
};

// For a site without XNAT: moves nothing, and says that the admin may. What
// the ledger then records is the permission: who, which session, where to. It
// cannot tell where a session is, so moves that another mover began have to be
// finished before a site changes to this one.
class PermittingMover final : public SessionMover {
 public:
  absl::Status Check(const MoveOrder& order) override;
  absl::StatusOr<std::optional<int>> CountObjects(
      const MoveOrder& order) override;
  MoveReport Move(const MoveOrder& order) override;
  MoveReport Locate(const MoveOrder& order) override;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_SESSION_MOVER_H_
