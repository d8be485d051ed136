// What holds for the tier in every database: restarts, damage, trouble.
#include <chrono>
#include <filesystem>

#include "server/ledger/sql/connection.h"
#include "server/report_cache/report_record.h"
#include "tests/server/report_cache/example_report.h"
#include "tests/server/report_cache/tier_fixture.h"

namespace burntin {
namespace {

class SqlTierTest : public TierFixture {
 protected:
  // Changes the table as no part of burntin does.
  void Tamper(const std::string& sql) {
    const auto connection = OpenConnection(database_, OpenMode::kReadWrite);
    ASSERT_THAT(connection, IsOk());
    ASSERT_THAT((*connection)->RunScript(sql), IsOk());
  }

  int64_t Ask(const std::string& sql) {
    const auto connection = OpenConnection(database_, OpenMode::kReadOnly);
    EXPECT_THAT(connection, IsOk());
    const auto rows = (*connection)->Run(sql, {});
    EXPECT_THAT(rows, IsOk());
    return rows.ok() && rows->size() == 1 ? rows->front().Int(0) : -1;
  }
};
INSTANTIATE_TEST_SUITE_P(Tier, SqlTierTest,
                         testing::Values(InSqlite(), InPostgresql(), InFile()),
                         NameOfTier);

TEST_P(SqlTierTest, AReportIsTheSameByteForByteAfterARestart) {
  const std::string record =
      *EncodeReport(KeyOf(1), ExampleReport(), /*with_texts=*/false);
  Open(/*records=*/100);
  tier_->Put(KeyOf(1), record);
  Open(/*records=*/100);
  const auto found = tier_->Find(KeyOf(1));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, record);
  EXPECT_EQ(BytesOf(DecodeReport(KeyOf(1), *found)->report, false),
            BytesOf(ExampleReport(), false));
}

TEST_P(SqlTierTest, TheOrderOfUseOutlivesARestart) {
  for (const int number : {1, 2, 3}) Put(number);
  EXPECT_TRUE(Has(1));
  Open(/*records=*/3);
  EXPECT_EQ(tier_->counts().reports, 3);
  Put(4);
  EXPECT_TRUE(Has(1));
  EXPECT_FALSE(Has(2));
}

TEST_P(SqlTierTest, LessRoomMovesTheLeastRecentlyUsedOutAtTheStart) {
  for (const int number : {1, 2, 3}) Put(number);
  Open(/*records=*/1);
  EXPECT_EQ(tier_->counts().reports, 1);
  EXPECT_EQ(tier_->counts().evicted, 2);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM report_cache"), 1);
  EXPECT_TRUE(Has(3));
}

TEST_P(SqlTierTest, TwoProcessesShareItAndItsRoom) {
  const auto other = SqlTier::OpenInLedger(SqlOptions(database_, 3));
  ASSERT_THAT(other, IsOk());
  Put(1);
  (*other)->Put(KeyOf(2), ExampleRecord(2));
  EXPECT_TRUE(Has(2));
  (*other)->Put(KeyOf(3), ExampleRecord(3));
  Put(4);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM report_cache"), 3);
  EXPECT_FALSE(Has(1));
}

TEST_P(SqlTierTest, ARowThatIsNoRecordIsNoErrorAndIsNotTakenForOne) {
  Put(1);
  Tamper("UPDATE report_cache SET phi_record = '%%%'");
  const auto found = tier_->Find(KeyOf(1));
  EXPECT_EQ(found, "");
  EXPECT_FALSE(DecodeReport(KeyOf(1), *found));
  tier_->Remove(KeyOf(1));
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM report_cache"), 0);
  EXPECT_EQ(tier_->counts().failures, 0);
}

TEST_P(SqlTierTest, SumsThatWereLostAreMadeAnew) {
  Put(1);
  Put(2);
  Tamper("DELETE FROM report_cache_size");
  Put(3);
  EXPECT_EQ(tier_->counts().reports, 3);
  Put(4);
  EXPECT_EQ(Ask("SELECT COUNT(*) FROM report_cache"), 3);
  EXPECT_FALSE(Has(1));
}

TEST_P(SqlTierTest, SumsThatAreWrongAreCorrectedAtTheStart) {
  Put(1);
  Tamper("UPDATE report_cache_size SET reports = 900, bytes = 900000000");
  Open(/*records=*/3);
  EXPECT_EQ(tier_->counts().reports, 1);
  EXPECT_TRUE(Has(1));
}

TEST_P(SqlTierTest, SumsThatAreFarTooHighEmptyItAndNothingElse) {
  Put(1);
  Tamper("UPDATE report_cache_size SET reports = 900, bytes = 900000000");
  Put(2);
  EXPECT_EQ(tier_->counts().failures, 0);
  Put(3);
  EXPECT_TRUE(Has(3));
}

TEST_P(SqlTierTest, ADatabaseThatFailsIsLeftAloneForAWhile) {
  std::chrono::steady_clock::time_point now;
  int told = 0;
  SqlTierOptions options = SqlOptions(database_, 3);
  options.on_failure = [&](const absl::Status&) { ++told; };
  options.rest = std::chrono::minutes(1);
  options.clock = [&] { return now; };
  auto tier = *SqlTier::OpenInLedger(options);
  Tamper("ALTER TABLE report_cache RENAME TO hidden");
  EXPECT_EQ(tier->Find(KeyOf(1)), std::nullopt);
  EXPECT_EQ(told, 1);
  tier->Put(KeyOf(1), ExampleRecord(1));
  EXPECT_EQ(tier->Find(KeyOf(1)), std::nullopt);
  EXPECT_EQ(told, 1);
  EXPECT_EQ(tier->counts().failures, 1);
  Tamper("ALTER TABLE hidden RENAME TO report_cache");
  now += std::chrono::minutes(1);
  tier->Put(KeyOf(1), ExampleRecord(1));
  EXPECT_EQ(tier->Find(KeyOf(1)), ExampleRecord(1));
  EXPECT_EQ(told, 1);
}

class SqliteTierTest : public TierFixture {};
INSTANTIATE_TEST_SUITE_P(Tier, SqliteTierTest,
                         testing::Values(InSqlite(), InFile()), NameOfTier);

TEST_P(SqliteTierTest, TheFileIsReadByItsOwnerOnly) {
  EXPECT_EQ(
      std::filesystem::status(database_).permissions(),
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(SqlTierFileTest, ALedgerIsNoFileOfReports) {
  const TempDir folder;
  const std::string database = folder.File("ledger.sqlite");
  (void)OpenBesideLedger(database, /*records=*/3);
  EXPECT_THAT(SqlTier::OpenFile(SqlOptions(database, 3)),
              FailsWith(Reason::kLedgerSchemaMismatch));
}

TEST(SqlTierFileTest, ADatabaseThatCannotBeOpenedIsAnError) {
  const TempDir folder;
  EXPECT_THAT(
      SqlTier::OpenFile(SqlOptions(folder.File("none/cache.sqlite"), 3)),
      FailsWith(Reason::kLedgerUnavailable));
}

}  // namespace
}  // namespace burntin
