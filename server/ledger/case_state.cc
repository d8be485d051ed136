#include "server/ledger/case_state.h"

namespace burntin {
namespace {

constexpr CaseTransition kTransitions[] = {
    {v1::CASE_STATE_HELD, CaseEvent::kDecidedAgain, v1::CASE_STATE_HELD},
    {v1::CASE_STATE_HELD, CaseEvent::kApproved,
     v1::CASE_STATE_AWAITING_APPROVAL},
    {v1::CASE_STATE_HELD, CaseEvent::kMoveBegun, v1::CASE_STATE_RELEASING},
    {v1::CASE_STATE_HELD, CaseEvent::kKept, v1::CASE_STATE_KEPT},
    {v1::CASE_STATE_AWAITING_APPROVAL, CaseEvent::kDecidedAgain,
     v1::CASE_STATE_HELD},
    {v1::CASE_STATE_AWAITING_APPROVAL, CaseEvent::kMoveBegun,
     v1::CASE_STATE_RELEASING},
    {v1::CASE_STATE_AWAITING_APPROVAL, CaseEvent::kKept, v1::CASE_STATE_KEPT},
    {v1::CASE_STATE_RELEASING, CaseEvent::kMoveVerified,
     v1::CASE_STATE_RELEASED},
    {v1::CASE_STATE_RELEASING, CaseEvent::kNothingMoved, v1::CASE_STATE_HELD},
};

}  // namespace

std::span<const CaseTransition> CaseTransitions() { return kTransitions; }

std::optional<v1::CaseState> NextState(v1::CaseState from, CaseEvent event) {
  for (const CaseTransition& transition : kTransitions) {
    if (transition.from == from && transition.event == event) {
      return transition.to;
    }
  }
  return std::nullopt;
}

bool IsOpen(v1::CaseState state) {
  return NextState(state, CaseEvent::kDecidedAgain).has_value();
}

}  // namespace burntin
