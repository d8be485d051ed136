#include "detector/pipeline/finding_merger.h"

#include <gmock/gmock.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

// A plane and what stands on it.
using Seen = std::pair<PlaneId, std::vector<MatchedRegion>>;

MatchedRegion Text(const std::string& text, const Box& box,
                   double score = 0.3) {
  return {.box = box,
          .match = {.category = Category::kOther,
                    .score = score,
                    .reading = {.text = PhiText(text), .confidence = 1}}};
}

MatchedRegion Name(const std::string& text, const Box& box, double score) {
  MatchedRegion region = Text(text, box, score);
  region.match.category = Category::kPersonName;
  region.match.matched_attribute = "PatientName";
  return region;
}

Seen OnFrame(int frame, std::vector<MatchedRegion> regions) {
  return {{.frame = frame}, std::move(regions)};
}

std::vector<Finding> Merge(const std::vector<Seen>& seen) {
  std::vector<PlaneId> planes;
  std::vector<PlaneResult> results;
  for (const auto& [plane, regions] : seen) {
    planes.push_back(plane);
    results.push_back({.regions = regions});
  }
  return MergeFindings(planes, results);
}

constexpr Box kPlace = {10, 10, 40, 10};
constexpr Box kNearby = {11, 10, 40, 10};
constexpr Box kElsewhere = {200, 10, 40, 10};

TEST(FindingMergerTest, ABarcodeIsASourceOfItsOwn) {
  MatchedRegion barcode = Text("A", kPlace);
  barcode.is_barcode = true;
  const std::vector<Finding> findings =
      Merge({OnFrame(0, {Text("A", kPlace), barcode}), OnFrame(1, {barcode})});
  ASSERT_THAT(findings, SizeIs(2));
  EXPECT_EQ(findings[0].source, Source::kFrame);
  EXPECT_EQ(findings[1].source, Source::kBarcode);
  EXPECT_THAT(findings[1].frame_ranges, ElementsAre(FrameRange{0, 1}));
}

TEST(FindingMergerTest, TextThatStandsStillIsOneFindingWithExactFrames) {
  const std::vector<Finding> findings =
      Merge({OnFrame(0, {Text("A", kPlace)}), OnFrame(1, {Text("A", kNearby)}),
             OnFrame(2, {}), OnFrame(3, {Text("A", kPlace)}), OnFrame(4, {}),
             OnFrame(5, {Text("A", kPlace)}), OnFrame(6, {Text("A", kPlace)})});
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(
      findings[0].frame_ranges,
      ElementsAre(FrameRange{0, 1}, FrameRange{3, 3}, FrameRange{5, 6}));
}

TEST(FindingMergerTest, OtherTextInThePlaceIsAFindingOfItsOwn) {
  EXPECT_THAT(
      Merge({OnFrame(0, {Text("A", kPlace)}), OnFrame(1, {Text("B", kPlace)})}),
      SizeIs(2));
}

TEST(FindingMergerTest, TheSameTextElsewhereIsAFindingOfItsOwn) {
  EXPECT_THAT(Merge({OnFrame(0, {Text("A", kPlace)}),
                     OnFrame(1, {Text("A", kElsewhere)})}),
              SizeIs(2));
}

TEST(FindingMergerTest, TextWithoutAPlaceIsAFindingEachTime) {
  EXPECT_THAT(
      Merge({OnFrame(0, {Text("A", {}), Text("A", {}), Text("A", kPlace)})}),
      SizeIs(3));
}

TEST(FindingMergerTest, TheSameTextOfAnotherSourceIsAFindingOfItsOwn) {
  const PlaneId overlay{.source = Source::kOverlayPlane,
                        .source_index = 0x6000};
  const PlaneId other{.source = Source::kOverlayPlane, .source_index = 0x6002};
  EXPECT_THAT(Merge({OnFrame(0, {Text("A", kPlace)}),
                     {overlay, {Text("A", kPlace)}},
                     {other, {Text("A", kPlace)}}}),
              SizeIs(3));
}

TEST(FindingMergerTest, OneAttributeReadInTwoWaysIsOneFindingAtItsSurest) {
  const std::vector<Finding> findings =
      Merge({OnFrame(0, {Name("D0E", kPlace, 0.8)}),
             OnFrame(1, {Name("DOE", kPlace, 0.99)}),
             OnFrame(2, {Name("DQE", kPlace, 0.7)})});
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].match.score, 0.99);
  EXPECT_THAT(findings[0].frame_ranges, ElementsAre(FrameRange{0, 2}));
}

// A date that no header holds: its risk is higher than its score says.
MatchedRegion Date(const std::string& text, const Box& box) {
  MatchedRegion region = Text(text, box, 0.6);
  region.match.category = Category::kDate;
  region.match.signs = {
      {.kind = SignKind::kDate, .category = Category::kDate, .score = 0.6}};
  return region;
}

// The same for a sign that says little, whatever its score.
MatchedRegion Weak(const std::string& text, const Box& box, double score) {
  MatchedRegion region = Text(text, box, score);
  region.match.signs = {
      {.kind = SignKind::kField, .category = Category::kOther, .score = score}};
  return region;
}

TEST(FindingMergerTest, TheRiskiestComesFirstWhateverItsScore) {
  const std::vector<Finding> findings =
      Merge({OnFrame(0, {Weak("A", kPlace, 0.7), Date("B", kElsewhere)})});
  ASSERT_THAT(findings, SizeIs(2));
  EXPECT_EQ(findings[0].match.category, Category::kDate);
  EXPECT_GT(findings[0].risk, findings[1].risk);
  EXPECT_LT(findings[0].match.score, findings[1].match.score);
}

TEST(FindingMergerTest, WhatIsCalledIdentifyingComesBeforeTheUnreadable) {
  MatchedRegion unreadable = Text("", kPlace, 0.9);
  unreadable.match.category = Category::kUnreadable;
  MatchedRegion named = Weak("A", kElsewhere, 0.65);
  named.match.signs = {{.kind = SignKind::kShape,
                        .category = Category::kIdentifier,
                        .score = 0.65}};
  const std::vector<Finding> findings =
      Merge({OnFrame(0, {unreadable, named})});
  ASSERT_THAT(findings, SizeIs(2));
  EXPECT_EQ(findings[0].box, kElsewhere);
  EXPECT_LT(findings[0].risk, findings[1].risk);
}

TEST(FindingMergerTest, OneTextOnManyFramesHasTheMatchOfTheHighestRisk) {
  MatchedRegion weak = Weak("A", kPlace, 0.9);
  MatchedRegion risky = Weak("A", kPlace, 0.8);
  risky.match.signs.push_back({.kind = SignKind::kNationalNumber,
                               .category = Category::kIdentifier,
                               .score = 0.8});
  for (const bool first : {true, false}) {
    const std::vector<Finding> findings =
        Merge({OnFrame(0, {first ? weak : risky}),
               OnFrame(1, {first ? risky : weak})});
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_THAT(findings[0].match.signs, SizeIs(2));
  }
}

TEST(FindingMergerTest, AScoreThatIsNoNumberIsTheGravest) {
  const std::vector<Finding> findings =
      Merge({OnFrame(0, {Name("A", kPlace, 0.99), Text("B", kElsewhere),
                         Text("C", {10, 90, 40, 10}, std::nan(""))})});
  ASSERT_THAT(findings, SizeIs(3));
  EXPECT_TRUE(std::isnan(findings[0].match.score));
}

TEST(FindingMergerTest, TwiceOnOneFrameIsOneFrame) {
  const std::vector<Finding> findings =
      Merge({OnFrame(4, {Text("A", kPlace), Text("A", kNearby)})});
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_THAT(findings[0].frame_ranges, ElementsAre(FrameRange{4, 4}));
}

TEST(FindingMergerTest, TheGravestComesFirstAndThenThePlace) {
  const std::vector<Finding> findings =
      Merge({OnFrame(0, {Text("A", kElsewhere, 0.3), Text("B", kPlace, 0.3),
                         Text("C", {10, 90, 40, 10}, 0.9)})});
  ASSERT_THAT(findings, SizeIs(3));
  EXPECT_EQ(findings[0].match.score, 0.9);
  EXPECT_EQ(findings[1].box, kPlace);
  EXPECT_EQ(findings[2].box, kElsewhere);
}

}  // namespace
}  // namespace burntin
