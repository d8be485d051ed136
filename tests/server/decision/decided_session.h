// Sessions as routing hands them to the decision log, for tests.
#ifndef BURNTIN_TESTS_SERVER_DECISION_DECIDED_SESSION_H_
#define BURNTIN_TESTS_SERVER_DECISION_DECIDED_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/decision/decision_log.h"

namespace burntin {

inline v1::InstanceReport ReportOf(v1::Verdict verdict) {
  v1::InstanceReport report;
  report.set_verdict(verdict);
  report.set_frames_total(2);
  report.set_frames_inspected(verdict == v1::VERDICT_INDETERMINATE ? 0 : 2);
  v1::Reason* reason = report.add_reasons();
  reason->set_code("ENGINE_FAILED");
  reason->set_message("A sentence.");
  return report;
}

inline void AddRegion(v1::Category category, double score,
                      const std::string& text, v1::InstanceReport* report) {
  v1::Region* region = report->add_regions();
  region->set_category(category);
  region->set_score(score);
  region->set_text(text);
}

// Objects by their UID, some without a report.
inline SessionDecision SessionOf(
    const std::vector<
        std::pair<std::string, std::optional<v1::InstanceReport>>>& objects) {
  SessionDecision session;
  session.caller = {"sam", {Role::kSubmitter}, "submitter", "192.0.2.1"};
  session.study_instance_uid = "1.2.3";
  session.decision.target_project = "QUARANTINE";
  session.decision.verdict = Verdict::kIndeterminate;
  session.decision.instances_total = static_cast<int>(objects.size());
  for (const auto& [uid, report] : objects) {
    DecidedInstance instance;
    instance.sop_instance_uid = uid;
    instance.sha256 = std::string(64, 'a');
    if (report) {
      StoredReport stored;
      stored.sha256 = instance.sha256;
      stored.report = *report;
      stored.report.set_sop_instance_uid(uid);
      instance.report = std::make_shared<StoredReport>(std::move(stored));
    }
    session.instances.push_back(std::move(instance));
  }
  return session;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_DECISION_DECIDED_SESSION_H_
