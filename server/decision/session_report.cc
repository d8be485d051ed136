#include "server/decision/session_report.h"

#include "detector/base/status_macros.h"
#include "wire/json.h"

namespace burntin {

absl::StatusOr<std::string> SessionReportText(const SessionDecision& session,
                                              const v1::Decision& decision) {
  ASSIGN_OR_RETURN(std::string text, ToJsonLine(decision));
  text += "\n";
  for (const DecidedInstance& instance : session.instances) {
    if (!instance.report) continue;
    v1::InstanceReport report = instance.report->report;
    report.clear_path();
    for (v1::Region& region : *report.mutable_regions()) region.clear_text();
    ASSIGN_OR_RETURN(const std::string line, ToJsonLine(report));
    text += line + "\n";
  }
  return text;
}

}  // namespace burntin
