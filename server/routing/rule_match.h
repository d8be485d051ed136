// Tries the rules of a protocol on one object's header. Pure functions.
#ifndef BURNTIN_SERVER_ROUTING_RULE_MATCH_H_
#define BURNTIN_SERVER_ROUTING_RULE_MATCH_H_

#include <optional>
#include <string>
#include <vector>

#include "detector/base/verdict.h"
#include "server/routing/header_facts.h"
#include "server/routing/protocol.h"

namespace burntin {

// Whether something is so; a header may leave that open.
enum class Truth { kNo, kUnknown, kYes };

Truth Meets(const HeaderFacts& header, const ValueCondition& condition);
Truth Meets(const HeaderFacts& header, const DeviceCondition& condition);

// The session of the object, as far as rules look at it.
struct SessionState {
  std::optional<Verdict> verdict;  // the worst; not set before an inspection
  double risk = 1;                 // the highest, in [0, 1]
  // Every object was inspected in full, and all are there.
  bool complete = false;
};

// Why a rule fires or is passed over.
enum class MatchCause {
  // It fires:
  kMet,           // all that it asks for is so
  kMaybeMet,      // a value is missing by which it might not apply
  kNotInspected,  // whether it applies depends on the inspection
  // It is passed over:
  kUnmet,             // a condition is not met
  kUnknownValue,      // it lets out, and a value it asks for is missing
  kPoorHeader,        // it lets out, and the header names no modality or class
  kOtherVerdict,      // it does not take the session's verdict
  kOtherRisk,         // it does not take the session's risk
  kIncomplete,        // it lets out, and not all was inspected
  kAlreadyInspected,  // it asks for an inspection that was made
};

struct RuleMatch {
  // What follows if the rule fires; not set if it is passed over. A rule whose
  // own action is another fires as kInspectFirst with kNotInspected.
  std::optional<RouteAction> action;
  MatchCause cause = MatchCause::kMet;
  // The condition of kMaybeMet, kUnmet and kUnknownValue: an index into
  // `rule.values`, and after those into `rule.devices`.
  int condition = -1;
};

RuleMatch TryRule(const Rule& rule, const HeaderFacts& header,
                  const SessionState& session);

// Why, in one sentence that names the condition and never what the header
// says.
std::string Explain(const Rule& rule, const RuleMatch& match);

// What the protocol says about one object.
struct ObjectRoute {
  RouteAction action = RouteAction::kQuarantine;
  int rule = -1;  // index of the one that fired; -1: none did
};

ObjectRoute RouteObject(const Protocol& protocol, const HeaderFacts& header,
                        const SessionState& session);

struct TriedRule {
  int rule = 0;  // index
  bool fired = false;
  std::string explanation;
};

// The rules in the order in which RouteObject tries them, up to the one that
// fires.
std::vector<TriedRule> Trace(const Protocol& protocol,
                             const HeaderFacts& header,
                             const SessionState& session);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_RULE_MATCH_H_
