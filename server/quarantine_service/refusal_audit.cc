#include "server/quarantine_service/refusal_audit.h"

#include <string>

#include "detector/base/error.h"

namespace burntin {
namespace {

// So that what is remembered is bounded, whoever calls.
constexpr size_t kMostFullGroups = FailureLimiter::kMaxGroups;

std::string NameOfReason(const absl::Status& status) {
  return std::string(
      ReasonName(ReasonOf(status).value_or(Reason::kInternalFailure)));
}

}  // namespace

RefusalAudit::Share RefusalAudit::ShareOf(const Refusal& refusal) {
  const std::string group = PeerGroup(refusal.peer_address);
  const bool has_room = limiter_.Take(group, clock_());
  const MutexLock lock(&mutex_);
  if (has_room) {
    full_.erase(group);
    return Share::kRecord;
  }
  if (full_.contains(group) || full_.size() >= kMostFullGroups) {
    return Share::kLeaveOut;
  }
  full_.insert(group);
  return Share::kTooMany;
}

void RefusalAudit::Record(const Refusal& refusal) {
  const Share share = ShareOf(refusal);
  if (share == Share::kLeaveOut) return;
  AuditNote note;
  note.actor = {refusal.known_as.empty() ? "unknown" : refusal.known_as, "",
                refusal.peer_address};
  note.action = v1::AUDIT_ACTION_REFUSE_CALLER;
  note.outcome = v1::AUDIT_OUTCOME_FAILURE;
  note.error_code = share == Share::kRecord
                        ? NameOfReason(refusal.why)
                        : std::string(ReasonName(Reason::kTooManyFailures));
  const absl::Status audited = ledger_->Audit(note);
  if (audited.ok()) return;
  log_->Write(LogLevel::kError, "refusal_not_audited",
              {{"method", refusal.method}, {"reason", NameOfReason(audited)}});
}

}  // namespace burntin
