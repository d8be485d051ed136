// The ledger and all that works on it.
#ifndef BURNTIN_SERVER_DAEMON_QUARANTINE_OFFICE_H_
#define BURNTIN_SERVER_DAEMON_QUARANTINE_OFFICE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "server/config/config.h"
#include "server/daemon/reconciler.h"
#include "server/decision/ledger_decision_log.h"
#include "server/identity/entrance.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"
#include "server/quarantine/evidence_source.h"
#include "server/quarantine/quarantine.h"
#include "server/quarantine/session_mover.h"
#include "server/quarantine_service/quarantine_service.h"
#include "server/xnat/xnat_connection.h"

namespace burntin {

// All methods may be called from any number of threads at the same time.
class QuarantineOffice {
 public:
  // Opens the ledger of `config`, which has one, and begins to look after moves
  // that were cut off. `xnat` moves sessions if the configuration has an XNAT;
  // otherwise a release only permits an admin to move one. All three outlive
  // the office.
  static absl::StatusOr<std::unique_ptr<QuarantineOffice>> Open(
      const ServerConfig& config, XnatConnection* xnat, Entrance* entrance,
      Log* log);

  QuarantineService* service() { return service_.get(); }
  DecisionLog* decisions() { return decisions_.get(); }
  void Audit(const Refusal& refusal);

 private:
  explicit QuarantineOffice(Log* log) : log_(log) {}
  absl::Status MakeQuarantine(const ServerConfig& config, XnatConnection* xnat);

  Log* const log_;
  NoEvidence evidence_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<SessionMover> mover_;
  std::unique_ptr<Quarantine> quarantine_;
  std::unique_ptr<LedgerDecisionLog> decisions_;
  std::unique_ptr<QuarantineService> service_;
  std::unique_ptr<Reconciler> reconciler_;  // last: its thread uses the others
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_QUARANTINE_OFFICE_H_
