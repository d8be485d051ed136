// The rows of cases, and what belongs to one.
#ifndef BURNTIN_SERVER_LEDGER_SQL_CASE_ROWS_H_
#define BURNTIN_SERVER_LEDGER_SQL_CASE_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/ledger/records.h"
#include "server/ledger/sql/rows.h"

namespace burntin {

// A row of `cases` with its latest decision.
struct CaseRow {
  int64_t case_number = 0;
  std::string case_id;
  int64_t version = 0;
  v1::CaseState state = v1::CASE_STATE_HELD;
  std::string study_instance_uid;
  v1::SessionLocation location;  // empty experiment_id: outside XNAT
  int64_t decision_number = 0;
  int64_t decision_round = 0;
  int64_t create_time_us = 0;
  int64_t update_time_us = 0;
  v1::Decision decision;
  int64_t findings_total = 0;
  bool findings_truncated = false;
};

// Appended to SELECT; ReadCaseRow reads what it gives.
std::string CaseColumns();
absl::StatusOr<CaseRow> ReadCaseRow(const SqlRow& row);

// CASE_NOT_FOUND.
absl::StatusOr<CaseRow> SelectCase(Connection* connection,
                                   const std::string& case_id);
absl::StatusOr<CaseRow> SelectCaseByNumber(Connection* connection,
                                           int64_t case_number);

// The latest case of a session; nothing if it has none.
absl::StatusOr<std::optional<CaseRow>> SelectLatestCase(
    Connection* connection, const std::string& study_instance_uid,
    const std::string& experiment_id);

// The name of a case's version.
std::string EtagOf(const CaseRow& row);

// The contract's form, with resolutions and without findings. In the order of
// `rows`.
absl::StatusOr<std::vector<v1::Case>> ToCases(Connection* connection,
                                              const std::vector<CaseRow>& rows);
absl::StatusOr<v1::Case> ToCase(Connection* connection, const CaseRow& row);

// The findings of a case's latest decision, and which have no picture.
struct CaseFindings {
  std::vector<v1::Finding> findings;
  std::vector<std::string> without_picture;
};
absl::StatusOr<CaseFindings> SelectFindings(Connection* connection,
                                            int64_t decision_number,
                                            bool include_text);

// See Ledger::GetCaseFile.
absl::StatusOr<CaseFile> SelectCaseFile(Connection* connection,
                                        const std::string& case_id,
                                        const std::string& viewer);

// See Ledger::RecordEvidenceShown.
absl::Status InsertEvidenceView(const Write& write, const Actor& actor,
                                const std::string& case_id,
                                const std::string& decision_id,
                                const EvidenceView& view);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_CASE_ROWS_H_
