#include "server/quarantine/release_rules.h"

#include <algorithm>
#include <map>
#include <set>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/case_state.h"

namespace burntin {
namespace {

absl::Status CheckOpen(const v1::Case& quarantine_case,
                       const std::string& etag) {
  if (!IsOpen(quarantine_case.state())) {
    return Error(Reason::kCaseAlreadyDecided,
                 "The case is released, being released, or kept. Get the case "
                 "to see the decision.");
  }
  if (quarantine_case.etag() != etag) {
    return Error(Reason::kCaseChanged,
                 "The case has changed since it was read. Get the case, look "
                 "again, and decide with its `etag`.");
  }
  return absl::OkStatus();
}

absl::Status NotShown() {
  return Error(Reason::kEvidenceNotShown,
               "An acknowledged picture was not shown to you since the session "
               "was decided. Get the evidence of each finding and look at it.");
}

// Acknowledgements by finding, each for a finding of the case.
absl::StatusOr<std::map<std::string, std::string>> ByFinding(
    const v1::Case& quarantine_case, const ReleaseWish& wish) {
  std::set<std::string> known;
  for (const v1::Finding& finding : quarantine_case.findings()) {
    known.insert(finding.finding_id());
  }
  std::map<std::string, std::string> digests;
  for (const v1::Acknowledgement& one : wish.acknowledgements) {
    if (!known.contains(one.finding_id())) {
      return Error(Reason::kFindingNotFound,
                   "The case has not each acknowledged finding. Get the case "
                   "again.");
    }
    digests[one.finding_id()] = one.evidence_sha256();
  }
  return digests;
}

absl::Status CheckEvidence(const CaseFile& file, const ReleaseWish& wish) {
  ASSIGN_OR_RETURN(const auto digests, ByFinding(file.quarantine_case, wish));
  if (digests.size() !=
      static_cast<size_t>(file.quarantine_case.findings_size())) {
    return Error(Reason::kFindingsNotAcknowledged,
                 "At least one finding is not acknowledged. Look at all "
                 "findings and acknowledge each.");
  }
  const std::set<std::string> without_picture(
      file.findings_without_picture.begin(),
      file.findings_without_picture.end());
  std::set<std::pair<std::string, std::string>> shown;
  for (const EvidenceView& view : file.shown) {
    shown.emplace(view.finding_id, view.evidence_sha256);
  }
  for (const auto& [finding, digest] : digests) {
    const bool needs_none = digest.empty() && without_picture.contains(finding);
    if (!needs_none && !shown.contains({finding, digest})) return NotShown();
  }
  return absl::OkStatus();
}

absl::StatusOr<CaseStep> CheckApprovers(const CaseFile& file,
                                        const ReleaseWish& wish,
                                        const ReleasePolicy& policy) {
  std::set<std::string> approvers = {wish.approver};
  for (const v1::Resolution& approval : file.approvals) {
    if (approval.actor() == wish.approver) {
      return Error(Reason::kSecondApproverNeeded,
                   "You have approved this release already. Have another "
                   "admin release the case.");
    }
    if (approval.target_project() != wish.target_project) {
      return Error(Reason::kTargetDiffers,
                   "The first approver chose another target. Agree on one; "
                   "keep the case otherwise.");
    }
    approvers.insert(approval.actor());
  }
  const bool enough =
      approvers.size() >= static_cast<size_t>(std::max(policy.approvers, 1));
  return enough ? CaseStep::kBeginMove : CaseStep::kApprove;
}

}  // namespace

absl::StatusOr<CaseStep> CheckRelease(const CaseFile& file,
                                      const ReleaseWish& wish,
                                      const ReleasePolicy& policy) {
  RETURN_IF_ERROR(CheckOpen(file.quarantine_case, wish.etag));
  if (wish.target_project == policy.quarantine_project) {
    return Error(Reason::kTargetProjectUnknown,
                 "The target is the quarantine project. Name another project, "
                 "or keep the case.");
  }
  if (file.findings_truncated || file.quarantine_case.findings_total() !=
                                     file.quarantine_case.findings_size()) {
    return Error(Reason::kFindingsTruncated,
                 "The case has more findings than can be listed, so not all "
                 "can be seen. Keep it, and split the session in its archive.");
  }
  RETURN_IF_ERROR(CheckEvidence(file, wish));
  return CheckApprovers(file, wish, policy);
}

absl::Status CheckKeep(const v1::Case& quarantine_case,
                       const std::string& etag) {
  return CheckOpen(quarantine_case, etag);
}

}  // namespace burntin
