#include "server/ledger/sql/case_steps.h"

#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/case_state.h"
#include "server/ledger/digest.h"
#include "server/ledger/sql/audit_rows.h"
#include "server/ledger/sql/case_rows.h"
#include "server/ledger/sql/request_rows.h"

namespace burntin {
namespace {

absl::Status AlreadyDecided() {
  return Error(Reason::kCaseAlreadyDecided,
               "The case is released, being released, or kept. Get the case "
               "to see the decision.");
}

absl::Status Changed(const std::string& what) {
  return Error(Reason::kCaseChanged,
               what + " Get the case, look again, and decide with its `etag`.");
}

CaseEvent EventOf(CaseStep step) {
  switch (step) {
    case CaseStep::kApprove:
      return CaseEvent::kApproved;
    case CaseStep::kBeginMove:
      return CaseEvent::kMoveBegun;
    case CaseStep::kKeep:
      break;
  }
  return CaseEvent::kKept;
}

// A session must not be moved under a case that does not know all of it, nor
// by two at a time.
absl::Status CheckIsLatest(Connection* connection, const CaseRow& row) {
  ASSIGN_OR_RETURN(const auto newer,
                   RunForOne(connection,
                             "SELECT case_number FROM cases "
                             "WHERE study_instance_uid = $1 "
                             "AND experiment_id = $2 AND case_number > $3 "
                             "ORDER BY case_number LIMIT 1",
                             {row.study_instance_uid,
                              row.location.experiment_id(), row.case_number}));
  if (newer) return Changed("The session has grown: a later case holds it.");
  ASSIGN_OR_RETURN(
      const auto moving,
      RunForOne(connection,
                "SELECT case_number FROM cases "
                "WHERE study_instance_uid = $1 "
                "AND experiment_id = $2 AND state = $3 "
                "ORDER BY case_number LIMIT 1",
                {row.study_instance_uid, row.location.experiment_id(),
                 int64_t{v1::CASE_STATE_RELEASING}}));
  if (moving) return Changed("An earlier case still moves the session.");
  return absl::OkStatus();
}

// The state after the step, if it may be taken.
absl::StatusOr<v1::CaseState> CheckStep(
    Connection* connection, const CaseRow& row, const CaseDecision& decision,
    const std::optional<RequestRow>& earlier) {
  if (!IsOpen(row.state)) return AlreadyDecided();
  const bool retried =
      earlier && earlier->retry_version == row.version && row.version > 0;
  if (decision.etag != EtagOf(row) && !retried) {
    return Changed("The case has changed since it was read.");
  }
  const auto next = NextState(row.state, EventOf(decision.step));
  if (!next) return Changed("The case is not in the state for this.");
  if (decision.step != CaseStep::kKeep) {
    RETURN_IF_ERROR(CheckIsLatest(connection, row));
  }
  return *next;
}

absl::Status InsertResolution(const Write& write, const CaseRow& row,
                              const CaseDecision& decision) {
  v1::Resolution shown;
  for (const v1::Acknowledgement& one : decision.acknowledgements) {
    *shown.add_acknowledgements() = one;
  }
  ASSIGN_OR_RETURN(const std::string json, ToJson(shown));
  ASSIGN_OR_RETURN(
      const int64_t number,
      NextNumber(write.connection, "resolutions", "resolution_number"));
  return RunOnly(
      write.connection,
      "INSERT INTO resolutions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {number, row.case_number, row.decision_number, row.decision_round,
       decision.actor.name, decision.reason, decision.target_project, json,
       write.now_us});
}

absl::Status InsertMove(const Write& write, const CaseRow& row,
                        const CaseDecision& decision,
                        const std::string& operation_id) {
  ASSIGN_OR_RETURN(const int64_t number,
                   NextNumber(write.connection, "moves", "move_number"));
  return RunOnly(write.connection,
                 "INSERT INTO moves VALUES "
                 "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, '')",
                 {number, operation_id, row.case_number, decision.actor.name,
                  decision.actor.role, decision.actor.peer_address,
                  decision.target_project, decision.mover,
                  decision.claim_until_us, write.now_us});
}

absl::Status AuditStep(const Write& write, const CaseRow& row,
                       const CaseDecision& decision,
                       const std::string& operation_id) {
  const bool keeps = decision.step == CaseStep::kKeep;
  v1::AuditEvent event = EventBy(
      decision.actor,
      keeps ? v1::AUDIT_ACTION_KEEP_CASE : v1::AUDIT_ACTION_APPROVE_RELEASE,
      v1::AUDIT_OUTCOME_SUCCESS);
  event.set_operation_id(operation_id);
  event.set_case_id(row.case_id);
  event.set_study_instance_uid(row.study_instance_uid);
  event.set_target_project(decision.target_project);
  event.set_reason(decision.reason);
  for (const v1::Acknowledgement& one : decision.acknowledgements) {
    if (one.evidence_sha256().empty()) continue;
    event.add_evidence_sha256s(one.evidence_sha256());
  }
  RETURN_IF_ERROR(AppendAudit(write, event));
  if (decision.step != CaseStep::kBeginMove) return absl::OkStatus();
  event.set_action(v1::AUDIT_ACTION_MOVE_SESSION);
  event.set_outcome(v1::AUDIT_OUTCOME_INTENT);
  event.clear_reason();
  event.clear_evidence_sha256s();
  return AppendAudit(write, std::move(event));
}

absl::Status SetState(const Write& write, const CaseRow& row,
                      v1::CaseState state) {
  return RunOnly(write.connection,
                 "UPDATE cases SET version = version + 1, state = $1, "
                 "update_time = $2 WHERE case_number = $3",
                 {int64_t{state}, write.now_us, row.case_number});
}

absl::Status CheckDecision(const CaseDecision& decision) {
  if (decision.actor.name.empty() || decision.request_id.empty() ||
      !IsSha256Hex(decision.request_sha256) || decision.reason.empty() ||
      decision.target_project.empty() != (decision.step == CaseStep::kKeep) ||
      decision.mover.empty() == (decision.step == CaseStep::kBeginMove)) {
    return Error(Reason::kInvalidArgument,
                 "A decision about a case lacks a field. Give its actor, "
                 "reason, target and request.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<DecidedCase> TakeStep(const Write& write,
                                     const CaseDecision& decision) {
  RETURN_IF_ERROR(CheckDecision(decision));
  ASSIGN_OR_RETURN(
      const auto earlier,
      SelectRequestRow(write.connection, decision.actor.name,
                       decision.request_id, decision.request_sha256));
  DecidedCase decided;
  if (earlier && earlier->answer) {
    decided.quarantine_case = *earlier->answer;
    return decided;
  }
  ASSIGN_OR_RETURN(const CaseRow row,
                   SelectCase(write.connection, decision.case_id));
  ASSIGN_OR_RETURN(const v1::CaseState next,
                   CheckStep(write.connection, row, decision, earlier));
  ASSIGN_OR_RETURN(const std::string random, RandomHex(16));
  const std::string operation_id = "o" + random;
  RETURN_IF_ERROR(InsertResolution(write, row, decision));
  RETURN_IF_ERROR(SetState(write, row, next));
  if (decision.step == CaseStep::kBeginMove) {
    RETURN_IF_ERROR(InsertMove(write, row, decision, operation_id));
    decided.operation_id = operation_id;
  }
  RETURN_IF_ERROR(AuditStep(write, row, decision, operation_id));
  ASSIGN_OR_RETURN(const CaseRow after,
                   SelectCase(write.connection, decision.case_id));
  ASSIGN_OR_RETURN(decided.quarantine_case, ToCase(write.connection, after));
  RequestRow request;
  request.actor = decision.actor.name;
  request.request_id = decision.request_id;
  request.request_sha256 = decision.request_sha256;
  request.case_number = row.case_number;
  request.operation_id = operation_id;
  // A move's answer is its outcome.
  if (decided.operation_id.empty()) request.answer = decided.quarantine_case;
  RETURN_IF_ERROR(PutRequestRow(write, request));
  return decided;
}

absl::StatusOr<std::optional<EarlierRequest>> SelectRequest(
    Connection* connection, const Actor& actor, const std::string& request_id,
    const std::string& request_sha256) {
  ASSIGN_OR_RETURN(
      const auto row,
      SelectRequestRow(connection, actor.name, request_id, request_sha256));
  if (!row) return std::optional<EarlierRequest>();
  EarlierRequest earlier;
  earlier.answer = row->answer;
  if (!row->answer && row->retry_version == 0) {
    earlier.unfinished_operation_id = row->operation_id;
  }
  return std::optional<EarlierRequest>(std::move(earlier));
}

}  // namespace burntin
