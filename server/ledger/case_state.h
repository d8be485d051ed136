// The life of a case as a table: what may happen to it in which state, and
// what it is then. Pure.
#ifndef BURNTIN_SERVER_LEDGER_CASE_STATE_H_
#define BURNTIN_SERVER_LEDGER_CASE_STATE_H_

#include <optional>
#include <span>

#include "burntin/v1/quarantine_service.pb.h"

namespace burntin {

// What may happen to a case.
enum class CaseEvent {
  kDecidedAgain,  // its session got another decision
  kApproved,      // the first of two admins has released it
  kMoveBegun,     // the last admin has released it
  kMoveVerified,  // the session was seen in its target, or may be moved there
  kNothingMoved,  // the session was seen where it had been
  kKept,          // an admin has kept it
};

struct CaseTransition {
  v1::CaseState from;
  CaseEvent event;
  v1::CaseState to;
};

// Every transition there is. What is not in the table does not happen.
std::span<const CaseTransition> CaseTransitions();

// The state after `event`; nothing if it may not happen in `from`.
std::optional<v1::CaseState> NextState(v1::CaseState from, CaseEvent event);

// Whether a session with such a case is in quarantine and still undecided, so
// that a further decision about it changes this case and opens no other.
bool IsOpen(v1::CaseState state);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_CASE_STATE_H_
