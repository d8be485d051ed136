#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "detector/pipeline/inspection.h"
#include "tests/detector/pipeline/drawn_parts.h"
#include "tests/testutil/shuffled_runner.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

struct Outcome {
  InstanceReport report;
  int full = 0;
  int closer = 0;
};

constexpr float kPlain = 5;

Outcome InspectBy(DrawnReader& reader, DrawnObject& object) {
  ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
  const FakeMatcher matcher;
  const InspectionParts parts{.runner = &runner,
                              .readers = {&reader},
                              .matcher = &matcher,
                              .part_readers = {&reader}};
  Outcome outcome;
  outcome.report = InspectObject(object, parts, {}, /*findings_limit=*/100);
  outcome.full = reader.full;
  outcome.closer = reader.closer;
  return outcome;
}

// By one reader, the first `blind` looks of which find nothing.
Outcome InspectBlindly(DrawnObject& object, float evidence, int blind,
                       bool leaves_unread) {
  DrawnReader reader(evidence);
  reader.blind = blind;
  reader.leaves_unread = leaves_unread;
  return InspectBy(reader, object);
}

Outcome Inspect(DrawnObject& object, float evidence = kPlain,
                bool every_frame = false, unsigned seed = 1, int workers = 3) {
  ShuffledRunner runner(seed, workers);
  const FakeMatcher matcher;
  std::vector<std::unique_ptr<DrawnReader>> readers;
  InspectionParts parts{.runner = &runner, .readers = {}, .matcher = &matcher};
  for (int i = 0; i < workers; ++i) {
    readers.push_back(std::make_unique<DrawnReader>(evidence));
    parts.readers.push_back(readers.back().get());
    if (!every_frame) parts.part_readers.push_back(readers.back().get());
  }
  Outcome outcome;
  outcome.report = InspectObject(object, parts, {}, /*findings_limit=*/100);
  for (const auto& reader : readers) {
    outcome.full += reader->full;
    outcome.closer += reader->closer;
  }
  return outcome;
}

TEST(CineInspectionTest, StillTextIsLookedAtOnceAndFoundOnEveryFrame) {
  DrawnObject object(/*frames=*/200);
  object.Draw(0, 199, kName);
  const Outcome outcome = Inspect(object);
  EXPECT_EQ(outcome.full, 1);
  EXPECT_EQ(outcome.report.frames_inspected, 200);
  EXPECT_EQ(outcome.report.verdict, Verdict::kIdentifying);
  ASSERT_THAT(outcome.report.findings, SizeIs(1));
  EXPECT_THAT(outcome.report.findings[0].frame_ranges,
              ElementsAre(FrameRange{0, 199}));
  EXPECT_EQ(outcome.report.findings[0].box, kName.box);
}

TEST(CineInspectionTest, ACineWithoutTextIsClear) {
  DrawnObject object(/*frames=*/70);
  const Outcome outcome = Inspect(object);
  EXPECT_EQ(outcome.full, 1);
  EXPECT_EQ(outcome.report.verdict, Verdict::kClear);
  EXPECT_THAT(outcome.report.findings, IsEmpty());
}

TEST(CineInspectionTest, WhatStandsAndLooksMuchLikeTextHasTenFullLooks) {
  for (const auto& [blind, is_found] : {std::pair{9, true}, {10, false}}) {
    DrawnObject object(/*frames=*/60);
    object.Draw(0, 59, kName);
    const Outcome outcome =
        InspectBlindly(object, /*evidence=*/3.1F, blind, false);
    EXPECT_EQ(outcome.report.findings.size(), is_found ? 1 : 0);
    EXPECT_EQ(outcome.full, 10);
  }
}

TEST(CineInspectionTest, WhatStandsAndLooksLittleLikeTextIsSettledByOneLook) {
  DrawnObject object(/*frames=*/60);
  object.Draw(0, 59, kName);
  EXPECT_EQ(InspectBlindly(object, /*evidence=*/2.9F, 60, false).full, 1);
}

TEST(CineInspectionTest, ALineThatNobodyCanReadHasItsFrameLookedAtInFull) {
  for (const bool leaves_unread : {false, true}) {
    DrawnObject object(/*frames=*/12);
    object.Draw(5, 5, kName);
    const Outcome outcome =
        InspectBlindly(object, /*evidence=*/2, /*blind=*/2, leaves_unread);
    EXPECT_EQ(outcome.full > 1, leaves_unread);
    EXPECT_THAT(outcome.report.findings, SizeIs(leaves_unread ? 1 : 0));
  }
}

TEST(CineInspectionTest, ALineThatNobodyCanReadMattersLittleOnceIdentified) {
  for (const bool identified : {false, true}) {
    DrawnObject object(/*frames=*/12);
    object.Draw(0, 11,
                {kName.box, static_cast<uint8_t>(identified ? 255 : 150)});
    object.Draw(5, 5, kScale);
    DrawnReader reader(/*evidence=*/2);
    reader.seeing = 1;
    reader.blind = 1;
    reader.leaves_unread = true;
    reader.unread = kScale.box;
    EXPECT_EQ(InspectBy(reader, object).full > 1, !identified);
  }
}

// What looks like text beside a known one is that text's edge.
TEST(CineInspectionTest, AMovingGroundBesideAKnownTextIsLookedAtOnce) {
  DrawnObject object(/*frames=*/10);
  for (int frame = 0; frame < object.frames_total(); ++frame) {
    object.picture(frame) = FlatPicture(
        kRows, kColumns, static_cast<uint8_t>(frame % 2 == 0 ? 20 : 60));
  }
  object.Draw(0, 9, {{20, 60, 60, 44}, 255});
  DrawnReader reader(kPlain);
  reader.room = -12;  // the block is larger than its text's box by far
  const Outcome outcome = InspectBy(reader, object);
  EXPECT_EQ(outcome.full, 1);
  EXPECT_LE(outcome.closer, 3);
  EXPECT_EQ(outcome.report.verdict, Verdict::kIdentifying);
}

TEST(CineInspectionTest, ATextThatAppearsRightBesideAKnownOneIsFound) {
  DrawnObject object(/*frames=*/12);
  object.Draw(0, 11, kName);
  object.Draw(6, 6, {{81, 22, 6, 8}, 200});
  const InstanceReport report = Inspect(object).report;
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_THAT(report.findings[1].frame_ranges, ElementsAre(FrameRange{6, 6}));
}

// Before a ground that moves, a text is looked at again until it has had its
// looks, whether they find it or not.
TEST(CineInspectionTest, ATextThatFullLooksLoseIsNotLookedForEver) {
  for (const bool forgets : {false, true}) {
    DrawnObject object(/*frames=*/42);
    for (int frame = 0; frame < object.frames_total(); ++frame) {
      object.picture(frame) = FlatPicture(
          kRows, kColumns, static_cast<uint8_t>(frame % 2 == 0 ? 20 : 60));
    }
    object.Draw(0, 41, kScale);
    DrawnReader reader(/*evidence=*/-3);
    reader.room = 6;
    reader.forgets = forgets;
    EXPECT_EQ(InspectBy(reader, object).full, 10) << forgets;
  }
}

TEST(CineInspectionTest, TextOnASingleFrameIsFoundOnThatFrame) {
  for (const int frame : {0, 1, 37, 99}) {
    DrawnObject object(/*frames=*/100);
    object.Draw(frame, frame, kName);
    const InstanceReport report = Inspect(object).report;
    EXPECT_EQ(report.verdict, Verdict::kIdentifying);
    ASSERT_THAT(report.findings, SizeIs(1));
    EXPECT_THAT(report.findings[0].frame_ranges,
                ElementsAre(FrameRange{frame, frame}));
  }
}

TEST(CineInspectionTest, TextThatHardlyLooksLikeItIsLookedAtAsWell) {
  DrawnObject object(/*frames=*/20);
  object.Draw(7, 7, kName);
  EXPECT_EQ(Inspect(object, /*evidence=*/-1.4F).report.verdict,
            Verdict::kIdentifying);
}

// Grey that no reader knows, in a place that moves: nothing in it is novel.
void DrawTissue(DrawnObject* object) {
  for (int frame = 0; frame < object->frames_total(); ++frame) {
    Image& picture = object->picture(frame);
    for (int y = 8; y < 56; ++y) {
      for (int x = 0; x < kColumns; ++x) {
        picture.pixels[static_cast<size_t>(y) * kColumns + x] =
            (x + 3 * frame) % 7 < 3 ? 254 : 10;
      }
    }
  }
}

TEST(CineInspectionTest, TextAmongWhatMovesIsFoundForLookingLikeText) {
  DrawnObject object(/*frames=*/40);
  DrawTissue(&object);
  object.Draw(23, 23, kName);
  const InstanceReport report = Inspect(object).report;
  EXPECT_EQ(report.verdict, Verdict::kIdentifying);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(report.findings[0].frame_ranges, ElementsAre(FrameRange{23, 23}));
}

TEST(CineInspectionTest, FrameRangesOfFlickeringTextAreExact) {
  DrawnObject object(/*frames=*/12);
  object.Draw(2, 3, kName);
  object.Draw(6, 6, kName);
  object.Draw(9, 11, kName);
  const InstanceReport report = Inspect(object).report;
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(
      report.findings[0].frame_ranges,
      ElementsAre(FrameRange{2, 3}, FrameRange{6, 6}, FrameRange{9, 11}));
}

TEST(CineInspectionTest, TextThatBecomesAnotherIsReadAgain) {
  DrawnObject object(/*frames=*/10);
  object.Draw(0, 4, {kName.box, 200});
  object.Draw(5, 9, kName);
  const InstanceReport report = Inspect(object).report;
  EXPECT_EQ(report.verdict, Verdict::kIdentifying);
  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_THAT(report.findings[0].frame_ranges, ElementsAre(FrameRange{5, 9}));
}

TEST(CineInspectionTest, ADamagedFrameIsReportedAndTheOthersAreInspected) {
  for (const int frame : {0, 1, 5}) {
    DrawnObject object(/*frames=*/10);
    object.Draw(9, 9, kScale);
    object.FailToDecode(frame);
    const InstanceReport report = Inspect(object).report;
    EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
    EXPECT_EQ(report.frames_inspected, 9);
    EXPECT_THAT(report.findings, SizeIs(1));
  }
}

TEST(CineInspectionTest, AFrameOfAnotherShapeIsLookedAtInFull) {
  DrawnObject object(/*frames=*/3);
  Image& odd = object.picture(1);
  odd = FlatPicture(kColumns, kRows, kGround);
  for (int x = 30; x < 60; ++x) {
    odd.pixels[size_t{50} * kRows + static_cast<size_t>(x)] = 255;
  }
  EXPECT_EQ(Inspect(object).report.verdict, Verdict::kIdentifying);
}

TEST(CineInspectionTest, BarcodesAreFoundOnTheFramesThatShowThem) {
  DrawnObject object(/*frames=*/12);
  object.AddCode("name", {6, 6});
  object.AddCode("scale", {2, 4});
  object.AddCode("name", {9, 10});
  const Outcome outcome = Inspect(object);
  EXPECT_EQ(outcome.full, 1);
  EXPECT_EQ(outcome.report.verdict, Verdict::kIdentifying);
  ASSERT_THAT(outcome.report.findings, SizeIs(2));
  std::vector<std::vector<FrameRange>> ranges;
  for (const Finding& finding : outcome.report.findings) {
    EXPECT_EQ(finding.source, Source::kBarcode);
    ranges.push_back(finding.frame_ranges);
  }
  EXPECT_THAT(ranges, UnorderedElementsAre(
                          ElementsAre(FrameRange{6, 6}, FrameRange{9, 10}),
                          ElementsAre(FrameRange{2, 4})));
}

TEST(CineInspectionTest, ManyBarcodesDoNotHideATextThatStands) {
  DrawnObject object(/*frames=*/400);
  object.Draw(0, 399, kName);
  for (int frame = 0; frame < 400; ++frame) {
    object.AddCode("code " + std::to_string(frame), {frame, frame});
  }
  const Outcome outcome = Inspect(object);
  const auto& findings = outcome.report.findings;
  const auto standing = std::find_if(
      findings.begin(), findings.end(),
      [](const Finding& one) { return one.source != Source::kBarcode; });
  ASSERT_NE(standing, findings.end());
  EXPECT_THAT(standing->frame_ranges, ElementsAre(FrameRange{0, 399}));
}

// Up to one block of each word, for a while, none over another.
void DrawAtRandom(std::mt19937& random, DrawnObject* object) {
  const auto draw = [&](int count) {
    return static_cast<int>(random() % static_cast<unsigned>(count));
  };
  int lane = 0;
  for (const uint8_t grey : {uint8_t{255}, uint8_t{200}, uint8_t{150}}) {
    const int y = 40 * lane++ + draw(20);
    if (draw(3) == 0) continue;
    const int frames = object->frames_total();
    const int first = draw(frames);
    const int last = first + draw(std::min(frames - first, 1 + draw(60)));
    object->Draw(first, last, {{draw(100), y, 20 + draw(60), 12}, grey});
  }
}

TEST(CineInspectionTest, RandomCinesAreReportedAsFrameByFrameInAnyOrder) {
  std::mt19937 random(1);
  for (unsigned round = 0; round < 20; ++round) {
    DrawnObject object(/*frames=*/2 + static_cast<int>(random() % 160));
    DrawAtRandom(random, &object);
    const std::string oracle =
        Describe(Inspect(object, kPlain, /*every_frame=*/true).report);
    for (const int workers : {1, 3}) {
      EXPECT_EQ(Describe(Inspect(object, kPlain, /*every_frame=*/false, round,
                                 workers)
                             .report),
                oracle);
    }
  }
}

}  // namespace
}  // namespace burntin
