// The parent among workers that misbehave as their scripts say.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "detector/base/processors.h"
#include "tests/detector/isolation/worker_pool_fixture.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

long OpenDescriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

bool Lives(pid_t id) { return kill(id, 0) == 0; }

TEST_F(WorkerPoolTest, AProgramThatIsNotThereIsRefused) {
  options_.program = folder_.File("none");
  EXPECT_THAT(TryToCreate(), FailsWith(Reason::kInvalidArgument));
}

TEST_F(WorkerPoolTest, AFileThatIsNoProgramIsRefused) {
  options_.program = folder_.Write("text", "not a program");
  EXPECT_THAT(TryToCreate(), FailsWith(Reason::kInvalidArgument));
}

TEST_F(WorkerPoolTest, AProgramThatEndsAtOnceIsRefused) {
  options_.program = "/bin/true";
  EXPECT_THAT(TryToCreate(), FailsWith(Reason::kInvalidArgument));
}

TEST_F(WorkerPoolTest, AProgramThatSaysNothingIsRefused) {
  options_.program = "/bin/sleep";  // as long as the limits are large
  options_.start_time = std::chrono::milliseconds(1);
  EXPECT_THAT(TryToCreate(), FailsWith(Reason::kInvalidArgument));
}

TEST_F(WorkerPoolTest, PixelsArriveWhole) {
  const auto pool = Create();
  const auto object = Open(*pool, "open ok ok ok");
  ASSERT_THAT(object, IsOk());
  EXPECT_EQ((*object)->frames_total(), 3);
  ASSERT_THAT((*object)->planes(), SizeIs(3));
  for (const PlaneId& plane : (*object)->planes()) {
    const auto decoded = (*object)->Decode(plane);
    ASSERT_THAT(decoded, IsOk());
    ASSERT_THAT(decoded->views, SizeIs(1));
    const std::vector<uint8_t>& pixels = decoded->views[0].pixels;
    EXPECT_EQ(std::count(pixels.begin(), pixels.end(), plane.frame), 1'000'000);
  }
}

TEST_F(WorkerPoolTest, AFrameThatFailsCostsNoOther) {
  const auto pool = Create();
  const std::vector<pid_t> before = pool->WorkerIds();
  {
    const auto object = Open(*pool, "open ok fail throw ok");
    ASSERT_THAT(object, IsOk());
    DicomObject& opened = **object;
    EXPECT_THAT(opened.Decode({.frame = 1}),
                FailsWith(Reason::kFrameDecodeFailed));
    EXPECT_THAT(opened.Decode({.frame = 2}),
                FailsWith(Reason::kInternalFailure));
    EXPECT_THAT(opened.Decode({.frame = 0}), IsOk());
    EXPECT_THAT(opened.Decode({.frame = 3}), IsOk());
  }
  EXPECT_EQ(pool->WorkerIds(), before);
}

TEST_F(WorkerPoolTest, AnObjectThatCannotBeOpenedCostsNoWorker) {
  const auto pool = Create();
  const std::vector<pid_t> before = pool->WorkerIds();
  EXPECT_THAT(Open(*pool, "fail"), FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT(Open(*pool, "throw"), FailsWith(Reason::kInternalFailure));
  EXPECT_THAT(Open(*pool, ""), FailsWith(Reason::kFileEmpty));
  EXPECT_EQ(pool->WorkerIds(), before);
}

TEST_F(WorkerPoolTest, AFileThatCannotBeOpenedIsUnreadable) {
  const auto pool = Create();
  const std::string pipe = folder_.File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path :
       {folder_.File("none"), folder_.path(), pipe, std::string("/dev/zero")}) {
    EXPECT_THAT(pool->Open(path, kLimits), FailsWith(Reason::kFileUnreadable));
  }
}

class BrokenWorkerTest : public WorkerPoolTest,
                         public testing::WithParamInterface<const char*> {};

TEST_P(BrokenWorkerTest, InMidFrameCostsItsObjectOnly) {
  const auto pool = Create();
  const auto healthy = Open(*pool, "open ok");
  const auto object = Open(*pool, std::string("open ok ok ") + GetParam());
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 0}), IsOk());
  const auto broken = (*object)->Decode({.frame = 2});
  EXPECT_THAT(broken, FailsWith(Reason::kDecoderCrashed));
  EXPECT_EQ((*object)->Decode({.frame = 1}).status(), broken.status());
  EXPECT_THAT(pool->WorkerIds(), SizeIs(1));
  EXPECT_THAT((*healthy)->Decode({.frame = 0}), IsOk());
  const auto next = Open(*pool, "open ok");
  ASSERT_THAT(next, IsOk());
  EXPECT_THAT((*next)->Decode({.frame = 0}), IsOk());
}

TEST_P(BrokenWorkerTest, AtTheOpeningCostsItsObjectOnly) {
  const auto pool = Create();
  EXPECT_THAT(Open(*pool, GetParam()), FailsWith(Reason::kDecoderCrashed));
  EXPECT_THAT(pool->WorkerIds(), IsEmpty());
  EXPECT_THAT(Open(*pool, "open ok"), IsOk());
}

INSTANTIATE_TEST_SUITE_P(WorkerPool, BrokenWorkerTest,
                         testing::Values("abort", "exit", "garbage", "huge",
                                         "part", "empty"),
                         [](const auto& tested) {
                           return std::string(tested.param);
                         });

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(WorkerPoolTest, MemoryWithoutEndIsRefusedToTheWorker) {
  options_.memory_bytes = int64_t{256} << 20;
  const auto pool = Create();
  const auto object = Open(*pool, "open eat ok");
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 0}),
              FailsWith(Reason::kInternalFailure));
  EXPECT_THAT((*object)->Decode({.frame = 1}), IsOk());
}
#endif

TEST_F(WorkerPoolTest, MorePixelsThanAllowedAreRefused) {
  const auto pool = Create();
  const auto object = pool->Open(
      folder_.Write("object", "open ok"),
      {.file_bytes = 1 << 20, .pixels_per_frame = 999'999, .frames = 100});
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 0}),
              FailsWith(Reason::kDecoderCrashed));
}

class HangingWorkerTest : public WorkerPoolTest,
                          public testing::WithParamInterface<const char*> {};

TEST_P(HangingWorkerTest, InMidFrameCostsItsObjectOnly) {
  options_.plane_time = std::chrono::milliseconds(1);
  const auto pool = Create();
  const auto object = Open(*pool, std::string("open ") + GetParam());
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 0}),
              FailsWith(Reason::kDecoderTimedOut));
  EXPECT_THAT((*object)->Decode({.frame = 0}),
              FailsWith(Reason::kDecoderTimedOut));
  EXPECT_THAT(pool->WorkerIds(), IsEmpty());
  EXPECT_THAT(Open(*pool, "open ok"), IsOk());
}

TEST_P(HangingWorkerTest, AtTheOpeningIsEnded) {
  options_.open_time = std::chrono::milliseconds(1);
  const auto pool = Create();
  EXPECT_THAT(Open(*pool, GetParam()), FailsWith(Reason::kDecoderTimedOut));
  EXPECT_THAT(pool->WorkerIds(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(WorkerPool, HangingWorkerTest,
                         testing::Values("hang", "stop"),
                         [](const auto& tested) {
                           return std::string(tested.param);
                         });

TEST_F(WorkerPoolTest, AWorkerThatIsKilledInMidFrameCostsItsObjectOnly) {
  const auto pool = Create();
  const auto object = Open(*pool, "open hang ok");
  ASSERT_THAT(object, IsOk());
  ASSERT_THAT(pool->WorkerIds(), SizeIs(1));
  // Whether the signal comes before the question or after makes no difference.
  std::thread killer([&] { kill(pool->WorkerIds()[0], SIGKILL); });
  EXPECT_THAT((*object)->Decode({.frame = 0}),
              FailsWith(Reason::kDecoderCrashed));
  killer.join();
  EXPECT_THAT((*object)->Decode({.frame = 1}),
              FailsWith(Reason::kDecoderCrashed));
  EXPECT_THAT(Open(*pool, "open ok"), IsOk());
}

TEST_F(WorkerPoolTest, AWorkerThatWasKilledWhileIdleCostsNothing) {
  const auto pool = Create();
  const pid_t first = pool->WorkerIds()[0];
  ASSERT_EQ(kill(first, SIGKILL), 0);
  const auto object = Open(*pool, "open ok");
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 0}), IsOk());
}

TEST_F(WorkerPoolTest, AWorkerThatSpeaksUnaskedIsNotUsedAgain) {
  const auto pool = Create();
  const pid_t first = pool->WorkerIds()[0];
  {
    EXPECT_THAT(Open(*pool, "chatter ok"), FailsWith(Reason::kDecoderCrashed));
  }
  EXPECT_THAT(Open(*pool, "open ok"), IsOk());
  EXPECT_NE(pool->WorkerIds()[0], first);
}

TEST_F(WorkerPoolTest, AWorkerThatIsLessConfinedThanTheFirstIsNotUsed) {
  const std::string program = folder_.File("decoder");
  std::filesystem::create_symlink(SCRIPTED_DECODER, program);
  options_.program = program;
  const auto pool = Create();
  if (!pool->IsConfined()) GTEST_SKIP() << "workers cannot be confined here";
  const std::vector<pid_t> before = pool->WorkerIds();
  const auto first = Open(*pool, "open ok");
  ASSERT_THAT(first, IsOk());
  folder_.Write("decoder.unconfined", "");
  EXPECT_THAT(Open(*pool, "open ok"), FailsWith(Reason::kInternalFailure));
  EXPECT_EQ(pool->WorkerIds(), before);
}

TEST_F(WorkerPoolTest, AWorkerThatDiesBeforeItIsReadyCostsNothing) {
  const std::string program = folder_.File("decoder");
  std::filesystem::create_symlink(SCRIPTED_DECODER, program);
  options_.program = program;
  const auto pool = Create();
  const auto first = Open(*pool, "open ok");
  ASSERT_THAT(first, IsOk());
  folder_.Write("decoder.dies", "");
  EXPECT_THAT(Open(*pool, "open ok"), IsOk());
  EXPECT_FALSE(std::filesystem::exists(folder_.File("decoder.dies")));
}

TEST_F(WorkerPoolTest, AProgramThatVanishedIsNotTheObjectsFault) {
  const std::string program = folder_.File("decoder");
  std::filesystem::create_symlink(SCRIPTED_DECODER, program);
  options_.program = program;
  const auto pool = Create();
  const auto first = Open(*pool, "open ok");
  std::filesystem::remove(program);
  EXPECT_THAT(Open(*pool, "open ok"), FailsWith(Reason::kInternalFailure));
}

TEST_F(WorkerPoolTest, TheWorkersEndWithThePool) {
  auto pool = Create();
  std::vector<pid_t> ids;
  {
    const auto one = Open(*pool, "open ok");
    const auto other = Open(*pool, "open ok");
    ids = pool->WorkerIds();
  }
  ASSERT_THAT(ids, SizeIs(2));
  EXPECT_TRUE(std::all_of(ids.begin(), ids.end(), Lives));
  pool.reset();
  EXPECT_TRUE(std::none_of(ids.begin(), ids.end(), Lives));
}

TEST_F(WorkerPoolTest, ManyObjectsLeaveNoDescriptorBehind) {
  options_.objects_per_worker = 10;
  const auto pool = Create();
  const long before = OpenDescriptors();
  for (int i = 0; i < 50; ++i) {
    for (const char* script : {"open ok", "fail", "throw", "open abort"}) {
      const auto object = Open(*pool, script);
      if (!object.ok()) continue;
      (*object)->Decode({.frame = 0}).IgnoreError();
    }
  }
  EXPECT_LE(OpenDescriptors(), before);
}

TEST_F(WorkerPoolTest, ManyThreadsOpenAndDecode) {
  options_.objects_per_worker = 3;
  const auto pool = Create();
  std::atomic<int> decoded = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        const auto object = Open(*pool, "open ok fail ok");
        ASSERT_THAT(object, IsOk());
        for (int frame = 0; frame < 3; ++frame) {
          if ((*object)->Decode({.frame = frame}).ok()) ++decoded;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(decoded, 80);
}

TEST_F(WorkerPoolTest, ManyThreadsDecodeOneObject) {
  const auto pool = Create();
  const auto object = Open(*pool, "open ok ok ok ok");
  ASSERT_THAT(object, IsOk());
  std::vector<std::thread> threads;
  for (int frame = 0; frame < 4; ++frame) {
    threads.emplace_back([&, frame] {
      for (int i = 0; i < 10; ++i) {
        const auto decoded = (*object)->Decode({.frame = frame});
        ASSERT_THAT(decoded, IsOk());
        EXPECT_EQ(decoded->views[0].pixels.back(), frame);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(WorkerPoolTest, TheThreadThatOpenedAnObjectMayEnd) {
  const auto pool = Create();
  absl::StatusOr<std::unique_ptr<DicomObject>> object = absl::UnknownError("");
  const auto held = Open(*pool, "open");  // so that another is started
  std::thread([&] { object = Open(*pool, "open ok"); }).join();
  ASSERT_THAT(object, IsOk());
  EXPECT_THAT((*object)->Decode({.frame = 0}), IsOk());
}

}  // namespace
}  // namespace burntin
