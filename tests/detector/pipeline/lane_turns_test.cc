#include "detector/pipeline/lane_turns.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>
#include <utility>
#include <vector>

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(LaneTurnsTest, TheLaneThatIsBehindGoesOn) {
  LaneTurns turns(/*lanes=*/2, /*turns=*/2);
  std::vector<std::pair<int, int>> done;
  for (int i = 0; i < 4; ++i) {
    turns.DoOne([&](int lane, int turn) { done.emplace_back(lane, turn); });
  }
  EXPECT_THAT(done,
              ElementsAre(Pair(0, 0), Pair(1, 0), Pair(0, 1), Pair(1, 1)));
}

TEST(LaneTurnsTest, ASlowTurnHoldsUpItsOwnLaneOnly) {
  LaneTurns turns(/*lanes=*/2, /*turns=*/3);
  std::vector<std::pair<int, int>> done;
  const auto note = [&](int lane, int turn) { done.emplace_back(lane, turn); };
  turns.DoOne([&](int lane, int turn) {
    if (lane == 0 && turn == 0) {
      for (int i = 0; i < 3; ++i) turns.DoOne(note);
      // Nobody else can go on with this lane: its holder will.
      for (int i = 0; i < 2; ++i) turns.DoOne(note);
    }
    note(lane, turn);
  });
  EXPECT_THAT(done, ElementsAre(Pair(1, 0), Pair(1, 1), Pair(1, 2), Pair(0, 0),
                                Pair(0, 1), Pair(0, 2)));
}

TEST(LaneTurnsTest, ManyThreadsDoEachTurnOnceAndInOrder) {
  for (const int threads : {2, 4, 9}) {
    constexpr int kLanes = 4;
    constexpr int kTurns = 50;
    LaneTurns turns(kLanes, kTurns);
    std::atomic<int> calls = 0;
    std::vector<std::vector<int>> done(kLanes);  // each by one thread at a time
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
      workers.emplace_back([&] {
        while (calls.fetch_add(1) < kLanes * kTurns) {
          turns.DoOne([&](int lane, int turn) {
            std::this_thread::yield();
            done[static_cast<size_t>(lane)].push_back(turn);
          });
        }
      });
    }
    for (std::thread& worker : workers) worker.join();
    for (const std::vector<int>& lane : done) {
      ASSERT_EQ(lane.size(), static_cast<size_t>(kTurns));
      for (int turn = 0; turn < kTurns; ++turn) EXPECT_EQ(lane[turn], turn);
    }
  }
}

}  // namespace
}  // namespace burntin
