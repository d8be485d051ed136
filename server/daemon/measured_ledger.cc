#include "server/daemon/measured_ledger.h"

#include <chrono>
#include <string>
#include <utility>

#include "detector/base/error.h"

namespace burntin {
namespace {

// One method of the ledger.
class Operation {
 public:
  Operation(const char* name, MetricRegistry* registry)
      : seconds_(registry->AddHistogram(
            {"burntin_ledger_operation_duration_seconds",
             "From the begin of an operation on the ledger to its end."},
            {{"operation", name}},
            {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
             5, 30})),
        failures_(registry->AddCounter(
            {"burntin_ledger_failures_total",
             "Operations that failed because the ledger did, not because of "
             "what was asked."},
            {{"operation", name}})) {}

  template <typename Task>
  auto Run(const Task& task) const {
    const auto start = std::chrono::steady_clock::now();
    auto answer = task();
    seconds_->Observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
            .count());
    if (IsLedgersFault(StatusOf(answer))) failures_->Increment();
    return answer;
  }

 private:
  static const absl::Status& StatusOf(const absl::Status& status) {
    return status;
  }
  template <typename T>
  static const absl::Status& StatusOf(const absl::StatusOr<T>& answer) {
    return answer.status();
  }

  static bool IsLedgersFault(const absl::Status& status) {
    const auto reason = ReasonOf(status);
    return reason == Reason::kLedgerUnavailable ||
           reason == Reason::kLedgerDamaged ||
           reason == Reason::kInternalFailure;
  }

  Histogram* const seconds_;
  Counter* const failures_;
};

class MeasuredLedger final : public Ledger {
 public:
  MeasuredLedger(std::unique_ptr<Ledger> ledger, MetricRegistry* registry)
      : ledger_(std::move(ledger)),
        read_trail_("read_trail", registry),
        record_decision_("record_decision", registry),
        list_cases_("list_cases", registry),
        count_cases_("count_cases", registry),
        get_case_("get_case", registry),
        record_evidence_("record_evidence", registry),
        decide_("decide", registry),
        find_request_("find_request", registry),
        moves_("moves", registry),
        audit_("audit", registry),
        list_audit_("list_audit", registry) {}

  absl::StatusOr<std::vector<SealedEntry>> ReadEntries(int64_t after_sequence,
                                                       int limit) override {
    return read_trail_.Run(
        [&] { return ledger_->ReadEntries(after_sequence, limit); });
  }
  absl::StatusOr<AuditHead> ReadHead() override {
    return read_trail_.Run([&] { return ledger_->ReadHead(); });
  }
  absl::StatusOr<RecordedDecision> RecordDecision(
      const Actor& actor, const DecisionRecord& record) override {
    return record_decision_.Run(
        [&] { return ledger_->RecordDecision(actor, record); });
  }
  absl::StatusOr<CasePage> ListCases(const CaseFilter& filter, int page_size,
                                     const std::string& page_token) override {
    return list_cases_.Run(
        [&] { return ledger_->ListCases(filter, page_size, page_token); });
  }
  absl::StatusOr<OpenCases> CountOpenCases() override {
    return count_cases_.Run([&] { return ledger_->CountOpenCases(); });
  }
  absl::StatusOr<v1::Case> GetCase(const std::string& case_id,
                                   bool include_text) override {
    return get_case_.Run(
        [&] { return ledger_->GetCase(case_id, include_text); });
  }
  absl::StatusOr<CaseFile> GetCaseFile(const std::string& case_id,
                                       const std::string& viewer) override {
    return get_case_.Run([&] { return ledger_->GetCaseFile(case_id, viewer); });
  }
  absl::Status RecordEvidenceShown(const Actor& actor,
                                   const std::string& case_id,
                                   const std::string& decision_id,
                                   const EvidenceView& view) override {
    return record_evidence_.Run([&] {
      return ledger_->RecordEvidenceShown(actor, case_id, decision_id, view);
    });
  }
  absl::StatusOr<DecidedCase> Decide(const CaseDecision& decision) override {
    return decide_.Run([&] { return ledger_->Decide(decision); });
  }
  absl::StatusOr<std::optional<EarlierRequest>> FindRequest(
      const Actor& actor, const std::string& request_id,
      const std::string& request_sha256) override {
    return find_request_.Run([&] {
      return ledger_->FindRequest(actor, request_id, request_sha256);
    });
  }
  absl::StatusOr<v1::Case> FinishMove(const Actor& actor,
                                      const MoveOutcome& outcome) override {
    return moves_.Run([&] { return ledger_->FinishMove(actor, outcome); });
  }
  absl::StatusOr<std::vector<UnfinishedMove>> ClaimUnfinishedMoves(
      const std::string& mover, int64_t claim_until_us) override {
    return moves_.Run(
        [&] { return ledger_->ClaimUnfinishedMoves(mover, claim_until_us); });
  }
  absl::StatusOr<std::optional<UnfinishedMove>> ClaimMove(
      const std::string& operation_id, const std::string& mover,
      int64_t claim_until_us) override {
    return moves_.Run([&] {
      return ledger_->ClaimMove(operation_id, mover, claim_until_us);
    });
  }
  absl::Status GiveUpMove(const std::string& operation_id,
                          const std::string& mover) override {
    return moves_.Run([&] { return ledger_->GiveUpMove(operation_id, mover); });
  }
  absl::Status Audit(const AuditNote& note) override {
    return audit_.Run([&] { return ledger_->Audit(note); });
  }
  absl::StatusOr<AuditPage> ListAuditEvents(
      const AuditFilter& filter, int page_size,
      const std::string& page_token) override {
    return list_audit_.Run([&] {
      return ledger_->ListAuditEvents(filter, page_size, page_token);
    });
  }

 private:
  const std::unique_ptr<Ledger> ledger_;
  const Operation read_trail_;
  const Operation record_decision_;
  const Operation list_cases_;
  const Operation count_cases_;
  const Operation get_case_;
  const Operation record_evidence_;
  const Operation decide_;
  const Operation find_request_;
  const Operation moves_;
  const Operation audit_;
  const Operation list_audit_;
};

}  // namespace

std::unique_ptr<Ledger> MeasureLedger(std::unique_ptr<Ledger> ledger,
                                      MetricRegistry* registry) {
  return std::make_unique<MeasuredLedger>(std::move(ledger), registry);
}

}  // namespace burntin
