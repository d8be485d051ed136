#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/case_state.h"
#include "server/ledger/sql/audit_rows.h"
#include "server/ledger/sql/case_rows.h"
#include "server/ledger/sql/case_steps.h"
#include "server/ledger/sql/request_rows.h"

namespace burntin {
namespace {

constexpr int64_t kNoOutcome = 0;

int64_t NumberOf(MoveEnd end) {
  switch (end) {
    case MoveEnd::kMoved:
      return 1;
    case MoveEnd::kPermitted:
      return 2;
    case MoveEnd::kNothingMoved:
      break;
  }
  return 3;
}

struct MoveRow {
  std::string operation_id;
  int64_t case_number = 0;
  Actor actor;
  std::string target_project;
  int64_t outcome = kNoOutcome;
};

constexpr char kMoveColumns[] =
    "operation_id, case_number, actor, actor_role, peer_address, "
    "target_project, outcome";

absl::StatusOr<MoveRow> ReadMove(const SqlRow& row) {
  MoveRow move;
  move.operation_id = row.Text(0);
  move.case_number = row.Int(1);
  move.actor = {row.Text(2), row.Text(3), row.Text(4)};
  move.target_project = row.Text(5);
  move.outcome = row.Int(6);
  if (row.damaged()) return DamagedRow();
  return move;
}

absl::StatusOr<MoveRow> SelectMove(Connection* connection,
                                   const std::string& operation_id) {
  ASSIGN_OR_RETURN(const auto row,
                   RunForOne(connection,
                             std::string("SELECT ") + kMoveColumns +
                                 " FROM moves WHERE operation_id = $1",
                             {operation_id}));
  if (row) return ReadMove(*row);
  return Error(Reason::kCaseNotFound,
               "The ledger knows of no such move. List the cases.");
}

absl::Status AuditEnd(const Write& write, const Actor& actor,
                      const CaseRow& row, const MoveRow& move,
                      const MoveOutcome& outcome) {
  const bool nothing = outcome.end == MoveEnd::kNothingMoved;
  v1::AuditEvent event = EventBy(
      actor,
      outcome.end == MoveEnd::kPermitted ? v1::AUDIT_ACTION_PERMIT_MOVE
                                         : v1::AUDIT_ACTION_MOVE_SESSION,
      nothing ? v1::AUDIT_OUTCOME_FAILURE : v1::AUDIT_OUTCOME_SUCCESS);
  event.set_operation_id(move.operation_id);
  event.set_case_id(row.case_id);
  event.set_study_instance_uid(row.study_instance_uid);
  event.set_target_project(move.target_project);
  if (nothing) {
    event.set_error_code(std::string(
        ReasonName(outcome.error.value_or(Reason::kInternalFailure))));
  }
  return AppendAudit(write, std::move(event));
}

absl::Status UpdateCaseAfter(const Write& write, const CaseRow& row,
                             const MoveRow& move, MoveEnd end) {
  const auto next = NextState(row.state, end == MoveEnd::kNothingMoved
                                             ? CaseEvent::kNothingMoved
                                             : CaseEvent::kMoveVerified);
  if (!next) return DamagedRow();  // a move without an outcome is RELEASING
  const bool moved = end == MoveEnd::kMoved;
  return RunOnly(
      write.connection,
      "UPDATE cases SET version = version + 1, state = $1, project = $2, "
      "decision_round = decision_round + $3, update_time = $4 "
      "WHERE case_number = $5",
      {int64_t{*next}, moved ? move.target_project : row.location.project(),
       int64_t{end == MoveEnd::kNothingMoved}, write.now_us, row.case_number});
}

absl::StatusOr<UnfinishedMove> ToUnfinished(Connection* connection,
                                            const MoveRow& move) {
  ASSIGN_OR_RETURN(const CaseRow row,
                   SelectCaseByNumber(connection, move.case_number));
  UnfinishedMove unfinished;
  unfinished.operation_id = move.operation_id;
  unfinished.case_id = row.case_id;
  unfinished.study_instance_uid = row.study_instance_uid;
  if (!row.location.experiment_id().empty()) unfinished.location = row.location;
  unfinished.target_project = move.target_project;
  unfinished.actor = move.actor;
  return unfinished;
}

absl::Status Claim(const Write& write, const std::string& operation_id,
                   const std::string& mover, int64_t claim_until_us) {
  return RunOnly(write.connection,
                 "UPDATE moves SET mover = $1, claim_until = $2 "
                 "WHERE operation_id = $3",
                 {mover, claim_until_us, operation_id});
}

// What no living process other than the mover's works on.
constexpr char kFreeMoves[] =
    " FROM moves WHERE outcome = 0 AND (claim_until < $1 OR $2 = 1) "
    "AND (mover <> $3 OR claim_until < $1)";

}  // namespace

absl::StatusOr<v1::Case> EndMove(const Write& write, const Actor& actor,
                                 const MoveOutcome& outcome) {
  ASSIGN_OR_RETURN(const MoveRow move,
                   SelectMove(write.connection, outcome.operation_id));
  ASSIGN_OR_RETURN(const CaseRow row,
                   SelectCaseByNumber(write.connection, move.case_number));
  if (move.outcome != kNoOutcome) return ToCase(write.connection, row);
  const std::string error_code =
      outcome.error ? std::string(ReasonName(*outcome.error)) : "";
  RETURN_IF_ERROR(RunOnly(
      write.connection,
      "UPDATE moves SET outcome = $1, outcome_time = $2, "
      "error_code = $3 WHERE operation_id = $4",
      {NumberOf(outcome.end), write.now_us, error_code, outcome.operation_id}));
  RETURN_IF_ERROR(UpdateCaseAfter(write, row, move, outcome.end));
  RETURN_IF_ERROR(AuditEnd(write, actor, row, move, outcome));
  ASSIGN_OR_RETURN(const CaseRow after,
                   SelectCaseByNumber(write.connection, move.case_number));
  ASSIGN_OR_RETURN(v1::Case answer, ToCase(write.connection, after));
  const bool nothing = outcome.end == MoveEnd::kNothingMoved;
  RETURN_IF_ERROR(AnswerRequestOfMove(
      write, outcome.operation_id,
      nothing ? std::nullopt : std::optional<v1::Case>(answer),
      nothing ? after.version : 0));
  return answer;
}

absl::StatusOr<std::vector<UnfinishedMove>> ClaimMoves(const Write& write,
                                                       const std::string& mover,
                                                       int64_t claim_until_us,
                                                       bool alone) {
  ASSIGN_OR_RETURN(const SqlRows rows,
                   write->Run(std::string("SELECT ") + kMoveColumns +
                                  kFreeMoves + " ORDER BY move_number",
                              {write.now_us, int64_t{alone}, mover}));
  std::vector<UnfinishedMove> claimed;
  for (const SqlRow& row : rows) {
    ASSIGN_OR_RETURN(const MoveRow move, ReadMove(row));
    RETURN_IF_ERROR(Claim(write, move.operation_id, mover, claim_until_us));
    ASSIGN_OR_RETURN(UnfinishedMove unfinished,
                     ToUnfinished(write.connection, move));
    claimed.push_back(std::move(unfinished));
  }
  return claimed;
}

absl::StatusOr<std::optional<UnfinishedMove>> ClaimOneMove(
    const Write& write, const std::string& operation_id,
    const std::string& mover, int64_t claim_until_us, bool alone) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(write.connection,
                std::string("SELECT ") + kMoveColumns + kFreeMoves +
                    " AND operation_id = $4",
                {write.now_us, int64_t{alone}, mover, operation_id}));
  if (!row) return std::optional<UnfinishedMove>();
  ASSIGN_OR_RETURN(const MoveRow move, ReadMove(*row));
  RETURN_IF_ERROR(Claim(write, move.operation_id, mover, claim_until_us));
  ASSIGN_OR_RETURN(UnfinishedMove unfinished,
                   ToUnfinished(write.connection, move));
  return std::optional<UnfinishedMove>(std::move(unfinished));
}

absl::Status EndClaim(const Write& write, const std::string& operation_id,
                      const std::string& mover) {
  return RunOnly(write.connection,
                 "UPDATE moves SET claim_until = 0 "
                 "WHERE operation_id = $1 AND mover = $2 AND outcome = 0",
                 {operation_id, mover});
}

}  // namespace burntin
