// What admins decide about cases, and how the moves end that they begin.
#ifndef BURNTIN_SERVER_LEDGER_SQL_CASE_STEPS_H_
#define BURNTIN_SERVER_LEDGER_SQL_CASE_STEPS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/ledger/records.h"
#include "server/ledger/sql/rows.h"

namespace burntin {

// See Ledger::Decide.
absl::StatusOr<DecidedCase> TakeStep(const Write& write,
                                     const CaseDecision& decision);

// See Ledger::FindRequest.
absl::StatusOr<std::optional<EarlierRequest>> SelectRequest(
    Connection* connection, const Actor& actor, const std::string& request_id,
    const std::string& request_sha256);

// See Ledger::FinishMove.
absl::StatusOr<v1::Case> EndMove(const Write& write, const Actor& actor,
                                 const MoveOutcome& outcome);

// See Ledger::ClaimUnfinishedMoves. `alone`: no other process has the ledger
// open, so claims of others are void.
absl::StatusOr<std::vector<UnfinishedMove>> ClaimMoves(const Write& write,
                                                       const std::string& mover,
                                                       int64_t claim_until_us,
                                                       bool alone);

// See Ledger::ClaimMove.
absl::StatusOr<std::optional<UnfinishedMove>> ClaimOneMove(
    const Write& write, const std::string& operation_id,
    const std::string& mover, int64_t claim_until_us, bool alone);

// See Ledger::GiveUpMove.
absl::Status EndClaim(const Write& write, const std::string& operation_id,
                      const std::string& mover);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_CASE_STEPS_H_
