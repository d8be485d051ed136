#include "detector/isolation/steady_thread.h"

#include <gmock/gmock.h>

#include <set>
#include <thread>
#include <vector>

namespace burntin {
namespace {

TEST(SteadyThreadTest, AllWorkRunsOnOneThreadWhoeverAsks) {
  std::set<std::thread::id> seen;  // needs no lock: the calls take turns
  int runs = 0;
  SteadyThread thread;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 8; ++caller) {
    callers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        thread.Run([&] {
          seen.insert(std::this_thread::get_id());
          ++runs;
        });
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(runs, 400);
  EXPECT_EQ(seen.size(), 1U);
  EXPECT_FALSE(seen.contains(std::this_thread::get_id()));
}

TEST(SteadyThreadTest, TheWorkIsDoneWhenRunReturns) {
  SteadyThread thread;
  bool done = false;
  thread.Run([&] { done = true; });
  EXPECT_TRUE(done);
}

TEST(SteadyThreadTest, EndsWithoutAnyWork) { const SteadyThread thread; }

}  // namespace
}  // namespace burntin
