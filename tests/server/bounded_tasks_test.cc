#include "server/detection/bounded_tasks.h"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/server/fake_detector.h"

namespace burntin {
namespace {

TEST(BoundedTasksTest, RunsEveryTask) {
  std::atomic<int> ran = 0;
  BoundedTasks tasks(/*limit=*/3);
  for (int i = 0; i < 100; ++i) tasks.Add([&] { ++ran; });
  tasks.Finish();
  EXPECT_EQ(ran, 100);
}

TEST(BoundedTasksTest, HoldsNoMoreThanItsLimit) {
  Door door;
  BoundedTasks tasks(/*limit=*/2);
  std::thread adder([&] {
    for (int i = 0; i < 10; ++i) tasks.Add([&] { door.Pass(); });
    tasks.Finish();
  });
  door.AwaitWaiting(2);
  for (int i = 0; i < 10; ++i) door.Permit(1);
  adder.join();
  EXPECT_EQ(door.most_waiting(), 2);
}

TEST(BoundedTasksTest, WhatATaskHoldsIsFreedBeforeItsRoomIsGivenAway) {
  BoundedTasks tasks(/*limit=*/1);
  std::weak_ptr<int> held;
  {
    const auto object = std::make_shared<int>(1);
    held = object;
    tasks.Add([object] {});
  }
  tasks.AwaitRoom();
  EXPECT_TRUE(held.expired());
}

TEST(BoundedTasksTest, TheEndWaitsForTasks) {
  std::atomic<int> ran = 0;
  {
    BoundedTasks tasks(/*limit=*/4);
    for (int i = 0; i < 4; ++i) tasks.Add([&] { ++ran; });
  }
  EXPECT_EQ(ran, 4);
}

}  // namespace
}  // namespace burntin
