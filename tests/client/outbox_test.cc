#include "client/inspect/outbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burntin {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Outbox::TimePoint kNow{};

TEST(OutboxTest, NoMoreThanTheBoundAreInFlight) {
  Outbox outbox(3, /*max_in_flight=*/2, /*max_attempts=*/2);
  EXPECT_EQ(outbox.Next(kNow), 0u);
  EXPECT_EQ(outbox.Next(kNow), 1u);
  EXPECT_EQ(outbox.Next(kNow), std::nullopt);
  EXPECT_TRUE(outbox.Finish(0));
  EXPECT_EQ(outbox.Next(kNow), 2u);
}

TEST(OutboxTest, AStrangersOrSecondAnswerIsRefused) {
  Outbox outbox(2, 2, 2);
  outbox.Next(kNow);
  EXPECT_FALSE(outbox.Finish(1));
  EXPECT_TRUE(outbox.Finish(0));
  EXPECT_FALSE(outbox.Finish(0));
}

TEST(OutboxTest, ASuspectIsSentAlone) {
  Outbox outbox(3, 3, 3);
  outbox.Next(kNow);
  outbox.Next(kNow);
  EXPECT_THAT(outbox.Break(), IsEmpty());
  EXPECT_EQ(outbox.Next(kNow), 0u);
  EXPECT_EQ(outbox.Next(kNow), std::nullopt);
  EXPECT_TRUE(outbox.Finish(0));
  EXPECT_EQ(outbox.Next(kNow), 1u);
  EXPECT_EQ(outbox.Next(kNow), std::nullopt);
  EXPECT_TRUE(outbox.Finish(1));
  EXPECT_EQ(outbox.Next(kNow), 2u);
}

TEST(OutboxTest, OnlyTheObjectThatBreaksEachConnectionIsGivenUp) {
  Outbox outbox(2, 2, /*max_attempts=*/2);
  outbox.Next(kNow);
  outbox.Next(kNow);
  EXPECT_THAT(outbox.Break(), IsEmpty());
  outbox.Next(kNow);
  EXPECT_THAT(outbox.Break(), ElementsAre(0));
  EXPECT_EQ(outbox.Next(kNow), 1u);
  EXPECT_FALSE(outbox.all_done());
}

TEST(OutboxTest, AnInterruptionCostsNoAttempt) {
  Outbox outbox(2, 2, /*max_attempts=*/1);
  outbox.Next(kNow);
  outbox.Next(kNow);
  outbox.Interrupt();
  EXPECT_EQ(outbox.Next(kNow), 0u);
  EXPECT_EQ(outbox.Next(kNow), 1u);
}

TEST(OutboxTest, GivingUpEndsWhatIsInFlightOrAll) {
  Outbox outbox(3, 1, 2);
  outbox.Next(kNow);
  EXPECT_THAT(outbox.GiveUpInFlight(), ElementsAre(0));
  EXPECT_THAT(outbox.GiveUp(), ElementsAre(1, 2));
  EXPECT_TRUE(outbox.all_done());
}

TEST(OutboxTest, TheObjectThatWasSentFirstIsTheLateOne) {
  Outbox outbox(2, 2, 2);
  outbox.Next(kNow);
  outbox.Next(kNow + seconds(1));
  EXPECT_EQ(outbox.SentBefore(kNow), std::nullopt);
  EXPECT_EQ(outbox.SentBefore(kNow + seconds(2)), 0u);
}

}  // namespace
}  // namespace burntin
