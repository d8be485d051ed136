#include "server/quarantine_service/quarantine_service.h"

#include <algorithm>
#include <string>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"
#include "server/quarantine_service/requests.h"
#include "server/trace/call_trace.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

constexpr int kDefaultCases = 50;
constexpr int kDefaultAuditEvents = 100;

AuditNote NoteOf(const Actor& actor, v1::AuditAction action) {
  AuditNote note;
  note.actor = actor;
  note.action = action;
  return note;
}

std::string ReasonForLog(const absl::Status& status) {
  return std::string(
      ReasonName(ReasonOf(status).value_or(Reason::kInternalFailure)));
}

}  // namespace

absl::Status QuarantineService::Refuse(const Actor& actor,
                                       const absl::Status& why) {
  AuditNote note = NoteOf(actor, v1::AUDIT_ACTION_REFUSE_CALLER);
  note.outcome = v1::AUDIT_OUTCOME_FAILURE;
  note.error_code = ReasonForLog(why);
  RETURN_IF_ERROR(parts_.ledger->Audit(note));
  return why;
}

absl::StatusOr<Actor> QuarantineService::Admit(
    const grpc::ServerContext& context, Role role) {
  const std::string peer = context.peer();
  const absl::StatusOr<Caller> caller = parts_.identity->Identify(context);
  // The entrance has recorded it.
  if (!caller.ok()) return caller.status();
  const absl::Status allowed = CheckRole(*caller, role);
  if (!allowed.ok()) return Refuse({caller->name, "", peer}, allowed);
  return Actor{caller->name, RoleName(role), peer};
}

grpc::Status QuarantineService::Answer(std::string_view method,
                                       grpc::ServerContext* context, Role role,
                                       std::optional<v1::AuditAction> action,
                                       const Work& work) {
  const TraceScope scope(parts_.identity->TraceOf(context));
  const auto run = [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const Gate::Pass pass, parts_.gate->Enter());
    ASSIGN_OR_RETURN(const Actor actor, Admit(*context, role));
    const absl::Status done = work(actor);
    if (done.ok() || !action) return done;
    AuditNote note = NoteOf(actor, *action);
    note.outcome = v1::AUDIT_OUTCOME_FAILURE;
    note.error_code = ReasonForLog(done);
    RETURN_IF_ERROR(parts_.ledger->Audit(note));
    return done;
  };
  const absl::Status end = run();
  if (end.ok()) {
    parts_.log->Write(LogLevel::kInfo, "call_ended",
                      {{"method", std::string(method)}});
    return grpc::Status::OK;
  }
  parts_.log->Write(LogLevel::kWarning, "call_failed",
                    {{"method", std::string(method)},
                     {"code", absl::StatusCodeToString(end.code())},
                     {"reason", ReasonForLog(end)}});
  return ToGrpc(end);
}

grpc::Status QuarantineService::ListCases(grpc::ServerContext* context,
                                          const v1::ListCasesRequest* request,
                                          v1::ListCasesResponse* response) {
  return Answer(
      "ListCases", context, Role::kReviewer, v1::AUDIT_ACTION_VIEW_CASE,
      [&](const Actor& actor) { return ListCases(actor, *request, response); });
}

absl::Status QuarantineService::ListCases(const Actor& actor,
                                          const v1::ListCasesRequest& request,
                                          v1::ListCasesResponse* response) {
  ASSIGN_OR_RETURN(const CaseFilter filter, FilterOf(request));
  ASSIGN_OR_RETURN(const int page_size,
                   PageSizeOf(request.page_size(), kDefaultCases));
  ASSIGN_OR_RETURN(CasePage page, parts_.ledger->ListCases(
                                      filter, page_size, request.page_token()));
  RETURN_IF_ERROR(
      parts_.ledger->Audit(NoteOf(actor, v1::AUDIT_ACTION_VIEW_CASE)));
  for (v1::Case& one : page.cases) *response->add_cases() = std::move(one);
  response->set_next_page_token(page.next_page_token);
  return absl::OkStatus();
}

grpc::Status QuarantineService::GetCase(grpc::ServerContext* context,
                                        const v1::GetCaseRequest* request,
                                        v1::GetCaseResponse* response) {
  return Answer(
      "GetCase", context, Role::kReviewer, v1::AUDIT_ACTION_VIEW_CASE,
      [&](const Actor& actor) { return GetCase(actor, *request, response); });
}

absl::Status QuarantineService::GetCase(const Actor& actor,
                                        const v1::GetCaseRequest& request,
                                        v1::GetCaseResponse* response) {
  if (request.include_text() && !parts_.include_text) {
    return Error(Reason::kTextNotAllowed,
                 "`include_text` was set and this server does not allow it. "
                 "Leave it out, or change the configuration.");
  }
  ASSIGN_OR_RETURN(
      v1::Case found,
      parts_.ledger->GetCase(request.case_id(), request.include_text()));
  AuditNote note = NoteOf(actor, v1::AUDIT_ACTION_VIEW_CASE);
  note.case_id = found.case_id();
  note.study_instance_uid = found.study_instance_uid();
  RETURN_IF_ERROR(parts_.ledger->Audit(note));
  *response->mutable_quarantine_case() = std::move(found);
  return absl::OkStatus();
}

grpc::Status QuarantineService::GetEvidence(
    grpc::ServerContext* context, const v1::GetEvidenceRequest* request,
    v1::GetEvidenceResponse* response) {
  return Answer("GetEvidence", context, Role::kReviewer,
                v1::AUDIT_ACTION_VIEW_EVIDENCE, [&](const Actor& actor) {
                  return GetEvidence(actor, *request, response);
                });
}

absl::Status QuarantineService::GetEvidence(
    const Actor& actor, const v1::GetEvidenceRequest& request,
    v1::GetEvidenceResponse* response) {
  ASSIGN_OR_RETURN(const int max_side, MaxSideOf(request.max_side()));
  ASSIGN_OR_RETURN(const CaseFile file,
                   parts_.ledger->GetCaseFile(request.case_id(), actor.name));
  const v1::Case& found = file.quarantine_case;
  const auto finding =
      std::find_if(found.findings().begin(), found.findings().end(),
                   [&](const v1::Finding& one) {
                     return one.finding_id() == request.finding_id();
                   });
  if (finding == found.findings().end()) {
    return Error(Reason::kFindingNotFound,
                 "The case has no such finding. Get the case again.");
  }
  std::optional<int> frame;
  if (request.has_frame_index()) frame = request.frame_index();
  ASSIGN_OR_RETURN(Evidence shown,
                   parts_.evidence->Render(file, *finding, frame, max_side));
  const std::string digest = TextSha256(shown.png);
  RETURN_IF_ERROR(parts_.ledger->RecordEvidenceShown(
      actor, found.case_id(), found.decision().decision_id(),
      {finding->finding_id(), digest}));
  response->set_png(std::move(shown.png));
  response->set_evidence_sha256(digest);
  response->set_frame_index(shown.frame_index);
  response->set_scale(shown.scale);
  *response->mutable_finding() = *finding;
  return absl::OkStatus();
}

grpc::Status QuarantineService::ReleaseCase(
    grpc::ServerContext* context, const v1::ReleaseCaseRequest* request,
    v1::ReleaseCaseResponse* response) {
  return Answer("ReleaseCase", context, Role::kAdmin, std::nullopt,
                [&](const Actor& actor) -> absl::Status {
                  ASSIGN_OR_RETURN(*response->mutable_quarantine_case(),
                                   parts_.quarantine->Release(actor, *request));
                  return absl::OkStatus();
                });
}

grpc::Status QuarantineService::KeepCase(grpc::ServerContext* context,
                                         const v1::KeepCaseRequest* request,
                                         v1::KeepCaseResponse* response) {
  return Answer("KeepCase", context, Role::kAdmin, std::nullopt,
                [&](const Actor& actor) -> absl::Status {
                  ASSIGN_OR_RETURN(*response->mutable_quarantine_case(),
                                   parts_.quarantine->Keep(actor, *request));
                  return absl::OkStatus();
                });
}

grpc::Status QuarantineService::ListAuditEvents(
    grpc::ServerContext* context, const v1::ListAuditEventsRequest* request,
    v1::ListAuditEventsResponse* response) {
  return Answer("ListAuditEvents", context, Role::kAdmin,
                v1::AUDIT_ACTION_VIEW_AUDIT, [&](const Actor& actor) {
                  return ListAuditEvents(actor, *request, response);
                });
}

absl::Status QuarantineService::ListAuditEvents(
    const Actor& actor, const v1::ListAuditEventsRequest& request,
    v1::ListAuditEventsResponse* response) {
  ASSIGN_OR_RETURN(const AuditFilter filter, FilterOf(request));
  ASSIGN_OR_RETURN(const int page_size,
                   PageSizeOf(request.page_size(), kDefaultAuditEvents));
  ASSIGN_OR_RETURN(
      AuditPage page,
      parts_.ledger->ListAuditEvents(filter, page_size, request.page_token()));
  RETURN_IF_ERROR(
      parts_.ledger->Audit(NoteOf(actor, v1::AUDIT_ACTION_VIEW_AUDIT)));
  for (v1::AuditEvent& event : page.events) {
    *response->add_audit_events() = std::move(event);
  }
  response->set_next_page_token(page.next_page_token);
  return absl::OkStatus();
}

}  // namespace burntin
