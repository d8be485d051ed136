#include "server/gate/gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "detector/base/error.h"

namespace burntin {
namespace {

using std::chrono::milliseconds;

std::optional<Reason> Refusal(Gate* gate) {
  return ReasonOf(gate->Enter().status());
}

TEST(GateTest, LetsNothingInBeforeItIsOpen) {
  Gate gate(/*max_calls=*/1);
  EXPECT_EQ(Refusal(&gate), Reason::kServerStarting);
}

TEST(GateTest, LetsInAsManyAsItMay) {
  Gate gate(/*max_calls=*/2);
  gate.Open();
  const auto first = gate.Enter();
  std::optional<absl::StatusOr<Gate::Pass>> second(gate.Enter());
  EXPECT_TRUE(first.ok());
  EXPECT_TRUE(second->ok());
  EXPECT_EQ(Refusal(&gate), Reason::kTooManyRequests);
  second.reset();
  EXPECT_TRUE(gate.Enter().ok());
  EXPECT_EQ(gate.calls(), 1);
}

TEST(GateTest, LetsNothingInAfterItIsClosed) {
  Gate gate(/*max_calls=*/1);
  gate.Open();
  EXPECT_TRUE(gate.CheckNotClosed().ok());
  gate.Close();
  gate.Open();
  EXPECT_EQ(Refusal(&gate), Reason::kServerDraining);
  EXPECT_EQ(ReasonOf(gate.CheckNotClosed()), Reason::kServerDraining);
}

TEST(GateTest, WaitsForCallsThatRun) {
  Gate gate(/*max_calls=*/1);
  gate.Open();
  std::optional<absl::StatusOr<Gate::Pass>> pass(gate.Enter());
  EXPECT_FALSE(gate.WaitUntilIdle(milliseconds(0)));
  std::thread leaving([&] { pass.reset(); });
  EXPECT_TRUE(gate.WaitUntilIdle(std::chrono::minutes(1)));
  leaving.join();
}

TEST(GateTest, SaysWhetherItLetsCallsIn) {
  Gate gate(/*max_calls=*/1);
  EXPECT_FALSE(gate.is_open());
  gate.Open();
  const auto pass = gate.Enter();
  EXPECT_TRUE(gate.is_open());  // although there are as many as may be
  gate.Close();
  EXPECT_FALSE(gate.is_open());
}

TEST(GateTest, CountsCallsOfManyThreads) {
  Gate gate(/*max_calls=*/4);
  gate.Open();
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) {
        const auto pass = gate.Enter();
        int seen = gate.calls();
        int before = most;
        while (seen > before && !most.compare_exchange_weak(before, seen)) {
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 4);
  EXPECT_EQ(gate.calls(), 0);
}

}  // namespace
}  // namespace burntin
