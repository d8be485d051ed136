// How the schema of every ledger is brought up to date.
#include <vector>

#include "server/ledger/sql/migrations.h"
#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {
namespace {

class LedgerSchemaTest : public LedgerFixture {
 protected:
  void SetUp() override {
    LedgerFixture::SetUp();
    ledger_.reset();
    connection_ = *OpenConnection(database_, OpenMode::kReadWrite);
    migrations_ = Migrations(connection_->dialect());
  }

  absl::Status OpenAgain() {
    LedgerOptions options;
    options.database = database_;
    return OpenLedger(options).status();
  }

  std::unique_ptr<Connection> connection_;
  std::vector<Migration> migrations_;
};
BURNTIN_FOR_EACH_LEDGER(LedgerSchemaTest);

TEST_P(LedgerSchemaTest, EachFileIsNumberedAndBeginsWithItsReason) {
  ASSERT_FALSE(migrations_.empty());
  for (size_t i = 0; i < migrations_.size(); ++i) {
    EXPECT_EQ(migrations_[i].number, static_cast<int>(i + 1));
    EXPECT_TRUE(migrations_[i].sql.starts_with("-- "));
  }
}

TEST_P(LedgerSchemaTest, ALedgerOfALaterVersionIsRefused) {
  ASSERT_THAT(connection_->RunScript(
                  "INSERT INTO schema_migrations VALUES (999, 'x', 'x')"),
              IsOk());
  EXPECT_THAT(OpenAgain(), FailsWith(Reason::kLedgerSchemaMismatch));
}

TEST_P(LedgerSchemaTest, ASchemaThatWasChangedIsRefused) {
  ASSERT_THAT(connection_->RunScript("UPDATE schema_migrations SET "
                                     "sha256 = 'x' WHERE number = 1"),
              IsOk());
  EXPECT_THAT(OpenAgain(), FailsWith(Reason::kLedgerSchemaMismatch));
}

TEST_P(LedgerSchemaTest, AFileThatFailsLeavesNothingOfItself) {
  migrations_.push_back({static_cast<int>(migrations_.size() + 1), "broken",
                         "-- Broken.\nCREATE TABLE half (a BIGINT);"
                         "CREATE TABLE half (a BIGINT);"});
  EXPECT_FALSE(Migrate(connection_.get(), migrations_).ok());
  EXPECT_FALSE(connection_->Run("SELECT a FROM half", {}).ok());
  EXPECT_THAT(OpenAgain(), IsOk());
}

TEST_P(LedgerSchemaTest, ALaterFileIsAppliedOnce) {
  migrations_.push_back({static_cast<int>(migrations_.size() + 1), "more",
                         "-- More.\nCREATE TABLE more (a BIGINT);"});
  EXPECT_THAT(Migrate(connection_.get(), migrations_), IsOk());
  EXPECT_THAT(Migrate(connection_.get(), migrations_), IsOk());
  EXPECT_THAT(connection_->Run("SELECT a FROM more", {}), IsOk());
}

}  // namespace
}  // namespace burntin
