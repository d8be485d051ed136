// What the contract says about the fields of a release and of a keep, and the
// digest by which a repeated request is known. Pure.
#ifndef BURNTIN_SERVER_QUARANTINE_REQUEST_CHECKS_H_
#define BURNTIN_SERVER_QUARANTINE_REQUEST_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "burntin/v1/quarantine_service.pb.h"
#include "server/ledger/records.h"

namespace burntin {

// INVALID_ARGUMENT if a field breaks its comment.
absl::Status CheckRequest(const v1::ReleaseCaseRequest& request);
absl::Status CheckRequest(const v1::KeepCaseRequest& request);

// SHA-256 over all fields: equal only for requests that are equal in each.
std::string RequestSha256(const v1::ReleaseCaseRequest& request);
std::string RequestSha256(const v1::KeepCaseRequest& request);
std::string RequestSha256(const CaseDecision& decision);

// What of an ID that a caller sent goes into the audit trail: nothing if it is
// too long to be one, or holds what no ID holds.
std::string AuditedId(const std::string& id);

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_REQUEST_CHECKS_H_
