// The ledger in an SQL database.
#ifndef BURNTIN_SERVER_LEDGER_SQL_SQL_LEDGER_H_
#define BURNTIN_SERVER_LEDGER_SQL_SQL_LEDGER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/ledger/ledger.h"
#include "server/ledger/sql/file_lock.h"
#include "server/ledger/sql/pool.h"
#include "server/ledger/sql/rows.h"

namespace burntin {

// Each method is one transaction.
class SqlLedger final : public Ledger {
 public:
  // Brings the schema up to date. `lock` is the only process's, or null where
  // several may write.
  static absl::StatusOr<std::unique_ptr<SqlLedger>> Open(
      const LedgerOptions& options, std::unique_ptr<FileLock> lock);

  absl::StatusOr<std::vector<SealedEntry>> ReadEntries(int64_t after_sequence,
                                                       int limit) override;
  absl::StatusOr<AuditHead> ReadHead() override;
  absl::StatusOr<RecordedDecision> RecordDecision(
      const Actor& actor, const DecisionRecord& record) override;
  absl::StatusOr<CasePage> ListCases(const CaseFilter& filter, int page_size,
                                     const std::string& page_token) override;
  absl::StatusOr<OpenCases> CountOpenCases() override;
  absl::StatusOr<v1::Case> GetCase(const std::string& case_id,
                                   bool include_text) override;
  absl::StatusOr<CaseFile> GetCaseFile(const std::string& case_id,
                                       const std::string& viewer) override;
  absl::Status RecordEvidenceShown(const Actor& actor,
                                   const std::string& case_id,
                                   const std::string& decision_id,
                                   const EvidenceView& view) override;
  absl::StatusOr<DecidedCase> Decide(const CaseDecision& decision) override;
  absl::StatusOr<std::optional<EarlierRequest>> FindRequest(
      const Actor& actor, const std::string& request_id,
      const std::string& request_sha256) override;
  absl::StatusOr<v1::Case> FinishMove(const Actor& actor,
                                      const MoveOutcome& outcome) override;
  absl::StatusOr<std::vector<UnfinishedMove>> ClaimUnfinishedMoves(
      const std::string& mover, int64_t claim_until_us) override;
  absl::StatusOr<std::optional<UnfinishedMove>> ClaimMove(
      const std::string& operation_id, const std::string& mover,
      int64_t claim_until_us) override;
  absl::Status GiveUpMove(const std::string& operation_id,
                          const std::string& mover) override;
  absl::Status Audit(const AuditNote& note) override;
  absl::StatusOr<AuditPage> ListAuditEvents(
      const AuditFilter& filter, int page_size,
      const std::string& page_token) override;

 private:
  SqlLedger(const LedgerOptions& options, std::unique_ptr<FileLock> lock);

  absl::Status Prepare();
  absl::Status ReadSecret();

  // Runs `task(connection)`, or `task(write)`, in a transaction of its kind.
  template <typename Task>
  auto InRead(const Task& task) -> decltype(task(nullptr));
  template <typename Task>
  auto InWrite(const Task& task) -> decltype(task(Write()));

  const std::unique_ptr<FileLock> lock_;
  const std::function<int64_t()> clock_;
  ConnectionPool pool_;
  std::string page_token_secret_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_SQL_LEDGER_H_
