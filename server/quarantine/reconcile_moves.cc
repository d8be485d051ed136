#include "server/quarantine/reconcile_moves.h"

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

absl::Status StillMoving() {
  return Error(Reason::kXnatUnavailable,
               "The move was asked for a short while ago and may still go on. "
               "Look again later.");
}

absl::Status Elsewhere() {
  return Error(Reason::kSessionElsewhere,
               "The session is in neither the project it was in nor its "
               "target. Find out who moved it.");
}

absl::Status DidNotMove() {
  return Error(Reason::kXnatUnavailable,
               "The move was begun and did not take place. Release the case "
               "again.");
}

MoveResult Look(const MoveIntent& intent, bool settled, SessionMover* mover) {
  const absl::StatusOr<std::string> project =
      mover->WhereIs(intent.order.experiment_id);
  if (!project.ok()) return {MoveState::kUnknown, project.status()};
  if (*project == intent.order.to_project) {
    // It was seen there, whatever the repeat says, which is for its subject.
    MoveResult moved{MoveState::kMoved, absl::OkStatus()};
    moved.subject_in_target =
        mover->MoveSession(intent.order).subject_in_target;
    return moved;
  }
  if (*project != intent.order.from_project) {
    return {MoveState::kUnknown, Elsewhere()};
  }
  if (!settled) return {MoveState::kUnknown, StillMoving()};
  return {MoveState::kNotMoved, DidNotMove()};
}

}  // namespace

absl::StatusOr<Reconciliation> ReconcileMoves(
    std::chrono::system_clock::time_point now, std::chrono::seconds settle,
    SessionMover* mover, MoveJournal* journal) {
  ASSIGN_OR_RETURN(const std::vector<MoveIntent> intents,
                   journal->UnfinishedMoves());
  Reconciliation result;
  for (const MoveIntent& intent : intents) {
    const bool settled = now - intent.record_time >= settle;
    const MoveResult outcome = Look(intent, settled, mover);
    if (outcome.state == MoveState::kUnknown) {
      result.open.push_back({intent.order.operation_id, outcome.why});
      continue;
    }
    RETURN_IF_ERROR(journal->FinishMove(intent, outcome));
    ++(outcome.state == MoveState::kMoved ? result.moved : result.not_moved);
  }
  return result;
}

}  // namespace burntin
