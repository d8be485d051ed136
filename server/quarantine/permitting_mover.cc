#include "server/quarantine/session_mover.h"

namespace burntin {

absl::Status PermittingMover::Check(const MoveOrder& /*order*/) {
  return absl::OkStatus();
}

absl::StatusOr<std::optional<int>> PermittingMover::CountObjects(
    const MoveOrder& /*order*/) {
  return std::optional<int>();
}

MoveReport PermittingMover::Move(const MoveOrder& /*order*/) {
  return {MoveReport::Place::kNobodyMoves, absl::OkStatus()};
}

MoveReport PermittingMover::Locate(const MoveOrder& order) {
  return Move(order);
}

}  // namespace burntin
