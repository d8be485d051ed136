#include "server/ledger/sql/request_rows.h"

#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {

absl::StatusOr<std::optional<RequestRow>> SelectRequestRow(
    Connection* connection, const std::string& actor,
    const std::string& request_id, const std::string& request_sha256) {
  ASSIGN_OR_RETURN(
      const auto found,
      RunForOne(connection,
                "SELECT request_sha256, case_number, operation_id, "
                "retry_version, phi_answer_json FROM requests "
                "WHERE actor = $1 AND request_id = $2",
                {actor, request_id}));
  if (!found) return std::optional<RequestRow>();
  if (found->Text(0) != request_sha256) {
    return Error(Reason::kInvalidArgument,
                 "`request_id` was used for another request. Choose a new "
                 "one for each.");
  }
  RequestRow row;
  row.actor = actor;
  row.request_id = request_id;
  row.request_sha256 = request_sha256;
  row.case_number = found->Int(1);
  row.operation_id = found->Text(2);
  row.retry_version = found->Int(3);
  if (const std::string json = found->Text(4); !json.empty()) {
    row.answer.emplace();
    RETURN_IF_ERROR(FromJson(json, &*row.answer));
  }
  if (found->damaged()) return DamagedRow();
  return std::optional<RequestRow>(std::move(row));
}

absl::Status PutRequestRow(const Write& write, const RequestRow& row) {
  std::string json;
  if (row.answer) {
    ASSIGN_OR_RETURN(json, ToJson(*row.answer));
  }
  return RunOnly(
      write.connection,
      "INSERT INTO requests VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
      "ON CONFLICT (actor, request_id) DO UPDATE SET "
      "operation_id = excluded.operation_id, "
      "retry_version = excluded.retry_version, "
      "phi_answer_json = excluded.phi_answer_json, "
      "request_time = excluded.request_time",
      {row.actor, row.request_id, row.request_sha256, row.case_number,
       row.operation_id, row.retry_version, json, write.now_us});
}

absl::Status AnswerRequestOfMove(const Write& write,
                                 const std::string& operation_id,
                                 const std::optional<v1::Case>& answer,
                                 int64_t retry_version) {
  std::string json;
  if (answer) {
    ASSIGN_OR_RETURN(json, ToJson(*answer));
  }
  return RunOnly(write.connection,
                 "UPDATE requests SET phi_answer_json = $1, retry_version = $2 "
                 "WHERE operation_id = $3",
                 {json, retry_version, operation_id});
}

}  // namespace burntin
