// The contract's list requests as the ledger's filters. Pure.
#ifndef BURNTIN_SERVER_QUARANTINE_SERVICE_REQUESTS_H_
#define BURNTIN_SERVER_QUARANTINE_SERVICE_REQUESTS_H_

#include "absl/status/statusor.h"
#include "burntin/v1/quarantine_service.pb.h"
#include "server/ledger/records.h"

namespace burntin {

// INVALID_ARGUMENT if a field breaks its comment, or names a state or verdict
// that this version does not know: a list must not look complete and lack
// some.
absl::StatusOr<CaseFilter> FilterOf(const v1::ListCasesRequest& request);
absl::StatusOr<AuditFilter> FilterOf(const v1::ListAuditEventsRequest& request);

// 0 is the default, above 1,000 is 1,000; INVALID_ARGUMENT below 0.
absl::StatusOr<int> PageSizeOf(int asked, int by_default);

// `max_side` of GetEvidence: 0 is 1,600; INVALID_ARGUMENT outside [0, 4096].
absl::StatusOr<int> MaxSideOf(int asked);

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_SERVICE_REQUESTS_H_
