// Records of reports in the ledger's database, or in an SQLite file of their
// own.
#ifndef BURNTIN_SERVER_REPORT_CACHE_SQL_TIER_H_
#define BURNTIN_SERVER_REPORT_CACHE_SQL_TIER_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/mutex.h"
#include "server/ledger/sql/pool.h"
#include "server/report_cache/report_tier.h"

namespace burntin {

struct SqlTierOptions {
  std::string database;  // as LedgerOptions has it
  int64_t most_bytes = 0;
  int connections = 2;
  // Told of each failure of the database. Empty: nobody is.
  std::function<void(const absl::Status& status)> on_failure;
  // After a failure the database is left alone for so long, so that one that
  // does not answer does not hold up inspections.
  std::chrono::milliseconds rest = std::chrono::minutes(1);
  std::function<std::chrono::steady_clock::time_point()> clock =
      &std::chrono::steady_clock::now;
};

// Several processes may share one; each counts what others keep when it keeps
// something itself, and bounds it all the same.
class SqlTier final : public ReportTier {
 public:
  // Keeping one record takes about so many bytes beside its text in the table:
  // the key there and in an index, the order of use, and what pages leave free.
  static constexpr int64_t kBytesBeside = 512;

  // In a ledger's database, which OpenLedger has brought up to date.
  // LEDGER_UNAVAILABLE.
  static absl::StatusOr<std::unique_ptr<SqlTier>> OpenInLedger(
      SqlTierOptions options);

  // In an SQLite file of its own, made if it is not there, that several
  // processes of one machine may open. LEDGER_SCHEMA_MISMATCH if it is
  // something else, a ledger for example.
  static absl::StatusOr<std::unique_ptr<SqlTier>> OpenFile(
      SqlTierOptions options);

  std::optional<std::string> Find(const std::string& key) override;
  void Put(const std::string& key, const std::string& record) override;
  void Remove(const std::string& key) override;
  TierCounts counts() const override;

 private:
  explicit SqlTier(SqlTierOptions options);

  // What report_cache_size says.
  struct Size {
    int64_t reports = 0;
    int64_t bytes = 0;
    int64_t next_use = 1;
    int64_t evicted = 0;  // by this change
  };
  using Change =
      std::function<absl::Status(Connection* connection, Size* size)>;

  static absl::StatusOr<Size> ReadSize(Connection* connection);
  static absl::StatusOr<Size> Count(Connection* connection);
  static absl::Status WriteSize(Connection* connection, const Size& size);
  static absl::Status Insert(Connection* connection, const std::string& key,
                             const std::string& text, Size* size);
  static absl::Status Delete(Connection* connection, const std::string& key,
                             Size* size);

  absl::StatusOr<std::optional<std::string>> Select(const std::string& key);
  // Removes the least recently used until what is left fits.
  absl::Status Evict(Connection* connection, Size* size) const;
  absl::Status Recount();
  // One transaction, alone among all writers of the cache.
  absl::Status InWrite(const Change& change);
  bool IsResting() const;
  void Note(const absl::Status& status);

  const SqlTierOptions options_;
  ConnectionPool pool_;
  mutable Mutex mutex_;
  TierCounts counts_ ABSL_GUARDED_BY(mutex_);
  std::optional<std::chrono::steady_clock::time_point> rests_until_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_REPORT_CACHE_SQL_TIER_H_
