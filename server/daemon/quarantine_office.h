// The ledger and all that works on it.
#ifndef BURNTIN_SERVER_DAEMON_QUARANTINE_OFFICE_H_
#define BURNTIN_SERVER_DAEMON_QUARANTINE_OFFICE_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "server/config/config.h"
#include "server/daemon/case_count.h"
#include "server/daemon/follow_up_queue.h"
#include "server/daemon/reconciler.h"
#include "server/decision/ledger_decision_log.h"
#include "server/evidence/evidence_store.h"
#include "server/evidence/picture_taker.h"
#include "server/identity/entrance.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"
#include "server/metrics/metric_registry.h"
#include "server/quarantine/evidence_source.h"
#include "server/quarantine/quarantine.h"
#include "server/quarantine/session_mover.h"
#include "server/quarantine_service/quarantine_service.h"
#include "server/quarantine_service/refusal_audit.h"
#include "server/xnat/xnat_connection.h"
#include "server/xnat/xnat_report_store.h"

namespace burntin {

// What an office works with. Owns none of it; all outlives the office.
struct OfficeParts {
  // Moves sessions if the configuration has an XNAT; otherwise a release only
  // permits an admin to move one.
  XnatConnection* xnat = nullptr;
  EvidenceStore* evidence = nullptr;  // null: no pictures are kept
  PictureShrinker shrink;             // not empty where there is `evidence`
  Entrance* entrance = nullptr;
  Log* log = nullptr;
  MetricRegistry* metrics = nullptr;  // null: nothing is counted
};

// All methods may be called from any number of threads at the same time.
class QuarantineOffice {
 public:
  // Opens the ledger of `config`, which has one, and begins to look after moves
  // that were cut off.
  static absl::StatusOr<std::unique_ptr<QuarantineOffice>> Open(
      const ServerConfig& config, const OfficeParts& parts);

  QuarantineService* service() { return service_.get(); }
  DecisionLog* decisions() { return decisions_.get(); }
  void Audit(const Refusal& refusal) { refusals_->Record(refusal); }

  // What waits for people and for XNAT, for metrics. The cases are those of the
  // last look at the ledger, and none if that failed.
  std::vector<SampledMetric> Measure();

 private:
  explicit QuarantineOffice(Log* log) : log_(log) {}
  absl::Status MakeQuarantine(const ServerConfig& config,
                              const OfficeParts& parts);
  void MakeFollowUps(const ServerConfig& config, const OfficeParts& parts);
  void StartReconciler(const ServerConfig& config, EvidenceStore* evidence);

  Log* const log_;
  std::unique_ptr<EvidenceSource> evidence_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<SessionMover> mover_;
  std::unique_ptr<Quarantine> quarantine_;
  std::unique_ptr<XnatReportStore> report_store_;  // none without XNAT
  std::unique_ptr<FollowUpQueue> follow_ups_;
  std::unique_ptr<LedgerDecisionLog> decisions_;
  std::unique_ptr<QuarantineService> service_;
  std::unique_ptr<RefusalAudit> refusals_;
  std::unique_ptr<CaseCount> case_count_;
  std::unique_ptr<Reconciler> reconciler_;  // last: its thread uses the others
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_QUARANTINE_OFFICE_H_
