// Cines whose frames are drawn, and readers that see what is drawn: text is a
// bright block whose grey says what it reads.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "detector/base/status_macros.h"
#include "detector/pipeline/frame_inspector.h"
#include "detector/pipeline/inspection.h"
#include "detector/temporal/cell_areas.h"
#include "tests/detector/pipeline/fake_parts.h"
#include "tests/testutil/shuffled_runner.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr int kRows = 128;
constexpr int kColumns = 192;
constexpr uint8_t kGround = 20;
const std::map<uint8_t, std::string> kWords = {
    {255, "name"}, {200, "scale"}, {150, "word"}};

struct Block {
  Box box;
  uint8_t grey = 0;
};

class DrawnObject final : public FakeObject {
 public:
  explicit DrawnObject(int frames)
      : FakeObject(frames),
        pictures_(static_cast<size_t>(frames),
                  FlatPicture(kRows, kColumns, kGround)) {}

  Image& picture(int frame) { return pictures_[static_cast<size_t>(frame)]; }
  void Draw(int first, int last, const Block& block) {
    for (int frame = first; frame <= last; ++frame) {
      for (int y = block.box.y; y < block.box.y + block.box.height; ++y) {
        for (int x = block.box.x; x < block.box.x + block.box.width; ++x) {
          picture(frame).pixels[static_cast<size_t>(y) * kColumns + x] =
              block.grey;
        }
      }
    }
  }
  void AddCode(const std::string& code, const FrameRange& frames) {
    codes_.emplace_back(code, frames);
  }

  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) override {
    if (IsUndecodable(plane.frame)) {
      return Error(Reason::kFrameDecodeFailed, "A frame is damaged.");
    }
    DecodedPlane decoded{.views = {picture(plane.frame)}};
    for (const auto& [code, frames] : codes_) {
      if (plane.frame < frames.first || plane.frame > frames.last) continue;
      decoded.stated.push_back({.box = {100, 20, 64, 64},
                                .text = PhiText(code),
                                .is_barcode = true});
    }
    return decoded;
  }

 private:
  std::vector<std::pair<std::string, FrameRange>> codes_;
  std::vector<Image> pictures_;
};

// Boxes around the pixels of each word's grey.
std::vector<std::pair<Box, uint8_t>> BlocksOf(const Image& view) {
  std::map<uint8_t, Box> found;
  for (int y = 0; y < view.rows; ++y) {
    for (int x = 0; x < view.columns; ++x) {
      const uint8_t grey =
          view.pixels[static_cast<size_t>(y) * view.columns + x];
      if (!kWords.contains(grey)) continue;
      const Box pixel = {x, y, 1, 1};
      const auto known = found.find(grey);
      found[grey] = known == found.end() ? pixel : Unite(known->second, pixel);
    }
  }
  std::vector<std::pair<Box, uint8_t>> blocks;
  for (const auto& [grey, box] : found) blocks.emplace_back(box, grey);
  return blocks;
}

const Block kName = {{20, 20, 60, 12}, 255};
const Block kScale = {{20, 90, 40, 12}, 200};

class DrawnReader final : public PlaneReader, public PartReader {
 public:
  explicit DrawnReader(float evidence) : evidence_(evidence) {}

  absl::StatusOr<std::vector<TextRegion>> Find(const std::vector<Image>& views,
                                               const Settles& settles,
                                               TextTimings* timings) override {
    ++full;
    ASSIGN_OR_RETURN(PartText found, FindIn(views, {{{0, 0, kColumns, kRows}}},
                                            {}, settles, timings));
    return std::move(found.regions);
  }
  absl::StatusOr<GlanceMap> Glance(const Image& view, const Box& area,
                                   TextTimings*) override {
    GlanceMap map(view.rows, view.columns);
    for (const auto& [box, grey] : BlocksOf(view)) {
      const Box seen = Intersect(box, area);
      CellMarks(view.rows, view.columns).ForEachIn(seen, [&](int x, int y) {
        map.At(x, y) = evidence_;
      });
    }
    return map;
  }
  absl::StatusOr<PartText> FindIn(const std::vector<Image>& views,
                                  const std::vector<std::vector<Box>>& areas,
                                  const std::vector<Box>&, const Settles&,
                                  TextTimings*) override {
    ++closer;
    PartText found;
    if (closer <= blind) {
      if (leaves_unread) found.unread = {kName.box};
      return found;
    }
    for (const auto& [box, grey] : BlocksOf(views[0])) {
      for (const Box& area : areas[0]) {
        if (Intersect(area, box) != box) continue;
        TextRegion region = Region(0, kWords.at(grey));
        region.box = box;
        found.regions.push_back(std::move(region));
      }
    }
    return found;
  }

  int blind = 0;               // looks, of any kind, that find no text at first
  int full = 0;                // frames looked at in full
  int closer = 0;              // looks by the detectors, those included
  bool leaves_unread = false;  // what a blind look says of lines

 private:
  const float evidence_;
};

struct Outcome {
  InstanceReport report;
  int full = 0;
  int closer = 0;
};

constexpr float kPlain = 5;

// A cine looked at by one reader, the first `blind` looks of which find
// nothing.
Outcome InspectBlindly(DrawnObject& object, float evidence, int blind,
                       bool leaves_unread) {
  ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
  const FakeMatcher matcher;
  DrawnReader reader(evidence);
  reader.blind = blind;
  reader.leaves_unread = leaves_unread;
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

// What matters of a report.
std::string Describe(const InstanceReport& report) {
  std::string text = std::to_string(static_cast<int>(report.verdict));
  for (const Finding& finding : report.findings) {
    text += "\n" + std::to_string(finding.box.x) + "," +
            std::to_string(finding.box.y) + " " +
            std::to_string(static_cast<int>(finding.match.category));
    for (const FrameRange& range : finding.frame_ranges) {
      text +=
          " " + std::to_string(range.first) + "-" + std::to_string(range.last);
    }
  }
  return text;
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
