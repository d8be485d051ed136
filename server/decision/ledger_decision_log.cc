#include "server/decision/ledger_decision_log.h"

#include <google/protobuf/util/time_util.h>

#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/decision/case_findings.h"
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
  ASSIGN_OR_RETURN(const RecordedDecision recorded,
                   ledger_->RecordDecision(ActorOf(session.caller),
                                           RecordOf(session, include_text_)));
  LoggedDecision logged;
  logged.decision_id = recorded.decision.decision_id();
  logged.time = TimeOf(recorded.decision);
  ASSIGN_OR_RETURN(logged.case_id, HoldingCase(session, recorded.case_id));
  return logged;
}

absl::StatusOr<std::string> LedgerDecisionLog::HoldingCase(
    const SessionDecision& session, const std::string& case_id) {
  if (case_id.empty()) return case_id;
  if (MayLeave(session)) ReleaseCleared(case_id);
  ASSIGN_OR_RETURN(const v1::Case now,
                   ledger_->GetCase(case_id, /*include_text=*/false));
  return now.state() == v1::CASE_STATE_RELEASED ? std::string() : case_id;
}

void LedgerDecisionLog::ReleaseCleared(const std::string& case_id) {
  const absl::Status released = quarantine_->ReleaseCleared(case_id).status();
  const auto reason = ReasonOf(released);
  log_->Write(released.ok() ? LogLevel::kInfo : LogLevel::kWarning,
              "clear_session_released",
              {{"case_id", case_id},
               {"reason", std::string(reason ? ReasonName(*reason) : "")}});
}

}  // namespace burntin
