#include "server/ledger/sql/sql_ledger.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/digest.h"
#include "server/ledger/sql/audit_rows.h"
#include "server/ledger/sql/case_list.h"
#include "server/ledger/sql/case_rows.h"
#include "server/ledger/sql/case_steps.h"
#include "server/ledger/sql/decision_rows.h"
#include "server/ledger/sql/migrations.h"

namespace burntin {
namespace {

constexpr int kMaxPageSize = 1'000;

int64_t SystemClock() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

absl::Status CheckPageSize(int page_size) {
  if (page_size >= 1 && page_size <= kMaxPageSize) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "A page has 1 to 1,000 entries. Ask for so many.");
}

}  // namespace

template <typename Task>
auto SqlLedger::InRead(const Task& task) -> decltype(task(nullptr)) {
  ASSIGN_OR_RETURN(auto lease, pool_.Begin(TransactionKind::kRead));
  return task(lease.get());
}

template <typename Task>
auto SqlLedger::InWrite(const Task& task) -> decltype(task(Write())) {
  ASSIGN_OR_RETURN(auto lease, pool_.Begin(TransactionKind::kWrite));
  auto done = task(Write{lease.get(), clock_()});
  if (!done.ok()) return done;
  RETURN_IF_ERROR(lease.Commit());
  return done;
}

SqlLedger::SqlLedger(const LedgerOptions& options,
                     std::unique_ptr<FileLock> lock)
    : lock_(std::move(lock)),
      clock_(options.clock ? options.clock : SystemClock),
      pool_(options.database, OpenMode::kReadWrite,
            std::clamp(options.connections, 1, 64)) {}

absl::StatusOr<std::unique_ptr<SqlLedger>> SqlLedger::Open(
    const LedgerOptions& options, std::unique_ptr<FileLock> lock) {
  {
    ASSIGN_OR_RETURN(const auto connection,
                     OpenConnection(options.database, OpenMode::kReadWrite));
    const std::vector<Migration> migrations = Migrations(connection->dialect());
    RETURN_IF_ERROR(Migrate(connection.get(), migrations));
  }
  auto ledger =
      std::unique_ptr<SqlLedger>(new SqlLedger(options, std::move(lock)));
  RETURN_IF_ERROR(ledger->Prepare());
  return ledger;
}

// The first process makes the secret, all read it.
absl::Status SqlLedger::Prepare() {
  ASSIGN_OR_RETURN(const std::string secret, RandomHex(32));
  RETURN_IF_ERROR(InWrite([&](const Write& write) {
    return RunOnly(write.connection,
                   "INSERT INTO page_token_key VALUES (1, $1) "
                   "ON CONFLICT (key) DO NOTHING",
                   {secret});
  }));
  return ReadSecret();
}

absl::Status SqlLedger::ReadSecret() {
  ASSIGN_OR_RETURN(const auto row, InRead([](Connection* connection) {
                     return RunForOne(connection,
                                      "SELECT secret FROM page_token_key", {});
                   }));
  if (!row || row->Text(0).empty()) return DamagedRow();
  page_token_secret_ = row->Text(0);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<SealedEntry>> SqlLedger::ReadEntries(
    int64_t after_sequence, int limit) {
  return InRead([&](Connection* connection) {
    return SelectEntries(connection, after_sequence, limit);
  });
}

absl::StatusOr<AuditHead> SqlLedger::ReadHead() {
  return InRead([](Connection* connection) { return SelectHead(connection); });
}

absl::StatusOr<RecordedDecision> SqlLedger::RecordDecision(
    const Actor& actor, const DecisionRecord& record) {
  RETURN_IF_ERROR(CheckRecord(actor, record));
  return InWrite(
      [&](const Write& write) { return InsertDecision(write, actor, record); });
}

absl::StatusOr<CasePage> SqlLedger::ListCases(const CaseFilter& filter,
                                              int page_size,
                                              const std::string& page_token) {
  RETURN_IF_ERROR(CheckPageSize(page_size));
  return InRead([&](Connection* connection) {
    return SelectCasePage(connection, page_token_secret_, filter, page_size,
                          page_token);
  });
}

absl::StatusOr<OpenCases> SqlLedger::CountOpenCases() {
  return InRead(
      [](Connection* connection) { return SelectOpenCases(connection); });
}

absl::StatusOr<v1::Case> SqlLedger::GetCase(const std::string& case_id,
                                            bool include_text) {
  return InRead([&](Connection* connection) -> absl::StatusOr<v1::Case> {
    ASSIGN_OR_RETURN(const CaseRow row, SelectCase(connection, case_id));
    ASSIGN_OR_RETURN(v1::Case found, ToCase(connection, row));
    ASSIGN_OR_RETURN(
        CaseFindings findings,
        SelectFindings(connection, row.decision_number, include_text));
    for (v1::Finding& finding : findings.findings) {
      *found.add_findings() = std::move(finding);
    }
    return found;
  });
}

absl::StatusOr<CaseFile> SqlLedger::GetCaseFile(const std::string& case_id,
                                                const std::string& viewer) {
  return InRead([&](Connection* connection) {
    return SelectCaseFile(connection, case_id, viewer);
  });
}

absl::Status SqlLedger::RecordEvidenceShown(const Actor& actor,
                                            const std::string& case_id,
                                            const std::string& decision_id,
                                            const EvidenceView& view) {
  if (actor.name.empty() || !IsSha256Hex(view.evidence_sha256)) {
    return Error(Reason::kInvalidArgument,
                 "Evidence needs who saw it and its SHA-256 in hexadecimal "
                 "digits.");
  }
  return InWrite([&](const Write& write) {
    return InsertEvidenceView(write, actor, case_id, decision_id, view);
  });
}

absl::StatusOr<DecidedCase> SqlLedger::Decide(const CaseDecision& decision) {
  return InWrite([&](const Write& write) { return TakeStep(write, decision); });
}

absl::StatusOr<std::optional<EarlierRequest>> SqlLedger::FindRequest(
    const Actor& actor, const std::string& request_id,
    const std::string& request_sha256) {
  return InRead([&](Connection* connection) {
    return SelectRequest(connection, actor, request_id, request_sha256);
  });
}

absl::StatusOr<v1::Case> SqlLedger::FinishMove(const Actor& actor,
                                               const MoveOutcome& outcome) {
  return InWrite(
      [&](const Write& write) { return EndMove(write, actor, outcome); });
}

absl::StatusOr<std::vector<UnfinishedMove>> SqlLedger::ClaimUnfinishedMoves(
    const std::string& mover, int64_t claim_until_us) {
  return InWrite([&](const Write& write) {
    return ClaimMoves(write, mover, claim_until_us, lock_ != nullptr);
  });
}

absl::StatusOr<std::optional<UnfinishedMove>> SqlLedger::ClaimMove(
    const std::string& operation_id, const std::string& mover,
    int64_t claim_until_us) {
  return InWrite([&](const Write& write) {
    return ClaimOneMove(write, operation_id, mover, claim_until_us,
                        lock_ != nullptr);
  });
}

absl::Status SqlLedger::GiveUpMove(const std::string& operation_id,
                                   const std::string& mover) {
  return InWrite(
      [&](const Write& write) { return EndClaim(write, operation_id, mover); });
}

absl::Status SqlLedger::Audit(const AuditNote& note) {
  v1::AuditEvent event = EventBy(note.actor, note.action, note.outcome);
  event.set_case_id(note.case_id);
  event.set_study_instance_uid(note.study_instance_uid);
  event.set_target_project(note.target_project);
  event.set_error_code(note.error_code);
  return InWrite([&](const Write& write) { return AppendAudit(write, event); });
}

absl::StatusOr<AuditPage> SqlLedger::ListAuditEvents(
    const AuditFilter& filter, int page_size, const std::string& page_token) {
  RETURN_IF_ERROR(CheckPageSize(page_size));
  return InRead([&](Connection* connection) {
    return SelectAuditPage(connection, page_token_secret_, filter, page_size,
                           page_token);
  });
}

}  // namespace burntin
