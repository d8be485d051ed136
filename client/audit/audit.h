// `burntin audit`: proves the audit trail of a ledger, and writes it as DICOM
// audit messages. Opens the ledger without changing it, also beside a server.
#ifndef BURNTIN_CLIENT_AUDIT_AUDIT_H_
#define BURNTIN_CLIENT_AUDIT_AUDIT_H_

#include <cstdint>
#include <ostream>
#include <string>

namespace burntin {

struct AuditArguments {
  // A path, or how libpq finds a PostgreSQL database.
  std::string ledger;
  // "SEQUENCE:SHA256" as an earlier verify printed it; empty: none.
  std::string expected_head;
  int64_t from = 1;                // first entry to export
  std::string source = "burntin";  // AuditSourceID of the messages
  bool include_reasons = false;    // export admins' words, which may hold PHI
};

// Exit status of both: 0 the trail is whole, 1 it is broken, 2 it could not be
// read or written.
inline constexpr int kTrailWhole = 0;
inline constexpr int kTrailBroken = 1;
inline constexpr int kTrailUnread = 2;

// Proves every entry. Prints the head to `out`, as --expect-head takes it, or
// the number of the first broken entry.
int VerifyAudit(const AuditArguments& arguments, std::ostream* out,
                std::ostream* err);

// Proves the trail, and only if it is whole writes one AuditMessage for each
// entry to `out`, one on a line.
int ExportAudit(const AuditArguments& arguments, std::ostream* out,
                std::ostream* err);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_AUDIT_AUDIT_H_
