#include "server/routing/decide_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

#include "detector/base/names.h"
#include "server/routing/pixelless.h"

namespace burntin {
namespace {

bool IsRisk(double risk) {
  return std::isfinite(risk) && risk >= 0 && risk <= 1;
}

// What is wrong with the session itself, whatever its objects show.
std::vector<VerdictReason> Faults(const SessionFacts& session) {
  std::vector<VerdictReason> faults;
  const auto add = [&](Reason code, std::string message) {
    faults.push_back({code, std::move(message)});
  };
  const size_t known = session.instances.size();
  const int64_t total =
      int64_t{session.instances_unknown} + static_cast<int64_t>(known);
  if (total == 0) {
    add(Reason::kSessionIncomplete,
        "No object of the session was named. Send it when it has arrived.");
  }
  if (session.instances_unknown > 0) {
    add(Reason::kInstanceNotInspected,
        fmt::format("{} of {} objects have no report. Inspect them, then "
                    "decide again.",
                    session.instances_unknown, total));
  }
  if (session.instances_expected > 0 && session.instances_expected != total) {
    add(Reason::kSessionIncomplete,
        fmt::format("{} objects are there, and the session has to have {}. "
                    "Decide again when it is complete.",
                    total, session.instances_expected));
  }
  if (session.instances_unnamed > 0) {
    add(Reason::kSessionIncomplete,
        fmt::format("{} objects of the study were inspected and are not named. "
                    "Name every object of the session.",
                    session.instances_unnamed));
  }
  std::set<std::string> uids;
  int repeated = 0;
  int foreign = 0;
  for (const InstanceFacts& instance : session.instances) {
    const std::string& uid = instance.sop_instance_uid;
    if (!uid.empty() && !uids.insert(uid).second) ++repeated;
    if (instance.study_instance_uid != session.study_instance_uid) ++foreign;
  }
  if (repeated > 0) {
    add(Reason::kSessionInconsistent,
        "An object is there twice, so another may be missing. Name each once.");
  }
  if (foreign > 0) {
    add(Reason::kSessionInconsistent,
        fmt::format("{} objects name another study than the session's. Check "
                    "what was sent.",
                    foreign));
  }
  return faults;
}

// Every object that is known was inspected, or none was: else those that were
// not count like unknown ones. A session of nothing but objects that may go
// without pixels is one of which nothing was inspected.
SessionState StateOf(const Protocol* protocol, const SessionFacts& session,
                     bool faulty) {
  size_t inspected = 0;
  bool all_whole = true;
  std::optional<Verdict> worst;
  double risk = 0;
  for (const InstanceFacts& instance : session.instances) {
    if (!instance.assessment) continue;
    ++inspected;
    if (MayGoWithoutPixels(protocol, instance)) continue;
    const InstanceAssessment& one = *instance.assessment;
    all_whole = all_whole && IsWhole(one);
    const Verdict verdict = IsRisk(one.risk) || one.verdict != Verdict::kClear
                                ? one.verdict
                                : Verdict::kIndeterminate;
    risk = std::max(risk, IsRisk(one.risk) ? one.risk : 1);
    if (!worst || Severity(verdict) > Severity(*worst)) worst = verdict;
  }
  const bool something_unknown = session.instances_unknown > 0;
  if (inspected == 0 && !something_unknown && !session.instances.empty()) {
    return {};
  }
  const bool all_inspected =
      !something_unknown && inspected == session.instances.size();
  if (!all_inspected || !worst) return {Verdict::kIndeterminate, 1, false};
  return {worst, risk, all_whole && !faulty};
}

// The strictest route of all objects.
struct Strictest {
  ObjectRoute route;
  int instance = -1;
  bool would_split = false;
};

// Whether `one` says more than `other`, which is as strict: a rule that fired
// says more than that none did, and rules stand in the order of their weight.
bool SaysMore(const ObjectRoute& one, const ObjectRoute& other) {
  if (one.rule < 0 || other.rule < 0) return one.rule > other.rule;
  return one.rule < other.rule;
}

Strictest RouteAll(const Protocol& protocol, const SessionFacts& session,
                   const SessionState& state) {
  Strictest strictest;
  std::set<std::string> projects;
  const HeaderFacts* before = nullptr;
  ObjectRoute route;
  for (size_t i = 0; i < session.instances.size(); ++i) {
    const HeaderFacts& header = session.instances[i].header;
    // The objects of a series mostly have one header.
    if (before == nullptr || !(*before == header)) {
      route = RouteObject(protocol, header, state);
      before = &header;
    }
    if (route.action == RouteAction::kToProject) {
      projects.insert(protocol.rules[static_cast<size_t>(route.rule)].project);
    }
    const bool stricter = strictest.instance < 0 ||
                          route.action > strictest.route.action ||
                          (route.action == strictest.route.action &&
                           SaysMore(route, strictest.route));
    if (stricter) strictest = {route, static_cast<int>(i)};
  }
  strictest.would_split = projects.size() > 1;
  return strictest;
}

// The reasons of the objects, each code once, those of the worst first.
void AddReasonsOfObjects(const SessionFacts& session,
                         std::vector<VerdictReason>* reasons) {
  std::vector<const InstanceAssessment*> worst_first;
  for (const InstanceFacts& instance : session.instances) {
    if (instance.assessment) worst_first.push_back(&*instance.assessment);
  }
  std::stable_sort(worst_first.begin(), worst_first.end(),
                   [](const auto* one, const auto* other) {
                     return Severity(one->verdict) > Severity(other->verdict);
                   });
  std::set<Reason> known;
  for (const InstanceAssessment* assessment : worst_first) {
    for (const VerdictReason& reason : assessment->reasons) {
      if (known.insert(reason.code).second) reasons->push_back(reason);
    }
  }
}

VerdictReason RuleReason(const Rule& rule, RouteAction action) {
  const auto sentence = [&](std::string_view what) {
    return fmt::format("Rule \"{}\" (line {}) {}.", rule.name, rule.line, what);
  };
  switch (action) {
    case RouteAction::kToProject:
      return {Reason::kProtocolRule,
              sentence("lets the session out to " + rule.project)};
    case RouteAction::kInspectFirst:
      return {Reason::kInspectionNeeded,
              sentence("cannot decide before the pixels are inspected")};
    case RouteAction::kQuarantine:
      break;
  }
  return {Reason::kProtocolRule, sentence("holds the session")};
}

void UseRules(const Protocol& protocol, const SessionFacts& session,
              RoutingDecision* decision) {
  const Strictest strictest = RouteAll(protocol, session, decision->state);
  decision->deciding_instance = strictest.instance;
  const bool lets_out = strictest.route.action == RouteAction::kToProject;
  if (strictest.instance < 0) return;
  if (lets_out && strictest.would_split) {
    decision->reasons.push_back(
        {Reason::kSessionWouldSplit,
         "The rules send its objects to different projects, and a session is "
         "never split. Move it by hand, or change the protocol."});
    return;
  }
  if (strictest.route.rule < 0) {
    decision->reasons.push_back(
        {Reason::kNoRuleMatched,
         "No rule of the protocol lets the session out."});
    return;
  }
  const Rule& rule = protocol.rules[static_cast<size_t>(strictest.route.rule)];
  decision->rule = rule.name;
  decision->rule_line = rule.line;
  decision->action = strictest.route.action;
  if (lets_out) decision->target_project = rule.project;
  decision->reasons.push_back(RuleReason(rule, strictest.route.action));
}

}  // namespace

bool IsWhole(const InstanceAssessment& assessment) {
  return assessment.inspected_in_full &&
         assessment.verdict != Verdict::kIndeterminate &&
         IsRisk(assessment.risk);
}

int Severity(Verdict verdict) {
  switch (verdict) {
    case Verdict::kClear:
      return 0;
    case Verdict::kReview:
      return 1;
    case Verdict::kIdentifying:
      return 3;
    case Verdict::kIndeterminate:
      break;
  }
  return 2;
}

RoutingDecision DecideSession(const Protocol* protocol,
                              const std::string& quarantine_project,
                              const SessionFacts& session) {
  RoutingDecision decision;
  decision.target_project = quarantine_project;
  decision.reasons = Faults(session);
  decision.state = StateOf(protocol, session, !decision.reasons.empty());
  decision.verdict = decision.state.verdict;
  decision.risk = decision.state.risk;
  decision.instances_total =
      session.instances_unknown + static_cast<int>(session.instances.size());
  const bool faulty = !decision.reasons.empty();
  if (protocol == nullptr) {
    decision.reasons.insert(
        decision.reasons.begin(),
        {Reason::kProtocolMissing,
         "No protocol is loaded, so everything is quarantined. Write one, or "
         "repair the file that the log names."});
  } else {
    UseRules(*protocol, session, &decision);
  }
  if (faulty && decision.action != RouteAction::kQuarantine) {
    decision.action = RouteAction::kQuarantine;
    decision.target_project = quarantine_project;
    decision.rule.clear();
    decision.rule_line = 0;
  }
  AddReasonsOfObjects(session, &decision.reasons);
  return decision;
}

}  // namespace burntin
