#include "server/upload/byte_budget.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace burntin {
namespace {

bool Never() { return false; }
bool Always() { return true; }

TEST(ByteBudgetTest, WhatFitsIsTakenAtOnce) {
  ByteBudget budget(10);
  const auto first = budget.Take(4, Always);
  const auto second = budget.Take(6, Always);
  EXPECT_TRUE(first.has_value());
  EXPECT_TRUE(second.has_value());
}

TEST(ByteBudgetTest, WhatDoesNotFitWaitsUntilItIsCancelled) {
  ByteBudget budget(10);
  const auto first = budget.Take(10, Never);
  EXPECT_FALSE(budget.Take(1, Always).has_value());
}

TEST(ByteBudgetTest, WhatDoesNotFitWaitsUntilThereIsRoom) {
  ByteBudget budget(10);
  std::optional<ByteBudget::Lease> first = budget.Take(10, Never);
  std::atomic<bool> asked = false;
  std::thread waiting([&] {
    const auto waits = [&] {
      asked = true;
      return false;
    };
    EXPECT_TRUE(budget.Take(5, waits).has_value());
  });
  while (!asked) std::this_thread::yield();
  EXPECT_EQ(budget.waiting(), 1);
  EXPECT_EQ(budget.taken_bytes(), 10);
  first.reset();
  waiting.join();
  EXPECT_EQ(budget.waiting(), 0);
  EXPECT_EQ(budget.taken_bytes(), 0);
}

TEST(ByteBudgetTest, AnObjectAboveTheWholeTakesAllOfIt) {
  ByteBudget budget(10);
  {
    const auto all = budget.Take(11, Never);
    EXPECT_TRUE(all.has_value());
    EXPECT_FALSE(budget.Take(1, Always).has_value());
  }
  EXPECT_TRUE(budget.Take(10, Always).has_value());
}

TEST(ByteBudgetTest, ManyThreadsNeverTakeMoreThanThereIs) {
  ByteBudget budget(3);
  std::atomic<int> taken = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const auto lease = budget.Take(1, Never);
        EXPECT_LE(++taken, 3);
        --taken;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace burntin
