#include <gmock/gmock.h>

#include <atomic>
#include <barrier>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "detector/base/runner.h"

namespace burntin {
namespace {

constexpr int kWorkers = 4;
constexpr int kTasks = 500;

TEST(ThreadPoolRunnerTest, CallsEachIndexOnce) {
  const std::unique_ptr<Runner> runner = MakeThreadPoolRunner(kWorkers);
  std::vector<std::atomic<int>> calls(kTasks);
  runner->ForEach(kTasks,
                  [&](int index, int) { ++calls[static_cast<size_t>(index)]; });
  EXPECT_THAT(calls, testing::Each(testing::Eq(1)));
}

TEST(ThreadPoolRunnerTest, CallsThatOverlapNeverShareAWorker) {
  const std::unique_ptr<Runner> runner = MakeThreadPoolRunner(kWorkers);
  ASSERT_EQ(runner->worker_count(), kWorkers);
  std::vector<std::atomic<int>> busy(kWorkers);
  std::atomic<int> shared = 0;
  std::atomic<int> out_of_range = 0;
  const auto task = [&](int, int worker) {
    if (worker < 0 || worker >= kWorkers) {
      ++out_of_range;
      return;
    }
    std::atomic<int>& mine = busy[static_cast<size_t>(worker)];
    if (++mine != 1) ++shared;
    std::this_thread::yield();
    --mine;
  };
  std::thread other([&] { runner->ForEach(kTasks, task); });
  runner->ForEach(kTasks, task);
  other.join();
  EXPECT_EQ(shared, 0);
  EXPECT_EQ(out_of_range, 0);
}

TEST(ThreadPoolRunnerTest, TasksRunAtTheSameTime) {
  const std::unique_ptr<Runner> runner = MakeThreadPoolRunner(kWorkers);
  // Each task waits for all others: with fewer threads this never ends.
  std::barrier all(kWorkers);
  runner->ForEach(kWorkers, [&](int, int) { all.arrive_and_wait(); });
}

TEST(ThreadPoolRunnerTest, CallsTakeTurns) {
  const std::unique_ptr<Runner> runner = MakeThreadPoolRunner(1);
  std::atomic<bool> long_call_runs = false;
  std::atomic<bool> short_call_waits = false;
  std::string order;  // one worker writes it
  std::thread long_call([&] {
    runner->ForEach(4, [&](int, int) {
      long_call_runs = true;
      while (!short_call_waits) std::this_thread::yield();
      order += 'l';
    });
  });
  while (!long_call_runs) std::this_thread::yield();
  std::thread short_call([&] {
    // The first task of the long call ends only after this was queued, or is
    // about to be: at most one more of its tasks can come before.
    short_call_waits = true;
    runner->ForEach(1, [&](int, int) { order += 's'; });
  });
  long_call.join();
  short_call.join();
  EXPECT_EQ(order.size(), 5U);
}

TEST(ThreadPoolRunnerTest, NothingToDoReturnsAtOnce) {
  const std::unique_ptr<Runner> runner = MakeThreadPoolRunner(kWorkers);
  int calls = 0;
  runner->ForEach(0, [&](int, int) { ++calls; });
  runner->ForEach(-1, [&](int, int) { ++calls; });
  EXPECT_EQ(calls, 0);
}

TEST(ThreadPoolRunnerTest, HasAtLeastOneWorker) {
  EXPECT_EQ(MakeThreadPoolRunner(0)->worker_count(), 1);
}

TEST(ThreadPoolRunnerTest, EndsWithoutEverHavingWorked) {
  for (int i = 0; i < 20; ++i) MakeThreadPoolRunner(kWorkers);
}

}  // namespace
}  // namespace burntin
