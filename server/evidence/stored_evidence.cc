#include "server/evidence/stored_evidence.h"

#include <algorithm>
#include <set>
#include <string>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

absl::Status NotKept() {
  return Error(Reason::kEvidenceUnavailable,
               "No picture of the finding was kept when its object was "
               "inspected. Have the session inspected and decided again; keep "
               "the case otherwise.");
}

}  // namespace

absl::StatusOr<Evidence> StoredEvidence::Render(const CaseFile& file,
                                                const v1::Finding& finding,
                                                std::optional<int> frame_index,
                                                int max_side) {
  const auto found = file.evidence.find(finding.finding_id());
  if (found == file.evidence.end()) return NotKept();
  const EvidenceReference& kept = found->second;
  if (frame_index && *frame_index != kept.frame_index) {
    return Error(Reason::kEvidenceUnavailable,
                 "Of each finding one frame was kept, and this is another. "
                 "Leave `frame_index` out.");
  }
  RenderedFrame picture;
  ASSIGN_OR_RETURN(picture.png, store_->Read(kept.sha256));
  picture.scale =
      static_cast<double>(kept.picture_side) / std::max(kept.frame_side, 1);
  if (kept.picture_side > max_side) {
    ASSIGN_OR_RETURN(picture,
                     shrink_(std::move(picture), max_side, kMostPictureBytes));
  }
  return Evidence{std::move(picture.png), kept.frame_index, picture.scale};
}

absl::Status StoredEvidence::CheckKept(const CaseFile& file) {
  const std::set<std::string> without_picture(
      file.findings_without_picture.begin(),
      file.findings_without_picture.end());
  std::set<std::string> digests;
  for (const v1::Finding& finding : file.quarantine_case.findings()) {
    if (without_picture.contains(finding.finding_id())) continue;
    const auto kept = file.evidence.find(finding.finding_id());
    if (kept == file.evidence.end()) return NotKept();
    digests.insert(kept->second.sha256);
  }
  for (const std::string& digest : digests) {
    RETURN_IF_ERROR(store_->Read(digest).status());
  }
  return absl::OkStatus();
}

}  // namespace burntin
