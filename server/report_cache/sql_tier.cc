#include "server/report_cache/sql_tier.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "absl/strings/escaping.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/ledger/sql/migrations.h"
#include "server/ledger/sql/rows.h"

namespace burntin {
namespace {

constexpr int kMostConnections = 64;
constexpr char kTable[] = "report_cache";

// Text, because a record has any bytes and a column has none of value 0.
std::string ToText(const std::string& record) {
  return absl::Base64Escape(record);
}

// Empty if it is no such text: nobody takes that for a record.
std::string FromText(const std::string& text) {
  std::string record;
  if (!absl::Base64Unescape(text, &record)) return "";
  return record;
}

int64_t BytesOf(const std::string& text) {
  return static_cast<int64_t>(text.size()) + SqlTier::kBytesBeside;
}

// The table alone, as the one migration of a file of its own.
absl::Status MakeTable(Connection* connection) {
  const std::vector<Migration> all = Migrations(connection->dialect());
  const auto found = std::find_if(
      all.begin(), all.end(),
      [](const Migration& migration) { return migration.name == kTable; });
  if (found == all.end()) return DamagedRow();
  const Migration only = {1, found->name, found->sql};
  return Migrate(connection, std::span(&only, 1));
}

}  // namespace

SqlTier::SqlTier(SqlTierOptions options)
    : options_(std::move(options)),
      pool_(options_.database, OpenMode::kCache,
            std::clamp(options_.connections, 1, kMostConnections)) {}

absl::StatusOr<std::unique_ptr<SqlTier>> SqlTier::OpenInLedger(
    SqlTierOptions options) {
  auto tier = absl::WrapUnique(new SqlTier(std::move(options)));
  RETURN_IF_ERROR(tier->Recount());
  return tier;
}

absl::StatusOr<std::unique_ptr<SqlTier>> SqlTier::OpenFile(
    SqlTierOptions options) {
  {
    ASSIGN_OR_RETURN(const auto connection,
                     OpenSqlite(options.database, OpenMode::kCache));
    RETURN_IF_ERROR(MakeTable(connection.get()));
  }
  return OpenInLedger(std::move(options));
}

std::optional<std::string> SqlTier::Find(const std::string& key) {
  if (IsResting()) return std::nullopt;
  const absl::StatusOr<std::optional<std::string>> text = Select(key);
  Note(text.status());
  if (!text.ok() || !*text) return std::nullopt;
  Note(InWrite([&](Connection* connection, Size* size) {
    return RunOnly(
        connection,
        "UPDATE report_cache SET last_use = $1 WHERE report_key = $2",
        {size->next_use++, key});
  }));
  return FromText(**text);
}

void SqlTier::Put(const std::string& key, const std::string& record) {
  if (IsResting()) return;
  const std::string text = ToText(record);
  Note(InWrite([&](Connection* connection, Size* size) -> absl::Status {
    RETURN_IF_ERROR(Delete(connection, key, size));
    if (BytesOf(text) > options_.most_bytes) return absl::OkStatus();
    RETURN_IF_ERROR(Insert(connection, key, text, size));
    return Evict(connection, size);
  }));
}

void SqlTier::Remove(const std::string& key) {
  if (IsResting()) return;
  Note(InWrite([&](Connection* connection, Size* size) {
    return Delete(connection, key, size);
  }));
}

TierCounts SqlTier::counts() const {
  MutexLock lock(&mutex_);
  return counts_;
}

absl::StatusOr<SqlTier::Size> SqlTier::ReadSize(Connection* connection) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(connection,
                "SELECT reports, bytes, next_use FROM report_cache_size", {}));
  if (!row) return Count(connection);
  const Size size = {
      .reports = row->Int(0), .bytes = row->Int(1), .next_use = row->Int(2)};
  if (row->damaged()) return Count(connection);
  return size;
}

absl::StatusOr<SqlTier::Size> SqlTier::Count(Connection* connection) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(connection,
                "SELECT COUNT(*), CAST(COALESCE(SUM(record_bytes), 0) AS "
                "BIGINT), COALESCE(MAX(last_use), 0) FROM report_cache",
                {}));
  if (!row) return DamagedRow();
  const Size size = {.reports = row->Int(0),
                     .bytes = row->Int(1),
                     .next_use = row->Int(2) + 1};
  if (row->damaged()) return DamagedRow();
  return size;
}

absl::Status SqlTier::WriteSize(Connection* connection, const Size& size) {
  return RunOnly(connection,
                 "INSERT INTO report_cache_size VALUES (1, $1, $2, $3) "
                 "ON CONFLICT (size) DO UPDATE SET reports = excluded.reports, "
                 "bytes = excluded.bytes, next_use = excluded.next_use",
                 {size.reports, size.bytes, size.next_use});
}

absl::Status SqlTier::Insert(Connection* connection, const std::string& key,
                             const std::string& text, Size* size) {
  RETURN_IF_ERROR(RunOnly(connection,
                          "INSERT INTO report_cache VALUES ($1, $2, $3, $4)",
                          {key, size->next_use++, BytesOf(text), text}));
  ++size->reports;
  size->bytes += BytesOf(text);
  return absl::OkStatus();
}

absl::Status SqlTier::Delete(Connection* connection, const std::string& key,
                             Size* size) {
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(connection,
                "SELECT record_bytes FROM report_cache WHERE report_key = $1",
                {key}));
  if (!row) return absl::OkStatus();
  --size->reports;
  size->bytes -= row->Int(0);
  return RunOnly(connection, "DELETE FROM report_cache WHERE report_key = $1",
                 {key});
}

absl::StatusOr<std::optional<std::string>> SqlTier::Select(
    const std::string& key) {
  ASSIGN_OR_RETURN(auto lease, pool_.Begin(TransactionKind::kRead));
  ASSIGN_OR_RETURN(
      const auto row,
      RunForOne(lease.get(),
                "SELECT phi_record FROM report_cache WHERE report_key = $1",
                {key}));
  if (!row) return std::optional<std::string>();
  return std::optional<std::string>(row->Text(0));
}

absl::Status SqlTier::Evict(Connection* connection, Size* size) const {
  constexpr char kOldest[] =
      "SELECT report_key FROM report_cache ORDER BY last_use LIMIT 64";
  while (size->bytes > options_.most_bytes) {
    ASSIGN_OR_RETURN(const SqlRows rows, connection->Run(kOldest, {}));
    if (rows.empty()) size->reports = size->bytes = 0;
    for (const SqlRow& row : rows) {
      if (size->bytes <= options_.most_bytes) break;
      RETURN_IF_ERROR(Delete(connection, row.Text(0), size));
      ++size->evicted;
    }
  }
  return absl::OkStatus();
}

// The sums are kept with each change; they are made anew at the start, also
// because the room may be less than it was.
absl::Status SqlTier::Recount() {
  return InWrite([&](Connection* connection, Size* size) -> absl::Status {
    ASSIGN_OR_RETURN(*size, Count(connection));
    return Evict(connection, size);
  });
}

absl::Status SqlTier::InWrite(const Change& change) {
  ASSIGN_OR_RETURN(auto lease, pool_.Begin(TransactionKind::kCacheWrite));
  ASSIGN_OR_RETURN(Size size, ReadSize(lease.get()));
  RETURN_IF_ERROR(change(lease.get(), &size));
  RETURN_IF_ERROR(WriteSize(lease.get(), size));
  RETURN_IF_ERROR(lease.Commit());
  MutexLock lock(&mutex_);
  counts_.reports = size.reports;
  counts_.bytes = size.bytes;
  counts_.evicted += size.evicted;
  return absl::OkStatus();
}

bool SqlTier::IsResting() const {
  MutexLock lock(&mutex_);
  return rests_until_ && options_.clock() < *rests_until_;
}

void SqlTier::Note(const absl::Status& status) {
  if (status.ok()) return;
  {
    MutexLock lock(&mutex_);
    ++counts_.failures;
    rests_until_ = options_.clock() + options_.rest;
  }
  if (options_.on_failure) options_.on_failure(status);
}

}  // namespace burntin
