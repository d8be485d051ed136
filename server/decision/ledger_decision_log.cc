#include "server/decision/ledger_decision_log.h"

#include <google/protobuf/util/time_util.h>

#include <set>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/decision/case_findings.h"
#include "server/decision/session_report.h"
#include "wire/decision_proto.h"

namespace burntin {
namespace {

using google::protobuf::util::TimeUtil;

v1::SessionLocation LocationOf(const SessionPlace& place) {
  v1::SessionLocation location;
  location.set_project(place.project);
  location.set_experiment_id(place.experiment_id);
  location.set_subject_label(place.subject_label.Reveal());
  location.set_session_label(place.session_label.Reveal());
  return location;
}

Actor ActorOf(const Caller& caller) {
  return {caller.name, caller.role, caller.peer_address};
}

DecisionRecord RecordOf(const SessionDecision& session, bool include_text) {
  DecisionRecord record;
  record.study_instance_uid = session.study_instance_uid;
  if (session.place) record.location = LocationOf(*session.place);
  record.basis_sha256 = BasisSha256(session);
  record.decision = ToProto(session.decision);
  record.decision.set_protocol_sha256(session.protocol_sha256);
  CaseFindings found = FindingsOf(session, include_text);
  record.findings = std::move(found.findings);
  record.findings_total = found.total;
  record.findings_truncated = found.truncated;
  return record;
}

bool MayLeave(const SessionDecision& session) {
  return session.place.has_value() &&
         session.decision.action == RouteAction::kToProject &&
         session.decision.verdict == Verdict::kClear;
}

std::chrono::system_clock::time_point TimeOf(const v1::Decision& decision) {
  return std::chrono::system_clock::time_point(std::chrono::microseconds(
      TimeUtil::TimestampToMicroseconds(decision.decide_time())));
}

}  // namespace

absl::StatusOr<LoggedDecision> LedgerDecisionLog::Record(
    const SessionDecision& session) {
  const DecisionRecord record = RecordOf(session, parts_.include_text);
  const bool holds = session.decision.action != RouteAction::kToProject;
  if (holds) KeepPictures(record);
  ASSIGN_OR_RETURN(
      const RecordedDecision recorded,
      parts_.ledger->RecordDecision(ActorOf(session.caller), record));
  if (!holds && !recorded.case_id.empty()) KeepPictures(record);
  NoteReport(session, recorded.decision);
  LoggedDecision logged;
  logged.decision_id = recorded.decision.decision_id();
  logged.time = TimeOf(recorded.decision);
  ASSIGN_OR_RETURN(logged.case_id, HoldingCase(session, recorded.case_id));
  return logged;
}

void LedgerDecisionLog::KeepPictures(const DecisionRecord& record) {
  if (parts_.evidence == nullptr) return;
  std::set<std::string> digests;
  for (const FindingRecord& found : record.findings) {
    if (found.evidence) digests.insert(found.evidence->sha256);
  }
  int64_t lost = 0;
  for (const std::string& digest : digests) {
    lost += parts_.evidence->Keep(digest).ok() ? 0 : 1;
  }
  if (lost == 0) return;
  parts_.log->Write(LogLevel::kError, "evidence_not_kept",
                    {{"pictures", lost}});
}

void LedgerDecisionLog::NoteReport(const SessionDecision& session,
                                   const v1::Decision& decision) {
  if (!session.place || !parts_.follow_up->StoresReports()) return;
  absl::StatusOr<std::string> text = SessionReportText(session, decision);
  if (text.ok()) {
    parts_.follow_up->StoreReport({session.place->experiment_id,
                                   decision.decision_id(), *std::move(text)});
    return;
  }
  parts_.log->Write(LogLevel::kError, "report_not_made",
                    {{"decision_id", decision.decision_id()}});
}

absl::StatusOr<std::string> LedgerDecisionLog::HoldingCase(
    const SessionDecision& session, const std::string& case_id) {
  if (case_id.empty()) return case_id;
  ASSIGN_OR_RETURN(const v1::Case now,
                   parts_.ledger->GetCase(case_id, /*include_text=*/false));
  if (now.state() == v1::CASE_STATE_RELEASED) return std::string();
  if (MayLeave(session)) parts_.follow_up->ReleaseCleared(case_id);
  return case_id;
}

}  // namespace burntin
