// A ledger whose database does not answer.
#ifndef BURNTIN_TESTS_SERVER_LEDGER_SILENT_LEDGER_H_
#define BURNTIN_TESTS_SERVER_LEDGER_SILENT_LEDGER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/error.h"
#include "server/ledger/ledger.h"

namespace burntin {

// All fails with LEDGER_UNAVAILABLE, but for the count of open cases once a
// test has set one. For one thread.
class SilentLedger final : public Ledger {
 public:
  std::optional<OpenCases> open_cases;
  int counts = 0;  // how often they were counted

  absl::StatusOr<OpenCases> CountOpenCases() override {
    ++counts;
    if (!open_cases) return NoAnswer();
    return *open_cases;
  }

  absl::StatusOr<std::vector<SealedEntry>> ReadEntries(int64_t, int) override {
    return NoAnswer();
  }
  absl::StatusOr<AuditHead> ReadHead() override { return NoAnswer(); }
  absl::StatusOr<RecordedDecision> RecordDecision(
      const Actor&, const DecisionRecord&) override {
    return NoAnswer();
  }
  absl::StatusOr<CasePage> ListCases(const CaseFilter&, int,
                                     const std::string&) override {
    return NoAnswer();
  }
  absl::StatusOr<v1::Case> GetCase(const std::string&, bool) override {
    return NoAnswer();
  }
  absl::StatusOr<CaseFile> GetCaseFile(const std::string&,
                                       const std::string&) override {
    return NoAnswer();
  }
  absl::Status RecordEvidenceShown(const Actor&, const std::string&,
                                   const std::string&,
                                   const EvidenceView&) override {
    return NoAnswer();
  }
  absl::StatusOr<DecidedCase> Decide(const CaseDecision&) override {
    return NoAnswer();
  }
  absl::StatusOr<std::optional<EarlierRequest>> FindRequest(
      const Actor&, const std::string&, const std::string&) override {
    return NoAnswer();
  }
  absl::StatusOr<v1::Case> FinishMove(const Actor&,
                                      const MoveOutcome&) override {
    return NoAnswer();
  }
  absl::StatusOr<std::vector<UnfinishedMove>> ClaimUnfinishedMoves(
      const std::string&, int64_t) override {
    return NoAnswer();
  }
  absl::StatusOr<std::optional<UnfinishedMove>> ClaimMove(const std::string&,
                                                          const std::string&,
                                                          int64_t) override {
    return NoAnswer();
  }
  absl::Status GiveUpMove(const std::string&, const std::string&) override {
    return NoAnswer();
  }
  absl::Status Audit(const AuditNote&) override { return NoAnswer(); }
  absl::StatusOr<AuditPage> ListAuditEvents(const AuditFilter&, int,
                                            const std::string&) override {
    return NoAnswer();
  }

 private:
  static absl::Status NoAnswer() {
    return Error(Reason::kLedgerUnavailable, "No answer.");
  }
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_LEDGER_SILENT_LEDGER_H_
