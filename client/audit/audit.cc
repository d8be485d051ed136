#include "client/audit/audit.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <vector>

#include "client/audit/audit_message.h"
#include "client/output/checked_stream.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/ledger.h"

namespace burntin {
namespace {

constexpr int kEntriesAtATime = 1'000;
constexpr size_t kDigestDigits = 64;

absl::StatusOr<std::optional<AuditHead>> ParseHead(const std::string& text) {
  if (text.empty()) return std::optional<AuditHead>();
  AuditHead head;
  const size_t colon = text.find(':');
  const char* end = text.data() + std::min(colon, text.size());
  const auto [parsed_to, error] =
      std::from_chars(text.data(), end, head.sequence);
  if (colon == std::string::npos || error != std::errc() || parsed_to != end ||
      head.sequence < 0 || text.size() != colon + 1 + kDigestDigits) {
    return Error(Reason::kInvalidArgument,
                 "--expect-head needs NUMBER:SHA256, as `burntin audit "
                 "verify` printed it.");
  }
  head.entry_sha256 = text.substr(colon + 1);
  return std::optional<AuditHead>(std::move(head));
}

int Fail(const absl::Status& status, std::ostream* err) {
  *err << "burntin: " << status.message() << "\n";
  return kTrailUnread;
}

int Report(const TrailVerdict& verdict, std::ostream* err) {
  *err << "burntin: entry " << *verdict.broken_sequence
       << " of the audit trail is broken. " << verdict.fault << " "
       << verdict.head.sequence << " entries before it are whole.\n";
  return kTrailBroken;
}

struct Checked {
  std::unique_ptr<AuditTrail> trail;
  TrailVerdict verdict;
};

absl::StatusOr<Checked> Check(const AuditArguments& arguments) {
  ASSIGN_OR_RETURN(const auto anchor, ParseHead(arguments.expected_head));
  Checked checked;
  ASSIGN_OR_RETURN(checked.trail, OpenAuditTrail(arguments.ledger));
  ASSIGN_OR_RETURN(checked.verdict, VerifyTrail(checked.trail.get(), anchor));
  return checked;
}

// The entries up to the one that was proven last.
absl::Status Write(const AuditArguments& arguments, Checked* checked,
                   std::ostream* out) {
  int64_t last = std::max(arguments.from, int64_t{1}) - 1;
  while (last < checked->verdict.head.sequence) {
    ASSIGN_OR_RETURN(const std::vector<SealedEntry> entries,
                     checked->trail->ReadEntries(last, kEntriesAtATime));
    if (entries.empty()) {
      return Error(Reason::kLedgerDamaged,
                   "Entries of the audit trail vanished while they were read. "
                   "Run burntin audit verify.");
    }
    for (const SealedEntry& entry : entries) {
      ASSIGN_OR_RETURN(const v1::AuditEvent event, Unseal(entry));
      ASSIGN_OR_RETURN(
          const std::string xml,
          AuditMessageXml(event, arguments.source, arguments.include_reasons));
      *out << xml << "\n";
      last = entry.sequence;
    }
  }
  return FlushChecked(out);
}

}  // namespace

int VerifyAudit(const AuditArguments& arguments, std::ostream* out,
                std::ostream* err) {
  const absl::StatusOr<Checked> checked = Check(arguments);
  if (!checked.ok()) return Fail(checked.status(), err);
  const TrailVerdict& verdict = checked->verdict;
  if (verdict.broken_sequence) return Report(verdict, err);
  *out << verdict.head.sequence << ":" << verdict.head.entry_sha256 << "\n";
  const absl::Status written = FlushChecked(out);
  if (!written.ok()) return Fail(written, err);
  *err << "burntin: " << verdict.head.sequence
       << " entries, all whole. Note the line above down elsewhere: "
          "--expect-head proves later that none of them was written anew.\n";
  return kTrailWhole;
}

int ExportAudit(const AuditArguments& arguments, std::ostream* out,
                std::ostream* err) {
  absl::StatusOr<Checked> checked = Check(arguments);
  if (!checked.ok()) return Fail(checked.status(), err);
  if (checked->verdict.broken_sequence) return Report(checked->verdict, err);
  const absl::Status written = Write(arguments, &*checked, out);
  return written.ok() ? kTrailWhole : Fail(written, err);
}

}  // namespace burntin
