#include "client/session/session_request.h"

#include <map>
#include <set>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr size_t kMostUidBytes = 64;

bool IsUid(const std::string& text) {
  return !text.empty() && text.size() <= kMostUidBytes;
}

absl::StatusOr<std::string> StudyOf(const std::vector<InspectedFile>& files) {
  std::map<std::string, int> studies;
  for (const InspectedFile& file : files) {
    const std::string& study = file.report.study_instance_uid();
    if (IsUid(study)) ++studies[study];
  }
  std::string most;
  for (const auto& [study, count] : studies) {
    if (most.empty() || count > studies[most]) most = study;
  }
  if (!most.empty()) return most;
  return Error(Reason::kInvalidArgument,
               "No file names a study, so no server can decide the session. "
               "Keep it in quarantine and look at it by hand.");
}

}  // namespace

absl::StatusOr<v1::DecideSessionRequest> MakeRequest(
    const std::vector<InspectedFile>& files,
    const v1::SessionLocation& location) {
  v1::DecideSessionRequest request;
  ASSIGN_OR_RETURN(*request.mutable_study_instance_uid(), StudyOf(files));
  if (!location.project().empty() || !location.experiment_id().empty()) {
    *request.mutable_location() = location;
  }
  request.set_instances_expected(static_cast<int>(files.size()));
  std::set<std::pair<std::string, std::string>> listed;
  for (const InspectedFile& file : files) {
    const std::string& uid = file.report.sop_instance_uid();
    if (!IsUid(uid) || file.sha256.empty()) continue;
    if (!listed.emplace(uid, file.sha256).second) continue;
    v1::InstanceRef* instance = request.add_instances();
    instance->set_sop_instance_uid(uid);
    instance->set_sha256(file.sha256);
  }
  return request;
}

}  // namespace burntin
