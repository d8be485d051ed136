#include "server/ledger/sql/migrations.h"

#include <string>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"

namespace burntin {
namespace {

constexpr char kCreateRecord[] =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " number BIGINT NOT NULL PRIMARY KEY,"
    " name TEXT NOT NULL,"
    " sha256 TEXT NOT NULL)";

absl::Status CheckApplied(const SqlRow& row, int64_t expected,
                          std::span<const Migration> migrations) {
  const int64_t number = row.Int(0);
  if (number > static_cast<int64_t>(migrations.size())) {
    return Error(Reason::kLedgerSchemaMismatch,
                 "The ledger was written by a later version of burntind: its "
                 "schema has number " +
                     std::to_string(number) + ", this version knows " +
                     std::to_string(migrations.size()) +
                     ". Run the version that wrote it.");
  }
  const Migration& migration = migrations[static_cast<size_t>(expected - 1)];
  if (number == expected && row.Text(1) == TextSha256(migration.sql)) {
    return absl::OkStatus();
  }
  return Error(Reason::kLedgerSchemaMismatch,
               "The ledger's schema number " + std::to_string(number) +
                   " differs from this version's. Run the version that wrote "
                   "it, or restore a backup.");
}

}  // namespace

absl::Status Migrate(Connection* connection,
                     std::span<const Migration> migrations) {
  ASSIGN_OR_RETURN(Transaction transaction,
                   Transaction::Begin(connection, TransactionKind::kMigrate));
  RETURN_IF_ERROR(connection->RunScript(kCreateRecord));
  ASSIGN_OR_RETURN(
      const SqlRows applied,
      connection->Run(
          "SELECT number, sha256 FROM schema_migrations ORDER BY number", {}));
  for (size_t i = 0; i < applied.size(); ++i) {
    RETURN_IF_ERROR(
        CheckApplied(applied[i], static_cast<int64_t>(i + 1), migrations));
  }
  for (const Migration& migration : migrations.subspan(applied.size())) {
    RETURN_IF_ERROR(connection->RunScript(migration.sql));
    RETURN_IF_ERROR(
        connection
            ->Run("INSERT INTO schema_migrations VALUES ($1, $2, $3)",
                  {int64_t{migration.number}, std::string(migration.name),
                   TextSha256(migration.sql)})
            .status());
  }
  return transaction.Commit();
}

}  // namespace burntin
