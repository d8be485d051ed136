#include "server/report_cache/caching_detector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "server/report_cache/memory_tier.h"
#include "server/report_cache/report_key.h"
#include "tests/server/fake_detector.h"
#include "tests/server/report_cache/example_report.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

// Counts what it inspects, and names itself.
class CountingDetector final : public Detector {
 public:
  InstanceReport Inspect(const std::string& path,
                         const InspectOptions& options) override {
    ++inspections;
    return answer ? answer(path, options) : ExampleReport();
  }
  std::vector<ModelVersion> models() const override { return {}; }
  std::string fingerprint() const override { return print; }

  std::function<InstanceReport(const std::string&, const InspectOptions&)>
      answer;
  std::string print = "a detector";
  std::atomic<int> inspections = 0;
};

// A tier that others can look into after the cache has it.
class SharedTier final : public ReportTier {
 public:
  explicit SharedTier(std::shared_ptr<ReportTier> tier)
      : tier_(std::move(tier)) {}
  std::optional<std::string> Find(const std::string& key) override {
    return tier_->Find(key);
  }
  void Put(const std::string& key, const std::string& record) override {
    tier_->Put(key, record);
  }
  void Remove(const std::string& key) override { tier_->Remove(key); }
  TierCounts counts() const override { return tier_->counts(); }

 private:
  const std::shared_ptr<ReportTier> tier_;
};

InstanceReport Indeterminate(Reason reason) {
  InstanceReport report;
  report.reasons = {{reason, "It was not inspected."}};
  return report;
}

class CachingDetectorTest : public testing::Test {
 protected:
  CachingDetectorTest() { Restart(); }

  // Another process: what it had in memory is gone.
  void Restart(const std::string& print = "a detector") {
    cache_.reset();
    auto detector = std::make_unique<CountingDetector>();
    detector_ = detector.get();
    detector_->print = print;
    memory_ = std::make_shared<MemoryTier>(1 << 20);
    ReportCacheParts parts;
    if (has_memory_) parts.memory = std::make_unique<SharedTier>(memory_);
    parts.database = std::make_unique<SharedTier>(database_);
    cache_ = std::make_unique<CachingDetector>(std::move(detector),
                                               std::move(parts));
  }

  InstanceReport Inspect(bool texts = false) {
    InspectOptions options;
    options.texts = texts;
    return cache_->Inspect(path_, options);
  }

  int64_t Answers(CacheAnswer answer) {
    return cache_->counts().answers.at(static_cast<size_t>(answer));
  }

  const TempDir folder_;
  const std::string path_ = folder_.Write("object", "bytes of an object");
  bool has_memory_ = true;
  std::shared_ptr<MemoryTier> memory_;
  const std::shared_ptr<MemoryTier> database_ =
      std::make_shared<MemoryTier>(1 << 20);  // stands in for one
  CountingDetector* detector_ = nullptr;
  std::unique_ptr<CachingDetector> cache_;
};

TEST_F(CachingDetectorTest, EqualBytesAreInspectedOnce) {
  const InstanceReport first = Inspect();
  EXPECT_FALSE(first.from_cache);
  EXPECT_EQ(first.timings.decode_ms, 10);
  const InstanceReport second = Inspect();
  EXPECT_TRUE(second.from_cache);
  EXPECT_EQ(second.timings.decode_ms, 0);
  EXPECT_EQ(BytesOf(second, false), BytesOf(first, false));
  EXPECT_EQ(detector_->inspections, 1);
  EXPECT_EQ(Answers(CacheAnswer::kInspected), 1);
  EXPECT_EQ(Answers(CacheAnswer::kMemory), 1);
}

TEST_F(CachingDetectorTest, AfterARestartTheDatabaseAnswersAndThenMemory) {
  const InstanceReport first = Inspect();
  Restart();
  EXPECT_EQ(BytesOf(Inspect(), false), BytesOf(first, false));
  EXPECT_EQ(BytesOf(Inspect(), false), BytesOf(first, false));
  EXPECT_EQ(detector_->inspections, 0);
  EXPECT_EQ(Answers(CacheAnswer::kDatabase), 1);
  EXPECT_EQ(Answers(CacheAnswer::kMemory), 1);
}

TEST_F(CachingDetectorTest, OtherBytesAreInspected) {
  Inspect();
  folder_.Write("object", "bytes of another one");
  Inspect();
  EXPECT_EQ(detector_->inspections, 2);
}

TEST_F(CachingDetectorTest, AnotherDetectorInspectsAnew) {
  Inspect();
  Restart("another detector");
  EXPECT_FALSE(Inspect().from_cache);
  EXPECT_EQ(detector_->inspections, 1);
}

TEST_F(CachingDetectorTest, ADetectorWithoutFingerprintInspectsAlways) {
  Restart("");
  Inspect();
  Inspect();
  EXPECT_EQ(detector_->inspections, 2);
  EXPECT_EQ(Answers(CacheAnswer::kWithout), 2);
  EXPECT_EQ(memory_->counts().reports, 0);
}

TEST_F(CachingDetectorTest, WhatCannotBeReadIsTheDetectorsToAnswer) {
  cache_->Inspect(folder_.File("none"), {});
  cache_->Inspect(folder_.File("none"), {});
  EXPECT_EQ(detector_->inspections, 2);
}

TEST_F(CachingDetectorTest, WhatWasNotInspectedInFullIsInspectedAgain) {
  for (const Reason reason :
       {Reason::kCancelled, Reason::kDeadlineExceeded, Reason::kDecoderCrashed,
        Reason::kDecoderTimedOut, Reason::kNoPixelData,
        Reason::kUnsupportedTransferSyntax, Reason::kInternalFailure}) {
    detector_->inspections = 0;
    detector_->answer = [&](const auto&, const auto&) {
      return Indeterminate(reason);
    };
    EXPECT_FALSE(Inspect().from_cache);
    EXPECT_FALSE(Inspect().from_cache);
    EXPECT_EQ(detector_->inspections, 2) << ReasonName(reason);
  }
  EXPECT_EQ(memory_->counts().reports, 0);
  EXPECT_EQ(database_->counts().reports, 0);
}

TEST_F(CachingDetectorTest, IdentifyingInAPartOfTheObjectIsInspectedAgain) {
  detector_->answer = [](const auto&, const auto&) {
    InstanceReport report = ExampleReport();
    report.inspected_in_full = report.repeatable = false;
    report.frames_inspected = 2;
    return report;
  };
  Inspect();
  Inspect();
  EXPECT_EQ(detector_->inspections, 2);
}

TEST_F(CachingDetectorTest, TextsAreInMemoryIfTheyWereAskedFor) {
  EXPECT_EQ(BytesOf(Inspect(/*texts=*/true), true),
            BytesOf(ExampleReport(), true));
  const InstanceReport second = Inspect(/*texts=*/true);
  EXPECT_TRUE(second.from_cache);
  EXPECT_EQ(BytesOf(second, true), BytesOf(ExampleReport(), true));
  EXPECT_TRUE(Inspect(/*texts=*/false).from_cache);
  EXPECT_EQ(detector_->inspections, 1);
}

TEST_F(CachingDetectorTest, WhoAsksForTextsThatWereNotKeptHasItInspected) {
  Inspect(/*texts=*/false);
  const InstanceReport second = Inspect(/*texts=*/true);
  EXPECT_FALSE(second.from_cache);
  EXPECT_EQ(BytesOf(second, true), BytesOf(ExampleReport(), true));
  EXPECT_TRUE(Inspect(/*texts=*/true).from_cache);
  EXPECT_EQ(detector_->inspections, 2);
}

TEST_F(CachingDetectorTest, NoTextGetsIntoTheDatabase) {
  Inspect(/*texts=*/true);
  const auto record = database_->Find(*ReportKey("a detector", path_));
  ASSERT_TRUE(record.has_value());
  EXPECT_THAT(*record, testing::Not(testing::HasSubstr("DOE")));
  Restart();
  EXPECT_FALSE(Inspect(/*texts=*/true).from_cache);
  EXPECT_EQ(detector_->inspections, 1);
}

TEST_F(CachingDetectorTest, ADamagedRecordIsRemovedAndMadeAnew) {
  Inspect();
  const std::string key = *ReportKey("a detector", path_);
  std::string record = *database_->Find(key);
  record.back() = static_cast<char>(record.back() ^ 1);
  for (ReportTier* tier : {memory_.get(), database_.get()}) {
    tier->Put(key, record);
  }
  EXPECT_FALSE(Inspect().from_cache);
  EXPECT_EQ(cache_->counts().broken, 2);
  EXPECT_EQ(detector_->inspections, 2);
  EXPECT_TRUE(Inspect().from_cache);
  EXPECT_NE(*database_->Find(key), record);
}

TEST_F(CachingDetectorTest, AFileThatChangesMeanwhileLeavesNoReport) {
  detector_->answer = [&](const auto&, const auto&) {
    folder_.Write("object", "other bytes, of which the report is");
    return ExampleReport();
  };
  Inspect();
  EXPECT_EQ(memory_->counts().reports, 0);
  EXPECT_EQ(database_->counts().reports, 0);
}

TEST_F(CachingDetectorTest, WithoutMemoryTheDatabaseAnswersEachTime) {
  has_memory_ = false;
  Restart();
  Inspect();
  EXPECT_TRUE(Inspect().from_cache);
  EXPECT_TRUE(Inspect().from_cache);
  EXPECT_EQ(Answers(CacheAnswer::kDatabase), 2);
}

// -- Equal bytes at the same time --

class TogetherTest : public CachingDetectorTest {
 protected:
  // Inspections wait at the door, and then answer.
  void AnswerAtDoor(std::function<InstanceReport(const InspectOptions&)> make) {
    detector_->answer = [this, make](const auto&,
                                     const InspectOptions& options) {
      door_.Pass();
      return make(options);
    };
  }

  // A thread that waits for a report of the same bytes, and has asked whether
  // it is cancelled, so that it surely waits for another.
  std::jthread Follow(InstanceReport* report,
                      std::atomic<bool>* cancelled = nullptr) {
    const int before = asked_;
    std::jthread thread([this, report, cancelled] {
      InspectOptions options;
      options.texts = false;
      options.cancelled = [this, cancelled] {
        ++asked_;
        return cancelled != nullptr && *cancelled;
      };
      *report = cache_->Inspect(path_, options);
    });
    while (asked_ == before) std::this_thread::yield();
    return thread;
  }

  Door door_;
  std::atomic<int> asked_ = 0;
};

TEST_F(TogetherTest, OneInspectsAndTheOthersGetItsReport) {
  AnswerAtDoor([](const auto&) { return ExampleReport(); });
  InstanceReport reports[3];
  std::jthread leader([&] { reports[0] = Inspect(); });
  door_.AwaitWaiting(1);
  std::jthread second = Follow(&reports[1]);
  std::jthread third = Follow(&reports[2]);
  door_.Permit(1);
  for (std::jthread* thread : {&leader, &second, &third}) thread->join();
  EXPECT_EQ(detector_->inspections, 1);
  EXPECT_FALSE(reports[0].from_cache);
  for (const InstanceReport* report : {&reports[1], &reports[2]}) {
    EXPECT_TRUE(report->from_cache);
    EXPECT_TRUE(report->header.identifiers.empty());
    EXPECT_EQ(BytesOf(*report, false), BytesOf(ExampleReport(), false));
  }
  EXPECT_EQ(Answers(CacheAnswer::kShared), 2);
}

TEST_F(TogetherTest, WhenTheFirstIsCancelledTheSecondInspects) {
  AnswerAtDoor([this](const auto&) {
    return detector_->inspections == 1 ? Indeterminate(Reason::kCancelled)
                                       : ExampleReport();
  });
  InstanceReport first;
  InstanceReport second;
  std::jthread leader([&] { first = Inspect(); });
  door_.AwaitWaiting(1);
  std::jthread follower = Follow(&second);
  door_.Permit(2);
  leader.join();
  follower.join();
  EXPECT_EQ(first.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(second.verdict, Verdict::kIdentifying);
  EXPECT_FALSE(second.from_cache);
  EXPECT_EQ(detector_->inspections, 2);
}

TEST_F(TogetherTest, WhoWaitsCanBeCancelledAndTheFirstGoesOn) {
  AnswerAtDoor([](const auto&) { return ExampleReport(); });
  InstanceReport first;
  InstanceReport second;
  std::jthread leader([&] { first = Inspect(); });
  door_.AwaitWaiting(1);
  std::atomic<bool> cancelled = false;
  std::jthread follower = Follow(&second, &cancelled);
  cancelled = true;
  follower.join();  // although nobody has opened the door
  ASSERT_EQ(second.reasons.size(), 1U);
  EXPECT_EQ(second.reasons[0].code, Reason::kCancelled);
  EXPECT_EQ(second.verdict, Verdict::kIndeterminate);
  door_.Permit(1);
  leader.join();
  EXPECT_EQ(first.verdict, Verdict::kIdentifying);
  EXPECT_EQ(detector_->inspections, 1);
}

TEST_F(TogetherTest, AReportThatIsNotRepeatableIsNobodyElses) {
  AnswerAtDoor(
      [](const auto&) { return Indeterminate(Reason::kDecoderCrashed); });
  InstanceReport reports[3];
  std::jthread leader([&] { reports[0] = Inspect(); });
  door_.AwaitWaiting(1);
  std::jthread second = Follow(&reports[1]);
  std::jthread third = Follow(&reports[2]);
  door_.Permit(1);
  leader.join();
  door_.AwaitWaiting(2);  // both, side by side
  door_.Permit(2);
  second.join();
  third.join();
  EXPECT_EQ(detector_->inspections, 3);
  EXPECT_FALSE(reports[1].from_cache);
}

TEST_F(TogetherTest, OtherBytesDoNotWait) {
  AnswerAtDoor([](const auto&) { return ExampleReport(); });
  const std::string other = folder_.Write("other", "other bytes");
  std::jthread leader([&] { Inspect(); });
  std::jthread second([&] { cache_->Inspect(other, {}); });
  door_.AwaitWaiting(2);
  door_.Permit(2);
}

}  // namespace
}  // namespace burntin
