// Refused callers in the audit trail.
#ifndef BURNTIN_SERVER_QUARANTINE_SERVICE_REFUSAL_AUDIT_H_
#define BURNTIN_SERVER_QUARANTINE_SERVICE_REFUSAL_AUDIT_H_

#include "server/identity/entrance.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"

namespace burntin {

// Records that the entrance has refused a call. The call is refused whether or
// not that works; if it does not, the log says so. Thread-safe.
void AuditRefusal(const Refusal& refusal, Ledger* ledger, Log* log);

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_SERVICE_REFUSAL_AUDIT_H_
