// What the statements of the ledger share: messages as JSON, numbers of new
// rows, and the moment of a write.
#ifndef BURNTIN_SERVER_LEDGER_SQL_ROWS_H_
#define BURNTIN_SERVER_LEDGER_SQL_ROWS_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ledger/sql/connection.h"

namespace burntin {

// A transaction that writes, and its time.
struct Write {
  Connection* connection = nullptr;
  int64_t now_us = 0;

  Connection* operator->() const { return connection; }
};

// One row at most; LEDGER_DAMAGED if there are more.
absl::StatusOr<std::optional<SqlRow>> RunForOne(Connection* connection,
                                                std::string_view sql,
                                                const SqlValues& values);

// A statement without an answer.
absl::Status RunOnly(Connection* connection, std::string_view sql,
                     const SqlValues& values);

// The number of the next row of a table.
absl::StatusOr<int64_t> NextNumber(Connection* connection,
                                   const std::string& table,
                                   const std::string& column);

// Inserts rows of equally many values, many in one statement.
absl::Status InsertRows(Connection* connection, const std::string& table,
                        const std::vector<SqlValues>& rows);

// Proto3 JSON on one line, and back. INTERNAL_FAILURE, and LEDGER_DAMAGED.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);
absl::Status FromJson(const std::string& json,
                      google::protobuf::Message* message);

// What to answer for a row that cannot be read.
absl::Status DamagedRow();

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_ROWS_H_
