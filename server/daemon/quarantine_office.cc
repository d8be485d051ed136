#include "server/daemon/quarantine_office.h"

#include <chrono>
#include <utility>

#include "absl/memory/memory.h"
#include "detector/base/status_macros.h"
#include "server/daemon/measured_ledger.h"
#include "server/daemon/settings.h"
#include "server/evidence/stored_evidence.h"
#include "server/ledger/digest.h"
#include "server/xnat/xnat_session_mover.h"

namespace burntin {
namespace {

constexpr int kNameBytes = 16;

std::unique_ptr<SessionMover> MakeMover(const ServerConfig& config,
                                        XnatConnection* xnat, Log* log) {
  if (config.xnat_url.empty()) return std::make_unique<PermittingMover>();
  return std::make_unique<XnatSessionMover>(ToXnatOptions(config), xnat, log);
}

std::unique_ptr<EvidenceSource> MakeEvidence(const OfficeParts& parts) {
  if (parts.evidence == nullptr) return std::make_unique<NoEvidence>();
  return std::make_unique<StoredEvidence>(parts.evidence, parts.shrink);
}

}  // namespace

absl::StatusOr<std::unique_ptr<QuarantineOffice>> QuarantineOffice::Open(
    const ServerConfig& config, const OfficeParts& parts) {
  Log* const log = parts.log;
  auto office = absl::WrapUnique(new QuarantineOffice(log));
  LedgerOptions options;
  options.database = config.ledger_database;
  options.connections = config.ledger_connections;
  ASSIGN_OR_RETURN(office->ledger_, OpenLedger(options));
  if (parts.metrics != nullptr) {
    office->ledger_ = MeasureLedger(std::move(office->ledger_), parts.metrics);
  }
  log->Write(LogLevel::kInfo, "ledger_opened");
  office->evidence_ = MakeEvidence(parts);
  RETURN_IF_ERROR(office->MakeQuarantine(config, parts));
  office->MakeFollowUps(config, parts);
  office->decisions_ = std::make_unique<LedgerDecisionLog>(
      LedgerDecisionParts{.ledger = office->ledger_.get(),
                          .follow_up = office->follow_ups_.get(),
                          .evidence = parts.evidence,
                          .log = log,
                          .include_text = config.include_text});
  office->service_ = std::make_unique<QuarantineService>(QuarantineParts{
      office->ledger_.get(), office->quarantine_.get(), office->evidence_.get(),
      parts.entrance, parts.entrance->gate(), log, config.include_text});
  office->refusals_ = std::make_unique<RefusalAudit>(
      office->ledger_.get(), log, &std::chrono::system_clock::now);
  office->StartReconciler(config, parts.evidence);
  return office;
}

void QuarantineOffice::MakeFollowUps(const ServerConfig& config,
                                     const OfficeParts& parts) {
  FollowUpQueue::Actions actions;
  actions.release_cleared = [this](const std::string& case_id) {
    return quarantine_->ReleaseCleared(case_id).status();
  };
  // The reconciler is made last, and looks at once.
  actions.wake = [this] {
    if (reconciler_ != nullptr) reconciler_->Wake();
  };
  if (!config.xnat_url.empty()) {
    report_store_ =
        std::make_unique<XnatReportStore>(ToXnatOptions(config), parts.xnat);
    actions.store_report = [this](const SessionReport& report) {
      return report_store_->Store(
          report.experiment_id,
          {.name = "decision-" + report.decision_id + ".jsonl",
           .format = "JSON",
           .media_type = "application/jsonl",
           .bytes = report.json_lines});
    };
  }
  follow_ups_ =
      std::make_unique<FollowUpQueue>(std::move(actions), log_, parts.metrics);
}

void QuarantineOffice::StartReconciler(const ServerConfig& config,
                                       EvidenceStore* evidence) {
  std::vector<Reconciler::Chore> chores;
  chores.push_back([this](const std::function<bool()>& stopped) {
    follow_ups_->Run(stopped);
  });
  case_count_ = std::make_unique<CaseCount>(
      ledger_.get(), config.quarantine_reconcile_interval);
  // Each decision wakes the reconciler, and is no reason to count.
  chores.push_back([this](const std::function<bool()>&) {
    case_count_->Poll(std::chrono::steady_clock::now());
  });
  if (evidence != nullptr) {
    chores.push_back([this, evidence, age = config.evidence_undecided_time](
                         const std::function<bool()>&) {
      const int deleted = evidence->DeletePending(age);
      if (deleted == 0) return;
      log_->Write(LogLevel::kInfo, "undecided_evidence_deleted",
                  {{"pictures", int64_t{deleted}}});
    });
  }
  reconciler_ = std::make_unique<Reconciler>(
      quarantine_.get(), config.quarantine_reconcile_interval, log_,
      std::move(chores));
}

std::vector<SampledMetric> QuarantineOffice::Measure() {
  std::vector<SampledMetric> metrics = follow_ups_->Measure();
  metrics.push_back(case_count_->Measure());
  return metrics;
}

absl::Status QuarantineOffice::MakeQuarantine(const ServerConfig& config,
                                              const OfficeParts& parts) {
  mover_ = MakeMover(config, parts.xnat, log_);
  QuarantineOptions options;
  options.policy.quarantine_project = config.quarantine_project;
  options.policy.approvers = config.quarantine_approvers;
  options.move_lease = config.quarantine_move_lease;
  options.evidence = evidence_.get();
  ASSIGN_OR_RETURN(options.mover_name, RandomHex(kNameBytes));
  quarantine_ = std::make_unique<Quarantine>(std::move(options), ledger_.get(),
                                             mover_.get());
  return absl::OkStatus();
}

}  // namespace burntin
