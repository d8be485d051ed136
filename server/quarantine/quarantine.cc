#include "server/quarantine/quarantine.h"

#include <optional>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/case_state.h"
#include "server/quarantine/request_checks.h"

namespace burntin {
namespace {

int64_t SystemClock() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

absl::Status StillMoving() {
  return Error(Reason::kXnatUnavailable,
               "The session is being moved, and it is not known yet where it "
               "is. Retry later with the same `request_id`.");
}

MoveOrder OrderOf(const UnfinishedMove& move) {
  return {move.operation_id, move.study_instance_uid, move.location,
          move.target_project};
}

MoveOrder OrderOf(const v1::Case& quarantine_case,
                  const std::string& target_project,
                  const std::string& operation_id) {
  MoveOrder order = {operation_id, quarantine_case.study_instance_uid(),
                     std::nullopt, target_project};
  if (quarantine_case.has_location()) {
    order.location = quarantine_case.location();
  }
  return order;
}

}  // namespace

Quarantine::Quarantine(QuarantineOptions options, Ledger* ledger,
                       SessionMover* mover)
    : options_([&] {
        if (!options.clock) options.clock = SystemClock;
        return std::move(options);
      }()),
      ledger_(ledger),
      mover_(mover) {}

int64_t Quarantine::LeaseEnd() const {
  return options_.clock() +
         std::chrono::microseconds(options_.move_lease).count();
}

absl::Status Quarantine::Refused(const Actor& actor, v1::AuditAction action,
                                 const std::string& case_id,
                                 const std::string& target_project,
                                 const absl::Status& why) {
  AuditNote note;
  note.actor = actor;
  note.action = action;
  note.outcome = v1::AUDIT_OUTCOME_FAILURE;
  note.case_id = AuditedId(case_id);
  note.target_project = AuditedId(target_project);
  note.error_code =
      std::string(ReasonName(ReasonOf(why).value_or(Reason::kInternalFailure)));
  RETURN_IF_ERROR(ledger_->Audit(note));
  return why;
}

absl::StatusOr<v1::Case> Quarantine::Release(
    const Actor& actor, const v1::ReleaseCaseRequest& request) {
  absl::StatusOr<v1::Case> released = TryRelease(actor, request);
  if (released.ok()) return released;
  return Refused(actor, v1::AUDIT_ACTION_APPROVE_RELEASE, request.case_id(),
                 request.target_project(), released.status());
}

absl::StatusOr<v1::Case> Quarantine::TryRelease(
    const Actor& actor, const v1::ReleaseCaseRequest& request) {
  RETURN_IF_ERROR(CheckRequest(request));
  const std::string digest = RequestSha256(request);
  ASSIGN_OR_RETURN(const auto earlier,
                   ledger_->FindRequest(actor, request.request_id(), digest));
  if (earlier && earlier->answer) return *earlier->answer;
  if (earlier && !earlier->unfinished_operation_id.empty()) {
    return ResumeRelease(actor, earlier->unfinished_operation_id,
                         request.case_id());
  }
  ASSIGN_OR_RETURN(const CaseFile file,
                   ledger_->GetCaseFile(request.case_id(), actor.name));
  ReleaseWish wish;
  wish.approver = actor.name;
  // A request that moved nothing is taken again although the case has changed
  // since; the ledger sees to it that nothing else has changed it.
  wish.etag = earlier ? file.quarantine_case.etag() : request.etag();
  wish.target_project = request.target_project();
  wish.acknowledgements.assign(request.acknowledgements().begin(),
                               request.acknowledgements().end());
  CaseDecision decision;
  ASSIGN_OR_RETURN(decision.step, CheckRelease(file, wish, options_.policy));
  if (options_.evidence != nullptr) {
    RETURN_IF_ERROR(options_.evidence->CheckKept(file));
  }
  decision.actor = actor;
  decision.case_id = request.case_id();
  decision.etag = request.etag();
  decision.reason = request.reason();
  decision.target_project = request.target_project();
  decision.acknowledgements = wish.acknowledgements;
  decision.request_id = request.request_id();
  decision.request_sha256 = digest;
  return Begin(std::move(decision), file);
}

absl::StatusOr<v1::Case> Quarantine::Begin(CaseDecision decision,
                                           const CaseFile& file) {
  // Also before the first of two approvals: better told now than later.
  RETURN_IF_ERROR(mover_->Check(
      OrderOf(file.quarantine_case, decision.target_project, "")));
  if (decision.step == CaseStep::kBeginMove) {
    decision.mover = options_.mover_name;
    decision.claim_until_us = LeaseEnd();
  }
  ASSIGN_OR_RETURN(const DecidedCase decided, ledger_->Decide(decision));
  // None: an approval, or the answer to a repeat.
  if (decided.operation_id.empty()) return decided.quarantine_case;
  return Settle(
      decision.actor, decided.operation_id,
      mover_->Move(OrderOf(decided.quarantine_case, decision.target_project,
                           decided.operation_id)));
}

absl::StatusOr<v1::Case> Quarantine::Settle(const Actor& actor,
                                            const std::string& operation_id,
                                            const MoveReport& report) {
  switch (report.place) {
    case MoveReport::Place::kInTarget:
      return ledger_->FinishMove(actor,
                                 {operation_id, MoveEnd::kMoved, std::nullopt});
    case MoveReport::Place::kNobodyMoves:
      return ledger_->FinishMove(
          actor, {operation_id, MoveEnd::kPermitted, std::nullopt});
    case MoveReport::Place::kWhereItWas: {
      const absl::Status why = report.why.ok() ? StillMoving() : report.why;
      RETURN_IF_ERROR(
          ledger_
              ->FinishMove(
                  actor, {operation_id, MoveEnd::kNothingMoved, ReasonOf(why)})
              .status());
      return why;
    }
    case MoveReport::Place::kUnknown:
      break;
  }
  RETURN_IF_ERROR(ledger_->GiveUpMove(operation_id, options_.mover_name));
  return StillMoving();
}

absl::StatusOr<v1::Case> Quarantine::ResumeRelease(
    const Actor& actor, const std::string& operation_id,
    const std::string& case_id) {
  ASSIGN_OR_RETURN(
      const auto move,
      ledger_->ClaimMove(operation_id, options_.mover_name, LeaseEnd()));
  if (move) return Settle(actor, operation_id, mover_->Locate(OrderOf(*move)));
  // Another thread or process is at it, or has just ended it.
  ASSIGN_OR_RETURN(v1::Case now, ledger_->GetCase(case_id,
                                                  /*include_text=*/false));
  if (now.state() != v1::CASE_STATE_RELEASED) return StillMoving();
  now.clear_findings();
  return now;
}

absl::StatusOr<v1::Case> Quarantine::Keep(const Actor& actor,
                                          const v1::KeepCaseRequest& request) {
  absl::StatusOr<v1::Case> kept = TryKeep(actor, request);
  if (kept.ok()) return kept;
  return Refused(actor, v1::AUDIT_ACTION_KEEP_CASE, request.case_id(), "",
                 kept.status());
}

absl::StatusOr<v1::Case> Quarantine::TryKeep(
    const Actor& actor, const v1::KeepCaseRequest& request) {
  RETURN_IF_ERROR(CheckRequest(request));
  CaseDecision decision;
  decision.actor = actor;
  decision.case_id = request.case_id();
  decision.etag = request.etag();
  decision.step = CaseStep::kKeep;
  decision.reason = request.reason();
  decision.request_id = request.request_id();
  decision.request_sha256 = RequestSha256(request);
  ASSIGN_OR_RETURN(DecidedCase decided, ledger_->Decide(decision));
  return std::move(decided.quarantine_case);
}

absl::StatusOr<v1::Case> Quarantine::ReleaseCleared(
    const std::string& case_id) {
  const Actor actor = ServerActor();
  ASSIGN_OR_RETURN(const CaseFile file,
                   ledger_->GetCaseFile(case_id, actor.name));
  const v1::Case& held = file.quarantine_case;
  if (!IsOpen(held.state())) {
    return Error(Reason::kCaseAlreadyDecided,
                 "The case is released, being released, or kept.");
  }
  const std::string& target = held.decision().target_project();
  if (held.decision().action() != v1::ROUTE_ACTION_TO_PROJECT ||
      held.decision().verdict() != v1::VERDICT_CLEAR || target.empty() ||
      target == options_.policy.quarantine_project) {
    return Error(Reason::kFindingsNotAcknowledged,
                 "The session is not clear, so an admin has to release it.");
  }
  ASSIGN_OR_RETURN(const std::optional<int> objects,
                   mover_->CountObjects(OrderOf(held, target, "")));
  if (objects && *objects != held.decision().instances_total()) {
    return Error(Reason::kSessionIncomplete,
                 "The session has not as many objects as were inspected. Have "
                 "all inspected, and the session decided again.");
  }
  CaseDecision decision;
  decision.actor = actor;
  decision.case_id = case_id;
  decision.etag = held.etag();
  decision.step = CaseStep::kBeginMove;
  decision.reason = "The session was inspected in full and is clear.";
  decision.target_project = target;
  decision.request_id = "cleared/" + held.etag();
  decision.request_sha256 = RequestSha256(decision);
  return Begin(std::move(decision), file);
}

absl::StatusOr<int> Quarantine::Reconcile(
    const std::function<bool()>& stopped) {
  ASSIGN_OR_RETURN(
      const std::vector<UnfinishedMove> moves,
      ledger_->ClaimUnfinishedMoves(options_.mover_name, LeaseEnd()));
  int unknown = 0;
  for (const UnfinishedMove& move : moves) {
    if (stopped && stopped()) {
      RETURN_IF_ERROR(
          ledger_->GiveUpMove(move.operation_id, options_.mover_name));
      ++unknown;
      continue;
    }
    const MoveReport report = mover_->Locate(OrderOf(move));
    if (report.place == MoveReport::Place::kUnknown) ++unknown;
    const absl::StatusOr<v1::Case> settled =
        Settle(ServerActor(), move.operation_id, report);
    // That nothing was moved, or nobody knows, is an outcome like another.
    if (!settled.ok() &&
        ReasonOf(settled.status()) == Reason::kLedgerUnavailable) {
      return settled.status();
    }
  }
  return unknown;
}

}  // namespace burntin
