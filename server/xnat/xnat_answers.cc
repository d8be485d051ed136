#include "server/xnat/xnat_answers.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "detector/base/error.h"

namespace burntin {
namespace {

using ::nlohmann::json;

absl::Status NotAsItShouldBe() {
  return Error(Reason::kXnatUnavailable,
               "XNAT's answer is not of the form that its REST interface has. "
               "Check that xnat.url is XNAT's address.");
}

// The member of an object; nothing if `value` is no object or has none.
const json* Member(const json* value, const char* name) {
  if (value == nullptr || !value->is_object()) return nullptr;
  const auto found = value->find(name);
  return found == value->end() ? nullptr : &*found;
}

std::string TextOf(const json* value) {
  if (value == nullptr) return "";
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number() || value->is_boolean()) return value->dump();
  return "";
}

}  // namespace

absl::StatusOr<XnatItem> ParseXnatItem(const std::string& text) {
  const json root = json::parse(text, nullptr, /*allow_exceptions=*/false);
  const json* items = Member(&root, "items");
  if (items == nullptr || !items->is_array() || items->size() != 1) {
    return NotAsItShouldBe();
  }
  const json* fields = Member(&items->front(), "data_fields");
  XnatItem item;
  item.id = TextOf(Member(fields, "ID"));
  item.project = TextOf(Member(fields, "project"));
  item.subject_id = TextOf(Member(fields, "subject_ID"));
  item.label = PhiText(TextOf(Member(fields, "label")));
  if (item.id.empty()) return NotAsItShouldBe();
  return item;
}

absl::StatusOr<std::vector<XnatRow>> ParseXnatRows(const std::string& text) {
  const json root = json::parse(text, nullptr, /*allow_exceptions=*/false);
  const json* set = Member(&root, "ResultSet");
  const json* result = Member(set, "Result");
  if (result == nullptr || !result->is_array()) return NotAsItShouldBe();
  const json* total = Member(set, "totalRecords");
  if (total != nullptr && TextOf(total) != std::to_string(result->size())) {
    return NotAsItShouldBe();
  }
  std::vector<XnatRow> rows;
  for (const json& entry : *result) {
    if (!entry.is_object()) return NotAsItShouldBe();
    XnatRow row;
    for (const auto& [name, value] : entry.items()) row[name] = TextOf(&value);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace burntin
