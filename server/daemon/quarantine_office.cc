#include "server/daemon/quarantine_office.h"

#include <utility>

#include "absl/memory/memory.h"
#include "detector/base/status_macros.h"
#include "server/daemon/settings.h"
#include "server/ledger/digest.h"
#include "server/quarantine_service/refusal_audit.h"
#include "server/xnat/xnat_session_mover.h"

namespace burntin {
namespace {

constexpr int kNameBytes = 16;

std::unique_ptr<SessionMover> MakeMover(const ServerConfig& config,
                                        XnatConnection* xnat, Log* log) {
  if (config.xnat_url.empty()) return std::make_unique<PermittingMover>();
  return std::make_unique<XnatSessionMover>(ToXnatOptions(config), xnat, log);
}

}  // namespace

absl::StatusOr<std::unique_ptr<QuarantineOffice>> QuarantineOffice::Open(
    const ServerConfig& config, XnatConnection* xnat, Entrance* entrance,
    Log* log) {
  auto office = absl::WrapUnique(new QuarantineOffice(log));
  LedgerOptions options;
  options.database = config.ledger_database;
  options.connections = config.ledger_connections;
  ASSIGN_OR_RETURN(office->ledger_, OpenLedger(options));
  log->Write(LogLevel::kInfo, "ledger_opened");
  RETURN_IF_ERROR(office->MakeQuarantine(config, xnat));
  office->decisions_ = std::make_unique<LedgerDecisionLog>(
      office->ledger_.get(), office->quarantine_.get(), log,
      config.include_text);
  office->service_ = std::make_unique<QuarantineService>(QuarantineParts{
      office->ledger_.get(), office->quarantine_.get(), &office->evidence_,
      entrance, entrance->gate(), log, config.include_text});
  office->reconciler_ = std::make_unique<Reconciler>(
      office->quarantine_.get(), config.quarantine_reconcile_interval, log);
  return office;
}

absl::Status QuarantineOffice::MakeQuarantine(const ServerConfig& config,
                                              XnatConnection* xnat) {
  mover_ = MakeMover(config, xnat, log_);
  QuarantineOptions options;
  options.policy.quarantine_project = config.quarantine_project;
  options.policy.approvers = config.quarantine_approvers;
  options.move_lease = config.quarantine_move_lease;
  ASSIGN_OR_RETURN(options.mover_name, RandomHex(kNameBytes));
  quarantine_ = std::make_unique<Quarantine>(std::move(options), ledger_.get(),
                                             mover_.get());
  return absl::OkStatus();
}

void QuarantineOffice::Audit(const Refusal& refusal) {
  AuditRefusal(refusal, ledger_.get(), log_);
}

}  // namespace burntin
