#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/ledger.h"
#include "server/ledger/sql/audit_rows.h"
#include "server/ledger/sql/pool.h"
#include "server/ledger/sql/sql_ledger.h"

namespace burntin {
namespace {

class SqlAuditTrail final : public AuditTrail {
 public:
  explicit SqlAuditTrail(const std::string& database)
      : pool_(database, OpenMode::kReadOnly, /*size=*/1) {}

  absl::StatusOr<std::vector<SealedEntry>> ReadEntries(int64_t after_sequence,
                                                       int limit) override {
    ASSIGN_OR_RETURN(auto lease, pool_.Begin(TransactionKind::kRead));
    return SelectEntries(lease.get(), after_sequence, limit);
  }

  absl::StatusOr<AuditHead> ReadHead() override {
    ASSIGN_OR_RETURN(auto lease, pool_.Begin(TransactionKind::kRead));
    return SelectHead(lease.get());
  }

 private:
  ConnectionPool pool_;
};

}  // namespace

Actor ServerActor() { return {"burntind", "server", ""}; }

absl::StatusOr<std::unique_ptr<Ledger>> OpenLedger(
    const LedgerOptions& options) {
  std::unique_ptr<FileLock> lock;
  if (!IsPostgresql(options.database)) {
    ASSIGN_OR_RETURN(lock, FileLock::Take(options.database + "-lock"));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<Ledger> ledger,
                   SqlLedger::Open(options, std::move(lock)));
  return ledger;
}

absl::StatusOr<std::unique_ptr<AuditTrail>> OpenAuditTrail(
    const std::string& database) {
  auto trail = std::make_unique<SqlAuditTrail>(database);
  RETURN_IF_ERROR(trail->ReadHead().status());
  return trail;
}

}  // namespace burntin
