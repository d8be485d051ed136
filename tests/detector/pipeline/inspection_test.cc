#include "detector/pipeline/inspection.h"

#include <gmock/gmock.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/detector/pipeline/fake_parts.h"
#include "tests/testutil/shuffled_runner.h"

namespace burntin {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr int kWorkers = 3;
constexpr int kManyFindings = 1000;

Plan Nothing() {
  return [](int) { return std::vector<TextRegion>(); };
}

Plan OnEachFrame(const std::string& text) {
  return [text](int) { return std::vector<TextRegion>{Region(0, text)}; };
}

// As `plan`, but with an engine that fails on one frame.
Plan FailingAt(int failing_frame, Plan plan) {
  return [=](int frame) -> absl::StatusOr<std::vector<TextRegion>> {
    if (frame == failing_frame) {
      return Error(Reason::kEngineFailed, "An engine failed.");
    }
    return plan(frame);
  };
}

InstanceReport Inspect(Runner& runner, FakeObject& object, const Plan& plan,
                       const InspectOptions& options = {},
                       int findings_limit = kManyFindings) {
  std::vector<std::unique_ptr<FakeReader>> readers;
  const FakeMatcher matcher;
  InspectionParts parts{.runner = &runner, .readers = {}, .matcher = &matcher};
  for (int i = 0; i < runner.worker_count(); ++i) {
    readers.push_back(std::make_unique<FakeReader>(plan));
    parts.readers.push_back(readers.back().get());
  }
  return InspectObject(object, parts, options, findings_limit);
}

InstanceReport Inspect(FakeObject& object, const Plan& plan,
                       const InspectOptions& options = {},
                       int findings_limit = kManyFindings) {
  ShuffledRunner runner(/*seed=*/1, kWorkers);
  return Inspect(runner, object, plan, options, findings_limit);
}

std::vector<Reason> Codes(const InstanceReport& report) {
  std::vector<Reason> codes;
  for (const VerdictReason& reason : report.reasons) {
    codes.push_back(reason.code);
  }
  return codes;
}

// All of a report but its timings.
std::string Describe(const InstanceReport& report) {
  std::ostringstream text;
  text << static_cast<int>(report.verdict) << " " << report.risk << " "
       << report.frames_inspected << "/" << report.frames_total << "\n";
  for (const VerdictReason& reason : report.reasons) {
    text << static_cast<int>(reason.code) << reason.message << "\n";
  }
  for (const Finding& finding : report.findings) {
    text << static_cast<int>(finding.match.category) << " " << finding.box.x
         << " " << finding.match.score;
    for (const FrameRange& range : finding.frame_ranges) {
      text << " " << range.first << "-" << range.last;
    }
    text << "\n";
  }
  return text.str();
}

TEST(InspectionTest, NothingOnAnyFrameIsClear) {
  FakeObject object(/*frames=*/5);
  const InstanceReport report = Inspect(object, Nothing());
  EXPECT_EQ(report.verdict, Verdict::kClear);
  EXPECT_EQ(report.frames_total, 5);
  EXPECT_EQ(report.frames_inspected, 5);
  EXPECT_THAT(report.reasons, IsEmpty());
  EXPECT_THAT(report.findings, IsEmpty());
}

TEST(InspectionTest, AnObjectWithoutFramesIsIndeterminate) {
  FakeObject object(/*frames=*/0);
  EXPECT_EQ(Inspect(object, Nothing()).verdict, Verdict::kIndeterminate);
}

TEST(InspectionTest, TheReportIsTheSameInAnyOrderAndOnAnyWorker) {
  const Plan plan = FailingAt(13, [](int frame) {
    std::vector<TextRegion> regions = {Region(0, "name")};
    if (frame % 3 == 0) regions.push_back(Region(40, "scale"));
    if (frame % 5 < 2) {
      regions.push_back(Region(80, "run " + std::to_string(frame / 5)));
    }
    return regions;
  });
  FakeObject object(/*frames=*/40);
  object.FailToDecode(22);
  const std::string first = Describe(Inspect(object, plan));
  for (unsigned seed = 2; seed < 20; ++seed) {
    ShuffledRunner runner(seed, static_cast<int>(seed % 5) + 1);
    EXPECT_EQ(Describe(Inspect(runner, object, plan)), first);
  }
  const std::unique_ptr<Runner> pool = MakeThreadPoolRunner(4);
  EXPECT_EQ(Describe(Inspect(*pool, object, plan)), first);
}

TEST(InspectionTest, OneFailedFrameMakesTheObjectIndeterminate) {
  FakeObject object(/*frames=*/5);
  const InstanceReport report = Inspect(object, FailingAt(3, Nothing()));
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.frames_inspected, 4);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kEngineFailed));
}

TEST(InspectionTest, OneDamagedFrameMakesTheObjectIndeterminate) {
  FakeObject object(/*frames=*/5);
  object.FailToDecode(0);
  const InstanceReport report = Inspect(object, Nothing());
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.frames_inspected, 4);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kFrameDecodeFailed));
}

TEST(InspectionTest, AFrameWithoutAPictureMakesTheObjectIndeterminate) {
  FakeObject object(/*frames=*/5);
  object.DecodeToNothing(3);
  const InstanceReport report = Inspect(object, Nothing());
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.frames_inspected, 4);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kFrameDecodeFailed));
}

TEST(InspectionTest, AnOmittedPlaceMakesTheObjectIndeterminate) {
  FakeObject object(/*frames=*/5);
  object.AddOmission(Reason::kUnsupportedPlace);
  const InstanceReport report = Inspect(object, Nothing());
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kUnsupportedPlace));
}

TEST(InspectionTest, AHeaderThatIsNotLookedForToItsEndMakesItIndeterminate) {
  FakeObject object(/*frames=*/5);
  object.AddIdentifier("PatientName", "DOE");
  object.AddIdentifier("PatientID", "4711");
  EXPECT_EQ(Inspect(object, Nothing()).verdict, Verdict::kClear);
  object.AddIdentifier("OtherPatientIDs", "4712");
  const InstanceReport report = Inspect(object, Nothing());
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kFileMalformed));
}

TEST(InspectionTest, AFailureHidesNeitherAFindingNorItself) {
  FakeObject object(/*frames=*/5);
  const InstanceReport report =
      Inspect(object, FailingAt(3, OnEachFrame("name")));
  EXPECT_NE(report.verdict, Verdict::kClear);
  EXPECT_NE(report.verdict, Verdict::kReview);
  EXPECT_THAT(Codes(report), Contains(Reason::kEngineFailed));
  EXPECT_THAT(Codes(report), Contains(Reason::kHeaderMatch));
  EXPECT_EQ(report.findings.size(), 1U);
}

TEST(InspectionTest, ManyFailuresOfOneKindAreOneReason) {
  FakeObject object(/*frames=*/5);
  const InstanceReport report = Inspect(object, [](int) {
    return Error(Reason::kEngineFailed, "An engine failed.");
  });
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kEngineFailed));
  EXPECT_EQ(report.frames_inspected, 0);
}

TEST(InspectionTest, AReaderThatThrowsIsAnInternalFailure) {
  FakeObject object(/*frames=*/5);
  const Plan plan = [](int frame) {
    if (frame == 2) throw std::bad_alloc();
    return std::vector<TextRegion>();
  };
  const InstanceReport report = Inspect(object, plan);
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.frames_inspected, 4);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kInternalFailure));
}

TEST(CancelledInspectionTest, BeforeItStartsInspectsNothing) {
  FakeObject object(/*frames=*/5);
  const InstanceReport report =
      Inspect(object, Nothing(), {.cancelled = [] { return true; }});
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.frames_inspected, 0);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kCancelled));
}

TEST(CancelledInspectionTest, InTheMiddleStopsThere) {
  FakeObject object(/*frames=*/5);
  int asked = 0;
  const InstanceReport report =
      Inspect(object, Nothing(), {.cancelled = [&] { return ++asked > 3; }});
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.frames_inspected, 3);
  EXPECT_THAT(Codes(report), ElementsAre(Reason::kCancelled));
}

TEST(InspectionTest, ProgressCountsEveryPlaneOnce) {
  FakeObject object(/*frames=*/4);
  object.AddOverlay(0x6000, 0, 0);
  std::vector<int> seen;
  Inspect(object, FailingAt(2, Nothing()),
          {.progress = [&](int done, int total) {
            EXPECT_EQ(total, 5);
            seen.push_back(done);
          }});
  EXPECT_THAT(seen, ElementsAre(1, 2, 3, 4, 5));
}

TEST(InspectionTest, AnOverlaysTextStandsWhereItIsOnTheFrame) {
  FakeObject object(/*frames=*/0);
  object.AddOverlay(0x6002, /*offset_x=*/7, /*offset_y=*/-2);
  const InstanceReport report = Inspect(object, OnEachFrame("name"));
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].source, Source::kOverlayPlane);
  EXPECT_EQ(report.findings[0].source_index, 0x6002);
  EXPECT_EQ(report.findings[0].box, (Box{7, -2, 10, 10}));
}

TEST(InspectionTest, APresentationStateIsJudgedByWhatItDraws) {
  FakeObject benign(/*frames=*/0);
  benign.AddGraphicText("scale");
  const InstanceReport clear = Inspect(benign, Nothing());
  EXPECT_EQ(clear.verdict, Verdict::kClear);
  EXPECT_EQ(clear.frames_total, 1);
  EXPECT_EQ(clear.frames_inspected, 1);
  FakeObject naming(/*frames=*/0);
  naming.AddGraphicText("name");
  EXPECT_EQ(Inspect(naming, Nothing()).verdict, Verdict::kIdentifying);
}

TEST(FindingsLimitTest, WhatItLeavesOutStillCounts) {
  FakeObject object(/*frames=*/1);
  const Plan plan = [](int) {
    std::vector<TextRegion> regions;
    for (int i = 0; i < 10; ++i) regions.push_back(Region(20 * i, "word"));
    regions.push_back(Region(400, "name"));
    return regions;
  };
  const InstanceReport none = Inspect(object, plan, {}, /*limit=*/0);
  EXPECT_TRUE(none.findings_truncated);
  EXPECT_THAT(none.findings, IsEmpty());
  EXPECT_EQ(none.verdict, Verdict::kIdentifying);
  const InstanceReport one = Inspect(object, plan, {}, /*limit=*/1);
  EXPECT_TRUE(one.findings_truncated);
  ASSERT_EQ(one.findings.size(), 1U);
  EXPECT_EQ(one.findings[0].match.category, Category::kPersonName);
  const InstanceReport all = Inspect(object, plan, {}, /*limit=*/11);
  EXPECT_FALSE(all.findings_truncated);
  EXPECT_EQ(all.risk, none.risk);
}

TEST(RepeatableReportTest, IsOneOfAnObjectInspectedInFull) {
  FakeObject object(/*frames=*/2);
  EXPECT_TRUE(Inspect(object, OnEachFrame("name")).repeatable);
  EXPECT_TRUE(Inspect(object, Nothing()).repeatable);
  EXPECT_FALSE(Inspect(object, FailingAt(1, OnEachFrame("name"))).repeatable);
}

TEST(RepeatableReportTest, IsNoneOfADocumentWhichIsDrawnWithTheMachinesFonts) {
  FakeObject object(/*frames=*/1);
  object.AddPage();
  const InstanceReport report = Inspect(object, Nothing());
  EXPECT_TRUE(report.inspected_in_full);
  EXPECT_FALSE(report.repeatable);
}

TEST(InspectionTest, BenignTextIsListedAndClear) {
  FakeObject object(/*frames=*/2);
  const InstanceReport report = Inspect(object, OnEachFrame("scale"));
  EXPECT_EQ(report.verdict, Verdict::kClear);
  EXPECT_EQ(report.findings.size(), 1U);
}

TEST(InspectionTest, PixelsOfWhatWasInspectedAreCounted) {
  FakeObject object(/*frames=*/4);
  object.AddOverlay(0x6000, 0, 0);
  EXPECT_EQ(Inspect(object, Nothing()).pixels_inspected, 5);
  object.FailToDecode(1);
  EXPECT_EQ(Inspect(object, Nothing()).pixels_inspected, 4);
  EXPECT_EQ(Inspect(object, FailingAt(2, Nothing())).pixels_inspected, 3);
}

TEST(InspectionTest, TimingsAreSummedOverFrames) {
  FakeObject object(/*frames=*/4);
  const InstanceReport report = Inspect(object, Nothing());
  EXPECT_DOUBLE_EQ(report.timings.candidates_ms, 12);
  EXPECT_DOUBLE_EQ(report.timings.detect_ms, 4);
  EXPECT_DOUBLE_EQ(report.timings.recognize_ms, 8);
}

}  // namespace
}  // namespace burntin
