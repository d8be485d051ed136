// What has to be true before a case may be released. Pure: it looks at a case
// file of one moment; the ledger then takes the step only if the case is still
// the same.
#ifndef BURNTIN_SERVER_QUARANTINE_RELEASE_RULES_H_
#define BURNTIN_SERVER_QUARANTINE_RELEASE_RULES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "burntin/v1/quarantine_service.pb.h"
#include "server/ledger/records.h"

namespace burntin {

struct ReleasePolicy {
  std::string quarantine_project = "QUARANTINE";
  int approvers = 1;  // 1 or 2
};

// A release as it is asked for.
struct ReleaseWish {
  std::string approver;
  std::string etag;
  std::string target_project;
  std::vector<v1::Acknowledgement> acknowledgements;
};

// The step that the release is: kApprove, or kBeginMove if enough admins have
// approved. Otherwise the first of these that is so:
// - CASE_ALREADY_DECIDED: it is released, being released, or kept;
// - CASE_CHANGED: the etag is not the case's;
// - TARGET_PROJECT_UNKNOWN: the target is the quarantine project;
// - FINDINGS_TRUNCATED: there are findings that nobody can see;
// - FINDING_NOT_FOUND: an acknowledged one is not among the case's;
// - FINDINGS_NOT_ACKNOWLEDGED: one is not acknowledged;
// - EVIDENCE_NOT_SHOWN: the acknowledged picture of a finding was not shown to
//   the approver since the session was last decided, or it has none and a
//   picture can be shown;
// - SECOND_APPROVER_NEEDED: the approver has approved before;
// - TARGET_DIFFERS: from that of the first approver.
// `file.shown` is what the approver was shown.
absl::StatusOr<CaseStep> CheckRelease(const CaseFile& file,
                                      const ReleaseWish& wish,
                                      const ReleasePolicy& policy);

// CASE_ALREADY_DECIDED, CASE_CHANGED.
absl::Status CheckKeep(const v1::Case& quarantine_case,
                       const std::string& etag);

}  // namespace burntin

#endif  // BURNTIN_SERVER_QUARANTINE_RELEASE_RULES_H_
