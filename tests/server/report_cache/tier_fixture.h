// What the suites of the tiers share: each test runs on each kind of tier.
#ifndef BURNTIN_TESTS_SERVER_REPORT_CACHE_TIER_FIXTURE_H_
#define BURNTIN_TESTS_SERVER_REPORT_CACHE_TIER_FIXTURE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "server/ledger/ledger.h"
#include "server/report_cache/memory_tier.h"
#include "server/report_cache/sql_tier.h"
#include "tests/server/ledger/postgresql_server.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {

// What a record of ExampleRecord takes in a database: its text, four thirds as
// long, and what is beside it.
inline constexpr int64_t kRecordBytes = 99;
inline constexpr int64_t kRecordBytesInSql =
    kRecordBytes / 3 * 4 + SqlTier::kBytesBeside;

inline std::string KeyOf(int number) {
  std::string key = std::to_string(number);
  return std::string(64 - key.size(), '0') + key;
}

// Any bytes, zero ones among them, that tell the number.
inline std::string ExampleRecord(int number) {
  std::string record(kRecordBytes, '\0');
  record[0] = static_cast<char>(number);
  record.back() = static_cast<char>(200);
  return record;
}

// A kind of database, or memory, with room for so many records.
struct NamedTier {
  const char* name;
  bool is_ledger;
  // Describes an empty database in, or beside, a folder.
  std::function<std::string(const TempDir&)> database;
  std::function<std::unique_ptr<ReportTier>(const std::string& database,
                                            int records)>
      open;
};

inline SqlTierOptions SqlOptions(const std::string& database, int records) {
  SqlTierOptions options;
  options.database = database;
  options.most_bytes = records * kRecordBytesInSql;
  return options;
}

// As burntind opens it: beside the ledger, which makes the table.
inline std::unique_ptr<ReportTier> OpenBesideLedger(const std::string& database,
                                                    int records) {
  LedgerOptions ledger;
  ledger.database = database;
  EXPECT_THAT(OpenLedger(ledger), IsOk());
  auto opened = SqlTier::OpenInLedger(SqlOptions(database, records));
  EXPECT_THAT(opened, IsOk());
  return opened.ok() ? *std::move(opened) : nullptr;
}

inline NamedTier InMemory() {
  return {"Memory", false, [](const TempDir&) { return std::string(); },
          [](const std::string&, int records) -> std::unique_ptr<ReportTier> {
            return std::make_unique<MemoryTier>(
                records * (kRecordBytes + MemoryTier::kBytesBeside));
          }};
}

inline NamedTier InSqlite() {
  return {"Sqlite", true,
          [](const TempDir& folder) { return folder.File("ledger.sqlite"); },
          OpenBesideLedger};
}

inline NamedTier InPostgresql() {
  return {"Postgresql", true,
          [](const TempDir&) { return PostgresqlServer::Get().NewDatabase(); },
          OpenBesideLedger};
}

inline NamedTier InFile() {
  return {"File", false,
          [](const TempDir& folder) { return folder.File("cache.sqlite"); },
          [](const std::string& database,
             int records) -> std::unique_ptr<ReportTier> {
            auto opened = SqlTier::OpenFile(SqlOptions(database, records));
            EXPECT_THAT(opened, IsOk());
            return opened.ok() ? *std::move(opened) : nullptr;
          }};
}

class TierFixture : public testing::TestWithParam<NamedTier> {
 protected:
  void SetUp() override {
    database_ = GetParam().database(folder_);
    Open(/*records=*/3);
  }

  // Opens it anew, with room for so many records.
  void Open(int records) {
    tier_.reset();
    tier_ = GetParam().open(database_, records);
    ASSERT_NE(tier_, nullptr);
  }

  void Put(int number) { tier_->Put(KeyOf(number), ExampleRecord(number)); }
  bool Has(int number) {
    const auto found = tier_->Find(KeyOf(number));
    if (found) {
      EXPECT_EQ(*found, ExampleRecord(number));
    }
    return found.has_value();
  }

  TempDir folder_;
  std::string database_;
  std::unique_ptr<ReportTier> tier_;
};

inline std::string NameOfTier(const testing::TestParamInfo<NamedTier>& tested) {
  return tested.param.name;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_REPORT_CACHE_TIER_FIXTURE_H_
