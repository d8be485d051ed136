#include "server/identity/failure_limiter.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

constexpr FailureLimiter::Time kStart{std::chrono::hours(500'000)};

int TriesLeft(FailureLimiter* limiter, const std::string& group,
              FailureLimiter::Time now) {
  int tries = 0;
  while (tries < 100 && limiter->Take(group, now)) ++tries;
  return tries;
}

TEST(FailureLimiterTest, AGroupHasSoManyTriesAndGetsThemBack) {
  FailureLimiter limiter;
  EXPECT_EQ(TriesLeft(&limiter, "a", kStart), FailureLimiter::kFailures);
  EXPECT_EQ(TriesLeft(&limiter, "a", kStart), 0);
  const auto next = kStart + FailureLimiter::kRefill;
  EXPECT_EQ(TriesLeft(&limiter, "a", next - std::chrono::seconds(1)), 0);
  EXPECT_EQ(TriesLeft(&limiter, "a", next), 1);
  EXPECT_EQ(TriesLeft(&limiter, "a", next + std::chrono::hours(1)),
            FailureLimiter::kFailures);
}

TEST(FailureLimiterTest, GroupsDoNotTakeEachOthersTries) {
  FailureLimiter limiter;
  EXPECT_EQ(TriesLeft(&limiter, "a", kStart), FailureLimiter::kFailures);
  EXPECT_EQ(TriesLeft(&limiter, "b", kStart), FailureLimiter::kFailures);
}

TEST(FailureLimiterTest, ATryThatIsGivenBackDoesNotCount) {
  FailureLimiter limiter;
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(limiter.Take("a", kStart));
    limiter.GiveBack("a");
  }
  EXPECT_EQ(TriesLeft(&limiter, "a", kStart), FailureLimiter::kFailures);
}

TEST(FailureLimiterTest, AClockThatGoesBackGivesNothing) {
  FailureLimiter limiter;
  EXPECT_EQ(TriesLeft(&limiter, "a", kStart), FailureLimiter::kFailures);
  EXPECT_EQ(TriesLeft(&limiter, "a", kStart - std::chrono::hours(1)), 0);
}

TEST(FailureLimiterTest, TooManyGroupsShareOneGroupsTries) {
  FailureLimiter limiter;
  for (size_t i = 0; i < FailureLimiter::kMaxGroups; ++i) {
    EXPECT_TRUE(limiter.Take(std::to_string(i), kStart));
  }
  EXPECT_EQ(TriesLeft(&limiter, "one more", kStart), FailureLimiter::kFailures);
  EXPECT_EQ(TriesLeft(&limiter, "and another", kStart), 0);
  // Later the earlier ones are forgotten.
  EXPECT_EQ(TriesLeft(&limiter, "one more", kStart + std::chrono::hours(1)),
            FailureLimiter::kFailures);
}

TEST(FailureLimiterTest, AnAddressIsAPeerWithoutItsPort) {
  EXPECT_EQ(PeerAddress("ipv4:192.0.2.7:1234"), "192.0.2.7");
  EXPECT_EQ(PeerAddress("ipv6:[2001:db8::1]:1234"), "2001:db8::1");
  EXPECT_EQ(PeerAddress("ipv6:%5B2001:db8::1%5D:1234"), "2001:db8::1");
  EXPECT_EQ(PeerAddress("unix:/run/a"), "unix:/run/a");
  EXPECT_EQ(PeerAddress(""), "");
}

TEST(FailureLimiterTest, AddressesOfOneIpv6NetworkCountTogether) {
  EXPECT_EQ(PeerGroup("2001:db8:0:1::1"), PeerGroup("2001:db8:0:1:ffff::2"));
  EXPECT_NE(PeerGroup("2001:db8:0:1::1"), PeerGroup("2001:db8:0:2::1"));
  EXPECT_NE(PeerGroup("192.0.2.7"), PeerGroup("192.0.2.8"));
  EXPECT_NE(PeerGroup("::ffff:192.0.2.7"), PeerGroup("::ffff:192.0.2.8"));
}

}  // namespace
}  // namespace burntin
