// The rows of the audit trail.
#ifndef BURNTIN_SERVER_LEDGER_SQL_AUDIT_ROWS_H_
#define BURNTIN_SERVER_LEDGER_SQL_AUDIT_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/ledger/audit_trail.h"
#include "server/ledger/records.h"
#include "server/ledger/sql/rows.h"

namespace burntin {

// An entry without its number and time.
v1::AuditEvent EventBy(const Actor& actor, v1::AuditAction action,
                       v1::AuditOutcome outcome);

// Adds an entry at the end of the trail, with the number and time that it has
// there.
absl::Status AppendAudit(const Write& write, v1::AuditEvent event);

absl::StatusOr<std::vector<SealedEntry>> SelectEntries(Connection* connection,
                                                       int64_t after_sequence,
                                                       int limit);

absl::StatusOr<AuditHead> SelectHead(Connection* connection);

absl::StatusOr<AuditPage> SelectAuditPage(Connection* connection,
                                          const std::string& secret,
                                          const AuditFilter& filter,
                                          int page_size,
                                          const std::string& page_token);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_AUDIT_ROWS_H_
