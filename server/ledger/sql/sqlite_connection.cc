#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <string>
#include <unordered_map>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/sql/connection.h"

namespace burntin {
namespace {

// How long a statement waits for a writer of another connection.
constexpr int kBusyTimeoutMs = 20'000;
constexpr int kCacheBusyTimeoutMs = 2'000;

// Statements that stay prepared.
constexpr size_t kKeptStatements = 64;

absl::Status Failed(int code) {
  const std::string name = sqlite3_errstr(code & 0xFF);
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return Error(Reason::kLedgerDamaged,
                   "The ledger's SQLite database answers '" + name +
                       "'. Run burntin audit verify, and restore a backup if "
                       "it is damaged.");
    default:
      return Error(Reason::kLedgerUnavailable,
                   "The ledger's SQLite database answers '" + name +
                       "'. Check its file, its folder's permissions and the "
                       "room on its disk, then try again.");
  }
}

// SQLite numbers values by ?1 and reads $1 as a name.
std::string WithQuestionMarks(std::string_view sql) {
  std::string text(sql);
  for (char& letter : text) {
    if (letter == '$') letter = '?';
  }
  return text;
}

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
  }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

// Makes a statement ready for its next use.
struct ResetStatement {
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
  }
};
using Use = std::unique_ptr<sqlite3_stmt, ResetStatement>;

int Bind(sqlite3_stmt* statement, int index, const SqlValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) {
    return sqlite3_bind_int64(statement, index, *number);
  }
  if (const auto* real = std::get_if<double>(&value)) {
    return sqlite3_bind_double(statement, index, *real);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text64(statement, index, text->data(), text->size(),
                               SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  return sqlite3_bind_null(statement, index);
}

SqlValue Column(sqlite3_stmt* statement, int index) {
  switch (sqlite3_column_type(statement, index)) {
    case SQLITE_INTEGER:
      return int64_t{sqlite3_column_int64(statement, index)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, index);
    case SQLITE_NULL:
      return SqlNull();
    default: {
      const void* bytes = sqlite3_column_blob(statement, index);
      const int size = sqlite3_column_bytes(statement, index);
      return std::string(static_cast<const char*>(bytes),
                         static_cast<size_t>(size));
    }
  }
}

SqlRow ReadRow(sqlite3_stmt* statement) {
  SqlValues values;
  const int columns = sqlite3_column_count(statement);
  for (int i = 0; i < columns; ++i) values.push_back(Column(statement, i));
  return SqlRow(std::move(values));
}

class SqliteConnection final : public Connection {
 public:
  absl::Status Open(const std::string& path, OpenMode mode) {
    const bool read_only = mode == OpenMode::kReadOnly;
    if (!read_only) CreateForOwner(path);
    const int flags = read_only ? SQLITE_OPEN_READONLY
                                : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3* database = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &database,
                               flags | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(database);
    if (code == SQLITE_OK) code = Configure(mode);
    return code == SQLITE_OK ? absl::OkStatus() : Failed(code);
  }

  SqlDialect dialect() const override { return SqlDialect::kSqlite; }

  absl::StatusOr<SqlRows> Run(std::string_view sql,
                              const SqlValues& values) override {
    ASSIGN_OR_RETURN(const Use statement, Prepare(sql));
    for (size_t i = 0; i < values.size(); ++i) {
      RETURN_IF_ERROR(CheckText(values[i]));
      const int code =
          Bind(statement.get(), static_cast<int>(i + 1), values[i]);
      if (code != SQLITE_OK) return Failed(code);
    }
    SqlRows rows;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
      rows.push_back(ReadRow(statement.get()));
    }
    if (code != SQLITE_DONE) return Failed(code);
    return rows;
  }

  absl::Status RunScript(std::string_view sql) override {
    const int code = Execute(std::string(sql).c_str());
    return code == SQLITE_OK ? absl::OkStatus() : Failed(code);
  }

  absl::Status Begin(TransactionKind kind) override {
    return RunScript(kind == TransactionKind::kRead ? "BEGIN"
                                                    : "BEGIN IMMEDIATE");
  }

  absl::Status Commit() override { return RunScript("COMMIT"); }

  void Rollback() override {
    if (sqlite3_get_autocommit(database_.get()) != 0) return;
    (void)RunScript("ROLLBACK");
  }

  bool broken() const override { return false; }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };

  // The ledger holds PHI, so only its owner may read it; SQLite's further
  // files get the same mode. A file that is there is left as it is.
  static void CreateForOwner(const std::string& path) {
    const int file =
        open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) close(file);
  }

  // FULL: a commit is on the disk before it is OK, also in WAL mode. NORMAL: it
  // will be there soon.
  int Configure(OpenMode mode) {
    sqlite3_busy_timeout(database_.get(), mode == OpenMode::kCache
                                              ? kCacheBusyTimeoutMs
                                              : kBusyTimeoutMs);
    sqlite3_extended_result_codes(database_.get(), 1);
    if (mode == OpenMode::kReadOnly) return Execute("PRAGMA query_only = ON;");
    const int code = Execute(
        "PRAGMA journal_mode = WAL;"
        "PRAGMA foreign_keys = ON;"
        "PRAGMA trusted_schema = OFF;");
    if (code != SQLITE_OK) return code;
    return Execute(mode == OpenMode::kCache ? "PRAGMA synchronous = NORMAL;"
                                            : "PRAGMA synchronous = FULL;");
  }

  int Execute(const char* script) {
    return sqlite3_exec(database_.get(), script, nullptr, nullptr, nullptr);
  }

  static absl::Status CheckText(const SqlValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || text->find('\0') == std::string::npos) {
      return absl::OkStatus();
    }
    return Error(Reason::kInvalidArgument,
                 "A text holds the character NUL. Send it without.");
  }

  // Valid until the next call: no other statement is in use then.
  absl::StatusOr<Use> Prepare(std::string_view sql) {
    std::string key = WithQuestionMarks(sql);
    const auto found = statements_.find(key);
    if (found != statements_.end()) return Use(found->second.get());
    if (statements_.size() >= kKeptStatements) statements_.clear();
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(database_.get(), key.c_str(), -1,
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return Failed(code);
    statements_.emplace(std::move(key), Statement(statement));
    return Use(statement);
  }

  std::unique_ptr<sqlite3, Close> database_;
  std::unordered_map<std::string, Statement> statements_;  // by text
};

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> OpenSqlite(const std::string& path,
                                                       OpenMode mode) {
  auto connection = std::make_unique<SqliteConnection>();
  RETURN_IF_ERROR(connection->Open(path, mode));
  return connection;
}

}  // namespace burntin
