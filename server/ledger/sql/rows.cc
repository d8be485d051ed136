#include "server/ledger/sql/rows.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr size_t kRowsPerInsert = 200;

// "($1, $2), ($3, $4)".
std::string Places(size_t rows, size_t columns) {
  std::string text;
  size_t number = 0;
  for (size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (size_t column = 0; column < columns; ++column) {
      text += (column == 0 ? "$" : ", $") + std::to_string(++number);
    }
    text += ")";
  }
  return text;
}

}  // namespace

absl::StatusOr<std::optional<SqlRow>> RunForOne(Connection* connection,
                                                std::string_view sql,
                                                const SqlValues& values) {
  ASSIGN_OR_RETURN(SqlRows rows, connection->Run(sql, values));
  if (rows.size() > 1) return DamagedRow();
  if (rows.empty()) return std::optional<SqlRow>();
  return std::optional<SqlRow>(std::move(rows.front()));
}

absl::Status RunOnly(Connection* connection, std::string_view sql,
                     const SqlValues& values) {
  return connection->Run(sql, values).status();
}

absl::StatusOr<int64_t> NextNumber(Connection* connection,
                                   const std::string& table,
                                   const std::string& column) {
  ASSIGN_OR_RETURN(const auto row, RunForOne(connection,
                                             "SELECT COALESCE(MAX(" + column +
                                                 "), 0) + 1 FROM " + table,
                                             {}));
  if (!row) return DamagedRow();
  return row->Int(0);
}

absl::Status InsertRows(Connection* connection, const std::string& table,
                        const std::vector<SqlValues>& rows) {
  for (size_t first = 0; first < rows.size(); first += kRowsPerInsert) {
    const size_t count = std::min(kRowsPerInsert, rows.size() - first);
    SqlValues values;
    for (size_t i = first; i < first + count; ++i) {
      values.insert(values.end(), rows[i].begin(), rows[i].end());
    }
    RETURN_IF_ERROR(RunOnly(
        connection,
        "INSERT INTO " + table + " VALUES " + Places(count, rows[first].size()),
        values));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json).ok()) {
    return Error(Reason::kInternalFailure,
                 "A record could not be written as JSON. Report it with the "
                 "log.");
  }
  return json;
}

absl::Status FromJson(const std::string& json,
                      google::protobuf::Message* message) {
  // A field of a later version is passed over, so that it can be gone back
  // from.
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (google::protobuf::util::JsonStringToMessage(json, message, options)
          .ok()) {
    return absl::OkStatus();
  }
  return DamagedRow();
}

absl::Status DamagedRow() {
  return Error(Reason::kLedgerDamaged,
               "A record of the ledger cannot be read. Run burntin audit "
               "verify, and restore a backup if it is damaged.");
}

}  // namespace burntin
