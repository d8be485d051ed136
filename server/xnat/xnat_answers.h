// What XNAT's JSON says, read strictly: an answer that is not of the known
// form is an error, never an empty list. Pure functions.
#ifndef BURNTIN_SERVER_XNAT_XNAT_ANSWERS_H_
#define BURNTIN_SERVER_XNAT_XNAT_ANSWERS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/phi_text.h"

namespace burntin {

// A project, subject or experiment. Fields that XNAT leaves out are empty.
struct XnatItem {
  std::string id;
  std::string project;
  std::string subject_id;
  PhiText label;
};

// The first item of {"items": [{"data_fields": {...}}]}. Fails with
// XNAT_UNAVAILABLE if there is none, or it has no ID.
absl::StatusOr<XnatItem> ParseXnatItem(const std::string& json);

// A row of a table. Sites' labels may be in it, so it never reaches a log.
using XnatRow = std::map<std::string, std::string>;

// The rows of {"ResultSet": {"Result": [{...}], "totalRecords": "1"}}. Numbers
// become text. Fails with XNAT_UNAVAILABLE if the total is not the number of
// rows.
absl::StatusOr<std::vector<XnatRow>> ParseXnatRows(const std::string& json);

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_XNAT_ANSWERS_H_
