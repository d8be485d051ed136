// audit: the ledger's audit trail for people and for other programs.
//
// An entry of the trail as a DICOM audit message, PS3.15 annex A.5: one
// AuditMessage element. Pure.
#ifndef BURNTIN_CLIENT_AUDIT_AUDIT_MESSAGE_H_
#define BURNTIN_CLIENT_AUDIT_AUDIT_MESSAGE_H_

#include <string>

#include "absl/status/statusor.h"
#include "burntin/v1/audit.pb.h"

namespace burntin {

// On one line, without an XML declaration. What PS3.15 has no place for
// (action, outcome, digests, reason) is in ParticipantObjectDetail, base64 as
// the schema asks. `source_id` names the machine that kept the trail. With
// `include_reasons` the admin's words are in it, which may hold PHI.
// INTERNAL_FAILURE if the XML library fails.
absl::StatusOr<std::string> AuditMessageXml(const v1::AuditEvent& event,
                                            const std::string& source_id,
                                            bool include_reasons);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_AUDIT_AUDIT_MESSAGE_H_
