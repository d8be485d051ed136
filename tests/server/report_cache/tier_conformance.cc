// What holds for every tier, in memory or in a database.
#include <thread>
#include <vector>

#include "tests/server/report_cache/tier_fixture.h"

namespace burntin {
namespace {

class ReportTierTest : public TierFixture {};
INSTANTIATE_TEST_SUITE_P(Tier, ReportTierTest,
                         testing::Values(InMemory(), InSqlite(), InPostgresql(),
                                         InFile()),
                         NameOfTier);

TEST_P(ReportTierTest, WhatWasPutIsFoundByItsKeyAlone) {
  Put(1);
  EXPECT_TRUE(Has(1));
  EXPECT_FALSE(Has(2));
  EXPECT_EQ(tier_->counts().reports, 1);
  EXPECT_GT(tier_->counts().bytes, kRecordBytes);
}

TEST_P(ReportTierTest, AnotherRecordOfAKeyTakesItsPlace) {
  Put(1);
  tier_->Put(KeyOf(1), "other");
  EXPECT_EQ(tier_->Find(KeyOf(1)), "other");
  EXPECT_EQ(tier_->counts().reports, 1);
}

TEST_P(ReportTierTest, WhatIsRemovedIsGoneAndTakesNoRoom) {
  Put(1);
  tier_->Remove(KeyOf(1));
  tier_->Remove(KeyOf(2));
  EXPECT_FALSE(Has(1));
  EXPECT_EQ(tier_->counts().reports, 0);
  EXPECT_EQ(tier_->counts().bytes, 0);
  EXPECT_EQ(tier_->counts().evicted, 0);
}

TEST_P(ReportTierTest, WhenItIsFullTheLeastRecentlyUsedGoes) {
  for (const int number : {1, 2, 3}) Put(number);
  EXPECT_EQ(tier_->counts().evicted, 0);
  EXPECT_TRUE(Has(1));  // a use
  Put(2);               // another one
  Put(4);
  EXPECT_FALSE(Has(3));
  EXPECT_TRUE(Has(1));
  EXPECT_TRUE(Has(2));
  EXPECT_TRUE(Has(4));
  EXPECT_EQ(tier_->counts().evicted, 1);
  EXPECT_EQ(tier_->counts().reports, 3);
}

TEST_P(ReportTierTest, ALargeRecordTakesThePlaceOfSeveral) {
  for (const int number : {1, 2, 3}) Put(number);
  tier_->Put(KeyOf(4), std::string(3 * kRecordBytes, 'x'));
  EXPECT_FALSE(Has(1));
  EXPECT_TRUE(tier_->Find(KeyOf(4)).has_value());
  EXPECT_GE(tier_->counts().evicted, 2);
}

TEST_P(ReportTierTest, WhatIsLargerThanAllRoomIsNotKeptAndMovesNothingOut) {
  Put(1);
  Put(2);
  tier_->Put(KeyOf(3), std::string(100 * kRecordBytes, 'x'));
  tier_->Put(KeyOf(2), std::string(100 * kRecordBytes, 'x'));
  EXPECT_TRUE(Has(1));
  EXPECT_EQ(tier_->Find(KeyOf(2)), std::nullopt);
  EXPECT_EQ(tier_->Find(KeyOf(3)), std::nullopt);
  EXPECT_EQ(tier_->counts().reports, 1);
}

TEST_P(ReportTierTest, ItNeverHoldsMoreThanItMayWhateverThreadsDo) {
  Open(/*records=*/10);
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < 20; ++i) {
        Put(thread * 10 + i);
        (void)tier_->Find(KeyOf(i));
      }
    });
  }
  threads.clear();
  const TierCounts counts = tier_->counts();
  EXPECT_EQ(counts.reports, 10);
  EXPECT_EQ(counts.failures, 0);
  int found = 0;
  for (int number = 0; number < 50; ++number) found += Has(number) ? 1 : 0;
  EXPECT_EQ(found, 10);
}

}  // namespace
}  // namespace burntin
