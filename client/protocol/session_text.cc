#include <fmt/format.h>

#include <map>

#include "client/output/wording.h"
#include "client/protocol/session_output.h"
#include "detector/base/names.h"

namespace burntin {
namespace {

std::string Joined(const std::set<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    if (!joined.empty()) joined += ", ";
    joined += text;
  }
  return TerminalSafe(joined);
}

std::string Files(int count) {
  return fmt::format("{} file{}", count, count == 1 ? "" : "s");
}

std::string Heading(const SessionResult& result) {
  std::string heading = result.study_instance_uid.empty()
                            ? "(no study)"
                            : TerminalSafe(result.study_instance_uid);
  if (!result.modalities.empty()) {
    heading += "  " + Joined(result.modalities);
  }
  if (!result.devices.empty()) heading += "  " + Joined(result.devices);
  heading += "  " + Files(result.files);
  if (result.study_instance_uid.empty()) {
    heading += " whose header cannot be read or names no study";
  }
  return heading + "\n";
}

std::string ActionWord(RouteAction action) {
  switch (action) {
    case RouteAction::kToProject:
      return "OUT";
    case RouteAction::kInspectFirst:
      return "INSPECT FIRST";
    case RouteAction::kQuarantine:
      break;
  }
  return "QUARANTINE";
}

std::string Decided(const RoutingDecision& decision) {
  std::string text = ActionWord(decision.action);
  if (decision.action == RouteAction::kToProject) {
    text += " to " + decision.target_project;
  }
  if (decision.rule.empty()) return text;
  return fmt::format("{}, rule \"{}\", line {}", text, decision.rule,
                     decision.rule_line);
}

std::string Reasons(const RoutingDecision& decision) {
  std::string text;
  for (const VerdictReason& reason : decision.reasons) {
    // The trace, or the heading, says more of these.
    if (reason.code == Reason::kProtocolRule ||
        reason.code == Reason::kInstanceNotInspected ||
        reason.code == Reason::kInspectionNeeded) {
      continue;
    }
    text += fmt::format("    {}: {}\n", ReasonName(reason.code),
                        TerminalSafe(reason.message));
  }
  return text;
}

std::string TraceText(const Protocol& protocol, const SessionResult& result) {
  std::string text;
  for (const TriedRule& tried : result.trace) {
    const Rule& rule = protocol.rules[static_cast<size_t>(tried.rule)];
    text += fmt::format("    {} line {} \"{}\": {}\n",
                        tried.fired ? "fires  " : "passes ", rule.line,
                        rule.name, TerminalSafe(tried.explanation));
  }
  if (!text.empty() && result.files > 1) {
    text =
        fmt::format("    tried on {}\n", TerminalSafe(result.deciding_label)) +
        text;
  }
  return text;
}

std::string DasherText(const SessionResult& result) {
  if (result.dasher.empty()) return "";
  std::string projects;
  for (const auto& [project, count] : result.dasher) {
    if (!projects.empty()) projects += " and ";
    projects += project;
    if (result.dasher.size() > 1)
      projects += fmt::format(" ({})", Files(count));
  }
  return fmt::format("  DASHER: {}{}\n", projects,
                     result.dasher.size() > 1 ? ", so it splits the session"
                     : result.dasher_differs  ? ", which differs"
                                              : "");
}

}  // namespace

std::string SessionText(const Protocol& protocol, const SessionResult& result) {
  std::string text = Heading(result) + "  " + Decided(result.decision);
  if (result.decision.verdict) {
    text += fmt::format(", verdict {}", VerdictName(*result.decision.verdict));
  }
  text += '\n' + Reasons(result.decision) + TraceText(protocol, result);
  if (result.if_clear && result.decision.action == RouteAction::kInspectFirst) {
    text += fmt::format("  if CLEAR: {}\n", Decided(*result.if_clear));
    text += Reasons(*result.if_clear);
  }
  return text + DasherText(result);
}

std::string SummaryText(const std::vector<SessionResult>& results) {
  std::map<std::string, int> places;
  int files = 0;
  int differing = 0;
  bool compared = false;
  for (const SessionResult& result : results) {
    files += result.files;
    compared = compared || !result.dasher.empty();
    if (result.dasher_differs) ++differing;
    const bool out = result.decision.action == RouteAction::kToProject;
    ++places[out ? "out to " + result.decision.target_project
             : result.decision.action == RouteAction::kInspectFirst
                 ? "to inspect first"
                 : "quarantined"];
  }
  std::string text = fmt::format("{} session{} of {}:", results.size(),
                                 results.size() == 1 ? "" : "s", Files(files));
  const char* separator = " ";
  for (const auto& [place, count] : places) {
    text += fmt::format("{}{} {}", separator, count, place);
    separator = ", ";
  }
  if (compared) text += fmt::format("; DASHER differs for {}", differing);
  return text;
}

}  // namespace burntin
