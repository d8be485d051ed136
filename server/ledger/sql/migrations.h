// Brings a database to the schema of this version, by numbered SQL files that
// are each applied once.
#ifndef BURNTIN_SERVER_LEDGER_SQL_MIGRATIONS_H_
#define BURNTIN_SERVER_LEDGER_SQL_MIGRATIONS_H_

#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "server/ledger/sql/connection.h"

namespace burntin {

struct Migration {
  int number = 0;  // ascending from 1 without gaps
  std::string_view name;
  std::string_view sql;
};

// Those of server/ledger/schema, in their order.
std::vector<Migration> Migrations(SqlDialect dialect);

// Applies those of `migrations` that were not, each with a record of its
// number and digest, all in one transaction. LEDGER_SCHEMA_MISMATCH if the
// database holds one that is not among them, or one with another digest.
absl::Status Migrate(Connection* connection,
                     std::span<const Migration> migrations);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_MIGRATIONS_H_
