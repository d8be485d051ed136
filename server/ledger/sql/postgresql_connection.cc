#include <libpq-fe.h>

#include <cstring>
#include <string>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/sql/connection.h"

namespace burntin {
namespace {

// Every writer of a ledger takes this lock first.
constexpr char kBeginWrite[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED;"
    "LOCK TABLE audit_head IN EXCLUSIVE MODE";

// The number says "burntin", and the one of the cache is the next.
constexpr char kBeginMigration[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED;"
    "SELECT pg_advisory_xact_lock(27713682057488750)";
constexpr char kBeginCacheWrite[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED;"
    "SELECT pg_advisory_xact_lock(27713682057488751)";

// `deadlock_timeout` and the like are the server's; these are ours. A commit
// is on the disk before it is OK.
constexpr char kSettings[] =
    "SET synchronous_commit = on;"
    "SET client_min_messages = warning;"
    "SET lock_timeout = '20s';"
    "SET idle_in_transaction_session_timeout = '60s'";
constexpr char kCacheSettings[] =
    "SET synchronous_commit = off;"
    "SET lock_timeout = '2s';"
    "SET statement_timeout = '10s'";

const char* BeginOf(TransactionKind kind) {
  switch (kind) {
    case TransactionKind::kRead:
      return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    case TransactionKind::kWrite:
      return kBeginWrite;
    case TransactionKind::kMigrate:
      return kBeginMigration;
    case TransactionKind::kCacheWrite:
      return kBeginCacheWrite;
  }
  return kBeginWrite;
}

absl::Status Failed(const char* sql_state) {
  const std::string state = sql_state == nullptr ? "" : sql_state;
  // Class 22 data exception, 23 integrity constraint violation, P0001 raised
  // by a trigger, XX internal error.
  if (state.starts_with("22") || state.starts_with("23") ||
      state.starts_with("XX") || state == "P0001") {
    return Error(Reason::kLedgerDamaged,
                 "The ledger's PostgreSQL database answers SQLSTATE " + state +
                     ". Run burntin audit verify, and restore a backup if it "
                     "is damaged.");
  }
  return Error(Reason::kLedgerUnavailable,
               state.empty()
                   ? "The ledger's PostgreSQL database cannot be reached. "
                     "Check that it runs and ledger.database, then try again."
                   : "The ledger's PostgreSQL database answers SQLSTATE " +
                         state + ". Look at its own log, then try again.");
}

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

// The values as text, and pointers to them for libpq.
class Parameters {
 public:
  absl::Status Add(const SqlValue& value) {
    if (std::holds_alternative<SqlNull>(value)) {
      texts_.emplace_back();
    } else if (const auto* number = std::get_if<int64_t>(&value)) {
      texts_.emplace_back(std::to_string(*number));
    } else if (const auto* real = std::get_if<double>(&value)) {
      char text[32];
      std::snprintf(text, sizeof(text), "%.17g", *real);
      texts_.emplace_back(text);
    } else {
      const auto& text = std::get<std::string>(value);
      if (text.find('\0') != std::string::npos) {
        return Error(Reason::kInvalidArgument,
                     "A text holds the character NUL. Send it without.");
      }
      texts_.emplace_back(text);
    }
    return absl::OkStatus();
  }

  std::vector<const char*> Pointers() const {
    std::vector<const char*> pointers;
    for (const auto& text : texts_) {
      pointers.push_back(text ? text->c_str() : nullptr);
    }
    return pointers;
  }

 private:
  std::vector<std::optional<std::string>> texts_;
};

SqlRow ReadRow(const PGresult* result, int row) {
  SqlValues values;
  const int columns = PQnfields(result);
  for (int i = 0; i < columns; ++i) {
    if (PQgetisnull(result, row, i) != 0) {
      values.emplace_back(SqlNull());
    } else {
      values.emplace_back(
          std::string(PQgetvalue(result, row, i),
                      static_cast<size_t>(PQgetlength(result, row, i))));
    }
  }
  return SqlRow(std::move(values));
}

class PostgresqlConnection final : public Connection {
 public:
  absl::Status Open(const std::string& description, OpenMode mode) {
    connection_.reset(PQconnectdb(description.c_str()));
    if (PQstatus(connection_.get()) != CONNECTION_OK) return Failed(nullptr);
    // Notices may quote values.
    PQsetNoticeReceiver(
        connection_.get(), [](void*, const PGresult*) {}, nullptr);
    if (PQsetClientEncoding(connection_.get(), "UTF8") != 0) {
      return Failed(nullptr);
    }
    RETURN_IF_ERROR(RunScript(kSettings));
    switch (mode) {
      case OpenMode::kReadWrite:
        return absl::OkStatus();
      case OpenMode::kReadOnly:
        return RunScript("SET default_transaction_read_only = on");
      case OpenMode::kCache:
        return RunScript(kCacheSettings);
    }
    return absl::OkStatus();
  }

  SqlDialect dialect() const override { return SqlDialect::kPostgresql; }

  absl::StatusOr<SqlRows> Run(std::string_view sql,
                              const SqlValues& values) override {
    Parameters parameters;
    for (const SqlValue& value : values) {
      RETURN_IF_ERROR(parameters.Add(value));
    }
    const std::string text(sql);
    const std::vector<const char*> pointers = parameters.Pointers();
    const Result result(PQexecParams(
        connection_.get(), text.c_str(), static_cast<int>(pointers.size()),
        nullptr, pointers.data(), nullptr, nullptr, /*resultFormat=*/0));
    RETURN_IF_ERROR(Check(result.get()));
    SqlRows rows;
    const int count = PQntuples(result.get());
    for (int i = 0; i < count; ++i) rows.push_back(ReadRow(result.get(), i));
    return rows;
  }

  absl::Status RunScript(std::string_view sql) override {
    const std::string text(sql);
    return Check(Result(PQexec(connection_.get(), text.c_str())).get());
  }

  absl::Status Begin(TransactionKind kind) override {
    const absl::Status begun = RunScript(BeginOf(kind));
    if (!begun.ok()) Rollback();
    return begun;
  }

  // After a failed statement PostgreSQL answers COMMIT with a rollback.
  absl::Status Commit() override {
    const Result result(PQexec(connection_.get(), "COMMIT"));
    RETURN_IF_ERROR(Check(result.get()));
    if (std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
      return Failed("25P02");
    }
    return absl::OkStatus();
  }

  void Rollback() override {
    if (PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return;
    (void)RunScript("ROLLBACK");
  }

  bool broken() const override { return broken_; }

 private:
  absl::Status Check(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
      return absl::OkStatus();
    }
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    // Class 08: connection failed; 57P: the server shuts down. libpq itself
    // notices only with the next statement.
    broken_ = broken_ || state == nullptr ||
              std::strncmp(state, "08", 2) == 0 ||
              std::strncmp(state, "57P", 3) == 0 ||
              PQstatus(connection_.get()) != CONNECTION_OK;
    return Failed(state);
  }

  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  std::unique_ptr<PGconn, Finish> connection_;
  bool broken_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> OpenPostgresql(
    const std::string& description, OpenMode mode) {
  auto connection = std::make_unique<PostgresqlConnection>();
  RETURN_IF_ERROR(connection->Open(description, mode));
  return connection;
}

}  // namespace burntin
