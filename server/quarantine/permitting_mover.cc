#include "server/quarantine/session_mover.h"

namespace burntin {

absl::Status PermittingMover::Check(const MoveOrder& /*order*/) {
  return absl::OkStatus();
}

MoveReport PermittingMover::Move(const MoveOrder& /*order*/) {
  return {MoveReport::Place::kNobodyMoves, absl::OkStatus()};
}

MoveReport PermittingMover::Locate(const MoveOrder& order) {
  return Move(order);
}

}  // namespace burntin
