// Decides where a whole session goes: by its worst object, complete or not at
// all, never split. Pure.
#ifndef BURNTIN_SERVER_ROUTING_DECIDE_SESSION_H_
#define BURNTIN_SERVER_ROUTING_DECIDE_SESSION_H_

#include <optional>
#include <string>
#include <vector>

#include "detector/base/verdict.h"
#include "server/routing/header_facts.h"
#include "server/routing/protocol.h"
#include "server/routing/rule_match.h"

namespace burntin {

// What an inspection said about one object.
struct InstanceAssessment {
  Verdict verdict = Verdict::kIndeterminate;
  double risk = 1;                     // [0, 1]
  std::vector<VerdictReason> reasons;  // weightiest first
  // False: something of the object was not looked at, whatever the verdict.
  bool inspected_in_full = false;
};

// Whether all of the object was looked at, and verdict and risk say so too.
// What this is false for never leaves by a rule.
bool IsWhole(const InstanceAssessment& assessment);

// One object of which the header is known.
struct InstanceFacts {
  std::string sop_instance_uid;    // may be empty
  std::string study_instance_uid;  // as its header has it
  HeaderFacts header;
  std::optional<InstanceAssessment> assessment;  // not set: not inspected
};

struct SessionFacts {
  std::string study_instance_uid;
  // How many objects the session has to have; 0: nobody said.
  int instances_expected = 0;
  // Objects that belong to it and of which nothing is known: without a report,
  // or with a header that cannot be read.
  int instances_unknown = 0;
  // Objects of the study that were inspected and that nobody named as the
  // session's.
  int instances_unnamed = 0;
  std::vector<InstanceFacts> instances;
};

struct RoutingDecision {
  RouteAction action = RouteAction::kQuarantine;
  // The quarantine project, unless the action is kToProject.
  std::string target_project;
  std::string rule;   // name of the one that decided; empty: none did
  int rule_line = 0;  // 0: none
  // The worst, in the order CLEAR, REVIEW, INDETERMINATE, IDENTIFYING;
  // INDETERMINATE if nothing is known of an object. Not set if no object was
  // inspected but each header is known.
  std::optional<Verdict> verdict;
  double risk = 1;                     // the highest
  std::vector<VerdictReason> reasons;  // weightiest first, never empty
  int instances_total = 0;
  // Index of the object for which `rule` fired, or for which none did; -1 if
  // there is none. `state` is with what its rules were tried.
  int deciding_instance = -1;
  SessionState state;
};

// For each object the first rule that fires decides, and of all objects the
// strictest action: QUARANTINE before INSPECT_FIRST before TO_PROJECT. Objects
// that would go to different projects hold their session. So does, whatever
// the rules say, each of these: no protocol (`protocol` is null), no object, an
// object of which nothing is known, one that names another study, one listed
// twice, one that was inspected and is not named, fewer or more of them than
// expected.
RoutingDecision DecideSession(const Protocol* protocol,
                              const std::string& quarantine_project,
                              const SessionFacts& session);

// As its decision's verdict: 0 for CLEAR, more for worse.
int Severity(Verdict verdict);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_DECIDE_SESSION_H_
