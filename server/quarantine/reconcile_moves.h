// Finds out how moves ended that were recorded as begun and not as ended,
// because the server stopped between the two, or the archive did not answer.
#ifndef BURNTIN_SERVER_QUARANTINE_RECONCILE_MOVES_H_
#define BURNTIN_SERVER_QUARANTINE_RECONCILE_MOVES_H_

#include <chrono>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/quarantine/session_mover.h"

namespace burntin {

// A move that was recorded before it was begun.
struct MoveIntent {
  MoveOrder order;
  std::chrono::system_clock::time_point record_time;
};

// What the ledger knows of moves.
class MoveJournal {
 public:
  virtual ~MoveJournal() = default;

  // The intents without an outcome, the earliest first.
  virtual absl::StatusOr<std::vector<MoveIntent>> UnfinishedMoves() = 0;

  // Records the outcome, which is kMoved or kNotMoved.
  virtual absl::Status FinishMove(const MoveIntent& intent,
                                  const MoveResult& outcome) = 0;
};

// An intent that stays unfinished, and why.
struct OpenMove {
  std::string operation_id;
  absl::Status why;
};

struct Reconciliation {
  int moved = 0;
  int not_moved = 0;
  std::vector<OpenMove> open;
};

// Looks where the session of each unfinished intent is, and records what
// follows from that alone:
// - in its target: moved; the rest of the order is done, too;
// - where it was, and the intent is at least `settle` old: not moved. A move
//   that was asked for may go on in the archive, so `settle` has to be longer
//   than any move takes;
// - anything else, also that the archive does not answer: it stays open. A
//   session in a third project stays open until a person has looked.
// Nothing is moved here that was not moved before. Fails only if the journal
// does. May be repeated, and has to be while something is open.
absl::StatusOr<Reconciliation> ReconcileMoves(
    std::chrono::system_clock::time_point now, std::chrono::seconds settle,
    SessionMover* mover, MoveJournal* journal);

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_RECONCILE_MOVES_H_
