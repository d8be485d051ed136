// One connection to an SQL database, the same for SQLite and PostgreSQL.
//
// Statements number their values $1, $2, ... Errors are LEDGER_UNAVAILABLE,
// or LEDGER_DAMAGED where the database says that a rule of the schema was
// broken or the file is; messages hold a code of the database, never its text,
// which may quote values. One thread at a time.
#ifndef BURNTIN_SERVER_LEDGER_SQL_CONNECTION_H_
#define BURNTIN_SERVER_LEDGER_SQL_CONNECTION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace burntin {

struct SqlNull {
  friend bool operator==(const SqlNull&, const SqlNull&) = default;
};

// Text is UTF-8 without NUL; a value with NUL is refused with
// INVALID_ARGUMENT.
using SqlValue = std::variant<SqlNull, int64_t, double, std::string>;
using SqlValues = std::vector<SqlValue>;

// One row of an answer. A column that is not what it is read as (a damaged
// database) gives 0 or "" and makes `damaged` true.
class SqlRow {
 public:
  explicit SqlRow(SqlValues values) : values_(std::move(values)) {}

  int64_t Int(size_t column) const;
  double Real(size_t column) const;
  std::string Text(size_t column) const;  // "" for NULL
  bool IsNull(size_t column) const;
  bool damaged() const { return damaged_; }

 private:
  const SqlValue* Get(size_t column) const;

  SqlValues values_;
  mutable bool damaged_ = false;
};

using SqlRows = std::vector<SqlRow>;

enum class SqlDialect { kSqlite, kPostgresql };

enum class TransactionKind {
  kRead,     // sees one moment of the ledger
  kWrite,    // alone among all writers of all processes
  kMigrate,  // as kWrite, where tables may not be there yet
  // Alone among all that write to the cache of reports. In PostgreSQL it holds
  // up no writer of the ledger and is held up by none.
  kCacheWrite,
};

class Connection {
 public:
  virtual ~Connection() = default;

  virtual SqlDialect dialect() const = 0;

  // Runs one statement.
  virtual absl::StatusOr<SqlRows> Run(std::string_view sql,
                                      const SqlValues& values) = 0;

  // Runs many statements, separated by semicolons, without values.
  virtual absl::Status RunScript(std::string_view sql) = 0;

  virtual absl::Status Begin(TransactionKind kind) = 0;

  // Only when it is OK is everything since Begin there, and stays whatever
  // happens to the machine.
  virtual absl::Status Commit() = 0;

  // Undoes everything since Begin. Does nothing outside a transaction.
  virtual void Rollback() = 0;

  // Whether it can be used no more.
  virtual bool broken() const = 0;
};

// Rolls back unless committed.
class Transaction {
 public:
  static absl::StatusOr<Transaction> Begin(Connection* connection,
                                           TransactionKind kind);
  absl::Status Commit();

 private:
  struct RollBack {
    void operator()(Connection* connection) const { connection->Rollback(); }
  };
  explicit Transaction(Connection* connection) : connection_(connection) {}

  std::unique_ptr<Connection, RollBack> connection_;
};

enum class OpenMode {
  kReadWrite,
  kReadOnly,
  // For what can be made again: what was committed last may be lost with the
  // machine, though never a part of a transaction, and a statement waits for
  // others two seconds at most.
  kCache,
};

// LEDGER_UNAVAILABLE if it cannot be opened. `path` is made if it is not there
// and the mode is not kReadOnly.
absl::StatusOr<std::unique_ptr<Connection>> OpenSqlite(const std::string& path,
                                                       OpenMode mode);

// `description` as libpq reads it.
absl::StatusOr<std::unique_ptr<Connection>> OpenPostgresql(
    const std::string& description, OpenMode mode);

// Whether `database` names a PostgreSQL database and no file.
bool IsPostgresql(std::string_view database);

// Either of them.
absl::StatusOr<std::unique_ptr<Connection>> OpenConnection(
    const std::string& database, OpenMode mode);

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_CONNECTION_H_
