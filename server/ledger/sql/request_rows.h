// The rows of requests that changed a case.
#ifndef BURNTIN_SERVER_LEDGER_SQL_REQUEST_ROWS_H_
#define BURNTIN_SERVER_LEDGER_SQL_REQUEST_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "burntin/v1/quarantine_service.pb.h"
#include "server/ledger/sql/rows.h"

namespace burntin {

struct RequestRow {
  std::string actor;
  std::string request_id;
  std::string request_sha256;
  int64_t case_number = 0;
  std::string operation_id;
  int64_t retry_version = 0;
  std::optional<v1::Case> answer;
};

// Nothing if the actor had no request of that name; INVALID_ARGUMENT if it had
// another digest.
absl::StatusOr<std::optional<RequestRow>> SelectRequestRow(
    Connection* connection, const std::string& actor,
    const std::string& request_id, const std::string& request_sha256);

// Adds the row, or writes over an earlier one of that name.
absl::Status PutRequestRow(const Write& write, const RequestRow& row);

// Gives the request that began a move its answer, or its `retry_version`.
absl::Status AnswerRequestOfMove(const Write& write,
                                 const std::string& operation_id,
                                 const std::optional<v1::Case>& answer,
                                 int64_t retry_version);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_REQUEST_ROWS_H_
