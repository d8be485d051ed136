#include "server/xnat/session_contents.h"

#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/xnat/move_errors.h"
#include "server/xnat/xnat_answers.h"
#include "server/xnat/xnat_report_store.h"
#include "server/xnat/xnat_url.h"

namespace burntin {
namespace {

constexpr int kOk = 200;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr char kSnapshots[] = "SNAPSHOTS";

absl::StatusOr<std::vector<XnatRow>> GetRows(XnatConnection* connection,
                                             const std::string& path) {
  ASSIGN_OR_RETURN(const HttpAnswer answer,
                   connection->Get(path + "?format=json"));
  if (answer.status == kNotFound) {
    return Error(Reason::kSessionNotFound,
                 "XNAT lists no files of the session to burntind's account. "
                 "Look for it in XNAT.");
  }
  if (answer.status == kForbidden) return Refused();
  if (answer.status != kOk) return Unexpected(answer.status);
  return ParseXnatRows(answer.body);
}

// Empty where there is no such field.
std::string Field(const XnatRow& row, const char* name) {
  const auto found = row.find(name);
  return found == row.end() ? "" : found->second;
}

}  // namespace

absl::StatusOr<int> CountSessionObjects(XnatConnection* connection,
                                        const std::string& experiment_id) {
  const std::string session = "/data/experiments/" + EscapeUrl(experiment_id);
  ASSIGN_OR_RETURN(const std::vector<XnatRow> resources,
                   GetRows(connection, session + "/resources"));
  for (const XnatRow& resource : resources) {
    if (Field(resource, "label") == kReportResource) continue;
    return Error(Reason::kSessionIncomplete,
                 "The session holds files beside its scans, which nobody "
                 "inspects. Have an admin release it.");
  }
  ASSIGN_OR_RETURN(const std::vector<XnatRow> files,
                   GetRows(connection, session + "/scans/ALL/files"));
  int objects = 0;
  for (const XnatRow& file : files) {
    objects += Field(file, "collection") == kSnapshots ? 0 : 1;
  }
  return objects;
}

}  // namespace burntin
