#include "server/quarantine_service/refusal_audit.h"

#include <string>

#include "detector/base/error.h"

namespace burntin {
namespace {

std::string NameOfReason(const absl::Status& status) {
  return std::string(
      ReasonName(ReasonOf(status).value_or(Reason::kInternalFailure)));
}

}  // namespace

void AuditRefusal(const Refusal& refusal, Ledger* ledger, Log* log) {
  AuditNote note;
  note.actor = {refusal.known_as.empty() ? "unknown" : refusal.known_as, "",
                refusal.peer_address};
  note.action = v1::AUDIT_ACTION_REFUSE_CALLER;
  note.outcome = v1::AUDIT_OUTCOME_FAILURE;
  note.error_code = NameOfReason(refusal.why);
  const absl::Status audited = ledger->Audit(note);
  if (audited.ok()) return;
  log->Write(LogLevel::kError, "refusal_not_audited",
             {{"method", refusal.method}, {"reason", NameOfReason(audited)}});
}

}  // namespace burntin
