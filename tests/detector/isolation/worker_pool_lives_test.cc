// How long workers live, and how many wait for an object.
#include <gmock/gmock.h>
#include <signal.h>

#include <chrono>
#include <string>
#include <vector>

#include "detector/base/processors.h"
#include "tests/detector/isolation/worker_pool_fixture.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(WorkerPoolTest, OneWorkerServesOneObjectAfterTheOther) {
  const auto pool = Create();
  const std::vector<pid_t> before = pool->WorkerIds();
  for (int i = 0; i < 5; ++i) {
    const auto object = Open(*pool, "open ok");
    ASSERT_THAT(object, IsOk());
    EXPECT_THAT((*object)->Decode({.frame = 0}), IsOk());
  }
  EXPECT_EQ(pool->WorkerIds(), before);
}

TEST_F(WorkerPoolTest, AWorkerEndsAfterItsLastObject) {
  options_.objects_per_worker = 2;
  const auto pool = Create();
  const pid_t first = pool->WorkerIds()[0];
  EXPECT_THAT(Open(*pool, "open"), IsOk());
  EXPECT_THAT(pool->WorkerIds(), testing::ElementsAre(first));
  EXPECT_THAT(Open(*pool, "open"), IsOk());
  EXPECT_THAT(pool->WorkerIds(), IsEmpty());
}

TEST_F(WorkerPoolTest, WorkersAreCountedByHowTheyEnded) {
  options_.objects_per_worker = 2;
  options_.open_time = std::chrono::milliseconds(500);
  const auto pool = Create();
  for (const char* script : {"open", "open", "abort", "hang", "open"}) {
    static_cast<void>(Open(*pool, script));
  }
  ASSERT_EQ(kill(pool->WorkerIds().at(0), SIGKILL), 0);  // while it is idle
  EXPECT_THAT(Open(*pool, "open"), IsOk());
  const WorkerCounts counts = pool->Counts();
  EXPECT_EQ(counts.running, 1);
  EXPECT_EQ(counts.retired, 1);
  EXPECT_EQ(counts.crashed, 2);
  EXPECT_EQ(counts.timed_out, 1);
  EXPECT_EQ(counts.started, 5);
}

// Has so many objects open at a time, and closes them.
void OpenTogether(WorkerPool& pool, const std::string& path, int count) {
  std::vector<std::unique_ptr<DicomObject>> objects;
  for (int i = 0; i < count; ++i) {
    objects.push_back(*pool.Open(path, kLimits));
  }
  EXPECT_THAT(pool.WorkerIds(),
              SizeIs(testing::Ge(static_cast<size_t>(count))));
}

TEST_F(WorkerPoolTest, NoMoreWorkersWaitThanMay) {
  options_.most_idle = UsableProcessors() + 1;
  const auto pool = Create();
  OpenTogether(*pool, folder_.Write("object", "open ok"),
               UsableProcessors() + 3);
  EXPECT_THAT(pool->WorkerIds(), SizeIs(UsableProcessors() + 1));
}

TEST_F(WorkerPoolTest, WorkersThatWaitAreUsedAgain) {
  const auto pool = Create();
  const std::string object = folder_.Write("object", "open ok");
  OpenTogether(*pool, object, 6);
  OpenTogether(*pool, object, 6);
  EXPECT_EQ(pool->Counts().started, 6);
}

TEST_F(WorkerPoolTest, WorkersThatWaitedForLongEndButForOneAProcessor) {
  options_.idle_time = std::chrono::milliseconds(0);
  const auto pool = Create();
  OpenTogether(*pool, folder_.Write("object", "open ok"),
               UsableProcessors() + 2);
  EXPECT_THAT(pool->WorkerIds(), SizeIs(UsableProcessors() + 2));
  pool->EndIdle();
  EXPECT_THAT(pool->WorkerIds(), SizeIs(UsableProcessors()));
}

TEST_F(WorkerPoolTest, WorkersThatDidNotWaitForLongStay) {
  options_.idle_time = std::chrono::hours(1);
  const auto pool = Create();
  OpenTogether(*pool, folder_.Write("object", "open ok"),
               UsableProcessors() + 2);
  pool->EndIdle();
  EXPECT_THAT(pool->WorkerIds(), SizeIs(UsableProcessors() + 2));
}

}  // namespace
}  // namespace burntin
