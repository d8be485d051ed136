// The rows of decisions about sessions.
#ifndef BURNTIN_SERVER_LEDGER_SQL_DECISION_ROWS_H_
#define BURNTIN_SERVER_LEDGER_SQL_DECISION_ROWS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ledger/records.h"
#include "server/ledger/sql/rows.h"

namespace burntin {

// INVALID_ARGUMENT if a field breaks its comment.
absl::Status CheckRecord(const Actor& actor, const DecisionRecord& record);

// See Ledger::RecordDecision. The record was checked.
absl::StatusOr<RecordedDecision> InsertDecision(const Write& write,
                                                const Actor& actor,
                                                const DecisionRecord& record);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_DECISION_ROWS_H_
