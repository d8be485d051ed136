#include "detector/text/area_search.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/text/line_geometry.h"
#include "tests/detector/text/fake_engines.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kRows = 300;
constexpr int kColumns = 500;
const Image kView = FlatPicture(kRows, kColumns, 0);
const std::vector<Box> kAreas = {{0, 0, 400, 300}};

constexpr double kPlain = 0.8;
constexpr double kInDoubt = 0.3;

TextLine Line(const Box& box, double likelihood) {
  TextLine line = LineAt(box);
  line.likelihood = likelihood;
  return line;
}

class AreaSearchTest : public testing::Test {
 protected:
  AreaSearchTest() { ReadersAnswer(Read("SAMPLE", 0.95)); }

  void ReadersAnswer(const Reading& reading) {
    const auto answer = [reading](const Image&) { return reading; };
    engines_.quick_reader = std::make_unique<FakeRecognizer>(
        [](const Image&) { return Read("?a", 0.6); });
    engines_.first_reader = std::make_unique<FakeRecognizer>(answer);
    engines_.second_reader = std::make_unique<FakeRecognizer>(answer);
  }

  std::vector<TextRegion> Find(const std::vector<TextLine>& first,
                               const std::vector<TextLine>& second,
                               bool thorough = false,
                               const std::vector<Box>& known = {}) {
    engines_.first_detector =
        std::make_unique<StubDetector>(first, &first_asked_);
    engines_.second_detector =
        std::make_unique<StubDetector>(second, &second_asked_);
    engines_.thorough = thorough;
    TextTimings timings;
    const auto found =
        SearchAreas({kView, kAreas, known, {}}, *engines_.first_detector,
                    Settles(), engines_, &timings);
    EXPECT_THAT(found, IsOk());
    unread_ = found->unread;
    return found->regions;
  }

  bool SecondLookedAt(const Box& wanted) const {
    return std::any_of(
        second_asked_.begin(), second_asked_.end(),
        [&](const Box& area) { return Intersect(area, wanted) == wanted; });
  }

  TextEngines engines_;
  std::vector<Box> unread_;
  std::vector<Box> first_asked_;
  std::vector<Box> second_asked_;
};

TEST_F(AreaSearchTest, WhatIsPlainAndReadWellNeedsNoSecondDetector) {
  const auto regions = Find({Line({100, 80, 60, 20}, kPlain)}, {});
  ASSERT_THAT(regions, SizeIs(1));
  EXPECT_EQ(regions[0].likelihood, kPlain);
  EXPECT_EQ(first_asked_, kAreas);
  EXPECT_THAT(second_asked_, IsEmpty());
}

TEST_F(AreaSearchTest, WhereTheFirstDoubtsTheSecondLooksWithRoom) {
  ReadersAnswer(Read("", 0));
  EXPECT_THAT(Find({Line({100, 80, 60, 20}, kInDoubt),
                    Line({150, 85, 60, 20}, kInDoubt),
                    Line({480, 280, 30, 30}, kInDoubt)},
                   {}),
              IsEmpty());
  ASSERT_THAT(second_asked_, SizeIs(2));
  EXPECT_TRUE(SecondLookedAt({84, 64, 142, 57}));
  EXPECT_TRUE(SecondLookedAt({451, 251, kColumns - 451, kRows - 251}));
  for (const Box& area : second_asked_) {
    EXPECT_EQ(Intersect(area, {0, 0, kColumns, kRows}), area);
    EXPECT_LT(area.Area(), 160 * 70);
  }
}

TEST_F(AreaSearchTest, TheSecondLooksAtWhatCannotBeReadWell) {
  for (const Reading& reading :
       {Read("", 0), Read("5AMP", 0.55), Read("X", 0.2)}) {
    ReadersAnswer(reading);
    second_asked_.clear();
    Find({Line({100, 80, 60, 20}, kPlain)}, {});
    EXPECT_TRUE(SecondLookedAt({84, 64, 92, 52})) << reading.confidence;
  }
}

TEST_F(AreaSearchTest, TheFirstJudgesWhatTheSecondFinds) {
  const auto regions =
      Find({Line({100, 80, 60, 20}, kInDoubt)}, {Line({98, 78, 64, 24}, 0.99)});
  // A sure reading: at this likelihood it takes one.
  ASSERT_THAT(regions, SizeIs(1));
  EXPECT_EQ(regions[0].box, (Box{98, 78, 64, 24}));
  EXPECT_EQ(regions[0].likelihood, kInDoubt);
}

TEST_F(AreaSearchTest, WhatTheFirstFindsUnlikelyIsNotTextByADoubtfulReading) {
  ReadersAnswer(Read("SAMPLE", 0.6));
  EXPECT_THAT(
      Find({Line({100, 80, 60, 20}, kInDoubt)}, {Line({98, 78, 64, 24}, 0.99)}),
      IsEmpty());
}

TEST_F(AreaSearchTest, ALineOfWhichTheSecondFindsPiecesIsReadWhole) {
  const auto by_width = [](const Image& line) {
    return std::max(line.rows, line.columns) > 100 ? Read("SAMPLE", 0.95)
                                                   : Read("", 0);
  };
  ReadersAnswer(Read("", 0));
  engines_.quick_reader = std::make_unique<FakeRecognizer>(by_width);
  engines_.first_reader = std::make_unique<FakeRecognizer>(by_width);
  const auto regions = Find({Line({100, 80, 200, 60}, kInDoubt)},
                            {Line({110, 90, 12, 20}, 0.9)});
  ASSERT_THAT(regions, SizeIs(1));
  EXPECT_EQ(regions[0].box, (Box{100, 80, 200, 60}));
}

TEST_F(AreaSearchTest, ALineThatBothFindIsOne) {
  EXPECT_THAT(Find({Line({100, 80, 60, 20}, kPlain)},
                   {Line({98, 78, 64, 24}, 0.99)}, /*thorough=*/true),
              SizeIs(1));
}

TEST_F(AreaSearchTest, ThoroughIsBothEverywhere) {
  const auto regions = Find({Line({100, 80, 60, 20}, kPlain)},
                            {Line({200, 200, 60, 20}, 0.99)}, true);
  EXPECT_EQ(second_asked_, kAreas);
  ASSERT_THAT(regions, SizeIs(2));
  EXPECT_EQ(regions[1].likelihood, 0);
}

TEST_F(AreaSearchTest, ASureLongLineThatNobodyReadsStays) {
  ReadersAnswer(Read("", 0));
  const auto regions = Find({Line({100, 80, 60, 20}, 0.95)}, {});
  ASSERT_THAT(regions, SizeIs(1));
  EXPECT_EQ(regions[0].readings[0].confidence, 0);
  EXPECT_THAT(Find({Line({100, 80, 22, 20}, 0.95)}, {}), IsEmpty());
}

TEST_F(AreaSearchTest, AFailureOfEitherDetectorIsAnError) {
  const auto fails = [](const Image&) -> absl::StatusOr<std::vector<TextLine>> {
    return Error(Reason::kEngineFailed, "no");
  };
  const auto doubts = [](const Image&) {
    return std::vector<TextLine>{Line({100, 80, 60, 20}, kInDoubt)};
  };
  TextTimings timings;
  engines_.first_detector = std::make_unique<FakeAreaDetector>(fails);
  engines_.second_detector = std::make_unique<FakeAreaDetector>(doubts);
  EXPECT_THAT(SearchAreas({kView, kAreas, {}, {}}, *engines_.first_detector,
                          Settles(), engines_, &timings),
              FailsWith(Reason::kEngineFailed));
  std::swap(engines_.first_detector, engines_.second_detector);
  EXPECT_THAT(SearchAreas({kView, kAreas, {}, {}}, *engines_.first_detector,
                          Settles(), engines_, &timings),
              FailsWith(Reason::kEngineFailed));
}

TEST_F(AreaSearchTest, WhatNobodyReadsIsTextOnlyIfItsSurroundingsLeaveItSo) {
  ReadersAnswer(Read("", 0));
  // In the middle, so that a mirror leaves it where it is.
  const Box line = {220, 140, 60, 20};
  for (const auto& [likelihood, is_text] :
       {std::pair{0.95, true}, {0.85, true}, {0.84, false}, {0.0, false}}) {
    std::vector<Box> asked;
    engines_.careful_detector = std::make_unique<StubDetector>(
        std::vector{Line({218, 138, 64, 24}, likelihood),
                    Line({10, 10, 64, 24}, 0.99)},
        &asked);
    EXPECT_THAT(Find({Line(line, 0.95)}, {}), SizeIs(is_text ? 1 : 0))
        << likelihood;
    EXPECT_THAT(unread_, SizeIs(is_text ? 0 : 1));
    // With much around it.
    EXPECT_THAT(asked, ElementsAre(Box{124, 44, 252, 212}));
  }
}

TEST_F(AreaSearchTest, WhatIsReadNeedsNoSurroundings) {
  std::vector<Box> asked;
  engines_.careful_detector =
      std::make_unique<StubDetector>(std::vector<TextLine>(), &asked);
  EXPECT_THAT(Find({Line({200, 140, 60, 20}, kPlain)}, {}), SizeIs(1));
  EXPECT_THAT(asked, IsEmpty());
}

TEST_F(AreaSearchTest, AnErrorOfTheLookAtSurroundingsIsAnError) {
  ReadersAnswer(Read("", 0));
  engines_.first_detector = std::make_unique<StubDetector>(
      std::vector{Line({200, 140, 60, 20}, 0.95)}, &first_asked_);
  engines_.second_detector =
      std::make_unique<StubDetector>(std::vector<TextLine>(), &second_asked_);
  engines_.careful_detector =
      std::make_unique<FakeAreaDetector>([](const Image&) {
        return Error(Reason::kEngineFailed, "The search failed.");
      });
  TextTimings timings;
  EXPECT_THAT(SearchAreas({kView, kAreas, {}, {}}, *engines_.first_detector,
                          Settles(), engines_, &timings),
              FailsWith(Reason::kEngineFailed));
}

// Where a low line stands, and what a reduced picture makes of it.
constexpr Box kLow = {200, 140, 60, 20};
constexpr Box kEnvelope = {180, 110, 120, 80};

TEST_F(AreaSearchTest, ABoxAroundWhatIsReadIsTextOnlyIfItIsWithoutThat) {
  for (const auto& [likelihood, is_text] :
       {std::pair{0.9, true}, {0.5, true}, {0.49, false}, {0.0, false}}) {
    std::vector<Box> asked;
    engines_.careful_detector = std::make_unique<StubDetector>(
        std::vector{Line(kEnvelope, likelihood)}, &asked);
    EXPECT_THAT(Find({Line(kLow, kPlain), Line(kEnvelope, kPlain)}, {}),
                SizeIs(is_text ? 2 : 1))
        << likelihood;
    EXPECT_EQ(Intersect(asked.at(0), kEnvelope), kEnvelope);
  }
}

TEST_F(AreaSearchTest, ABoxIsJudgedWithoutTheLinesInIt) {
  Image view = FlatPicture(kRows, kColumns, 0);
  DrawText("LOW", kLow.x + 5, kLow.y + 3, {.letter_rows = 14}, &view);
  bool is_blank = false;
  engines_.careful_detector =
      std::make_unique<FakeAreaDetector>([&](const Image& seen) {
        is_blank = seen.pixels == kView.pixels;
        return std::vector<TextLine>();
      });
  engines_.first_detector = std::make_unique<StubDetector>(
      std::vector{Line(kLow, kPlain), Line(kEnvelope, kPlain)}, &first_asked_);
  engines_.second_detector =
      std::make_unique<StubDetector>(std::vector<TextLine>(), &second_asked_);
  TextTimings timings;
  const auto found =
      SearchAreas({view, kAreas, {}, {}}, *engines_.first_detector, Settles(),
                  engines_, &timings);
  ASSERT_THAT(found, IsOk());
  EXPECT_TRUE(is_blank);
  ASSERT_THAT(found->regions, SizeIs(1));
  EXPECT_EQ(found->regions[0].box, kLow);
}

TEST_F(AreaSearchTest, ALineAboutAsHighOrBesideExplainsNothing) {
  std::vector<Box> asked;
  engines_.careful_detector =
      std::make_unique<StubDetector>(std::vector<TextLine>(), &asked);
  EXPECT_THAT(
      Find({Line({200, 140, 60, 20}, kPlain), Line({190, 136, 180, 29}, kPlain),
            Line({20, 20, 160, 60}, kPlain)},
           {}),
      SizeIs(3));
  EXPECT_THAT(asked, IsEmpty());
}

TEST_F(AreaSearchTest, ABoxThatNobodyReadsIsJudgedByTheLinesInItToo) {
  const auto by_height = [](const Image& line) {
    return line.rows < 40 ? Read("SAMPLE", 0.95) : Read("", 0);
  };
  engines_.quick_reader = std::make_unique<FakeRecognizer>(by_height);
  engines_.first_reader = std::make_unique<FakeRecognizer>(by_height);
  engines_.second_reader = std::make_unique<FakeRecognizer>(by_height);
  std::vector<Box> asked;
  engines_.careful_detector =
      std::make_unique<StubDetector>(std::vector<TextLine>(), &asked);
  const Box wide = {150, 110, 200, 80};
  EXPECT_THAT(Find({Line(kLow, kPlain), Line(wide, 0.95)}, {}), SizeIs(1));
}

TEST_F(AreaSearchTest, OnlyWhatOneKnownBoxMostlyCoversIsLeftOut) {
  const TextLine line = Line({100, 80, 60, 20}, kPlain);
  const TextLine beside = Line({100, 120, 60, 20}, kPlain);
  const auto regions =
      Find({line, beside}, {}, /*thorough=*/false,
           {{98, 78, 64, 24}, {100, 120, 30, 20}, {110, 120, 30, 20}});
  ASSERT_THAT(regions, SizeIs(1));
  EXPECT_EQ(regions[0].box, (Box{100, 120, 60, 20}));
}

}  // namespace
}  // namespace burntin
