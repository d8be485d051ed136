#include "detector/text/region_judge.h"

#include <gmock/gmock.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "tests/detector/text/fake_engines.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::IsEmpty;

const Image kView = FlatPicture(300, 500, 0);
const Settles kNothingSettles;
// In the middle, so that it is there in all poses.
constexpr Box kPlace = {220, 140, 60, 20};

TextRegion Region(const std::vector<Reading>& readings) {
  TextRegion region = {.box = kPlace};
  region.readings = readings;
  return region;
}

Reading By(int recognizer, const std::string& text, double confidence) {
  Reading reading = Read(text, confidence);
  reading.recognizer = recognizer;
  return reading;
}

// Whether `region` is text where the detector sees its place as so likely.
bool IsText(const TextRegion& region, double likelihood,
            std::vector<Box>* asked) {
  TextLine line = LineAt(region.box);
  line.likelihood = likelihood;
  StubDetector detector({line}, asked);
  double milliseconds = 0;
  const auto is_text =
      RegionJudge(kView, {&detector}, kNothingSettles, &milliseconds)
          .IsText(region, {});
  EXPECT_THAT(is_text, IsOk());
  return *is_text;
}

TEST(RegionJudgeTest, WhatReadersDoNotAgreeAboutIsJudgedByItsSurroundings) {
  for (const TextRegion& region :
       {Region({By(1, "Or", 0.76), By(2, "er", 0.47)}),
        Region({By(1, "1", 0.97), By(2, "qi", 0.4)}),
        Region({By(1, "360", 0.92)}),
        Region({By(1, "Or", 0.9), By(1, "Or", 0.95)}),
        Region({By(0, "Or", 0.94)}),
        Region({By(0, "Or", 0.9), By(1, "Or", 0.59)})}) {
    std::vector<Box> asked;
    EXPECT_TRUE(IsText(region, 0.5, &asked));
    EXPECT_FALSE(IsText(region, 0.49, &asked));
    EXPECT_EQ(Intersect(asked.at(0), kPlace), kPlace);
    EXPECT_GT(asked.at(0).Area(), 20 * kPlace.Area());
  }
}

TEST(RegionJudgeTest, RowsOfLikeCharactersMustLookSurelyLikeText) {
  std::vector<Box> asked;
  for (const TextRegion& region :
       {Region({By(1, "808000880", 0.95)}),
        Region({By(1, "0880", 0.86), By(2, "OBB:", 0), By(0, "l", 0.3)}),
        Region({By(1, "70000000", 0.95), By(0, "lllull", 0.6)})}) {
    EXPECT_FALSE(IsText(region, 0.84, &asked));
    EXPECT_TRUE(IsText(region, 0.86, &asked));
  }
  for (const TextRegion& region :
       {Region({By(1, "808000880", 0.9), By(0, "808000880", 0.8)}),
        Region({By(1, "0880", 0.86), By(0, "DOB", 0.6)}),
        Region({By(1, "080", 0.86)}), Region({By(1, "08.08.1980", 0.86)})}) {
    EXPECT_TRUE(IsText(region, 1, &asked));
  }
}

TEST(RegionJudgeTest, WhatTheyAgreeAboutMustBePossibleInOnePose) {
  for (const TextRegion& region :
       {Region({By(0, "Or", 0.6), By(1, "Or", 0.6)}),
        Region({By(0, "56666", 0.97), By(1, "56668", 0.77)}),
        Region({By(1, "SAMPLE", 0.84), By(2, "oh", 0.9), By(0, "SANPLE", 0.7)}),
        Region({By(0, "XXX", 0.95)})}) {
    std::vector<Box> asked;
    EXPECT_TRUE(IsText(region, 0.5, &asked));
    EXPECT_FALSE(IsText(region, 0.49, &asked));
  }
}

TEST(RegionJudgeTest, WhatIsReadPlainlyNeedsNoLook) {
  for (const TextRegion& region :
       {Region({By(1, "SAMPLE", 0.9)}),
        Region({By(1, "SANPLE", 0.7), By(0, "SAMPLE", 0.85)}),
        Region({By(0, "DOB4", 0.96), By(1, "junk", 0.2)})}) {
    std::vector<Box> asked;
    EXPECT_TRUE(IsText(region, 0, &asked));
    EXPECT_THAT(asked, IsEmpty());
  }
}

TEST(RegionJudgeTest, RowsOfHighRingsMustBeSurerYet) {
  std::vector<Box> asked;
  for (const std::vector<Reading>& readings :
       {std::vector{By(1, "908000", 0.91)},
        {By(1, "908000", 0.91), By(2, "Bee", 0.2)},
        {By(1, "COOCO", 0.7), By(2, "ON", 0.38)}}) {
    TextRegion region = Region(readings);
    region.box = {150, 126, 200, 48};
    EXPECT_FALSE(IsText(region, 0.89, &asked));
    EXPECT_TRUE(IsText(region, 0.91, &asked));
    region.box = kPlace;  // low ones may be text
    EXPECT_TRUE(IsText(region, 0.89, &asked));
  }
  for (const std::vector<Reading>& readings :
       {std::vector{By(1, "908000", 0.91), By(0, "90800", 0.4)},
        {By(0, "908000", 0.86)},
        {By(1, "908000", 0.91), By(2, "SMITH", 0.5)},
        {By(1, "1986", 0.91)}}) {
    TextRegion region = Region(readings);
    region.box = {150, 126, 200, 48};
    EXPECT_TRUE(IsText(region, 0.89, &asked));
  }
}

TEST(RegionJudgeTest, WhatOneReadingSettlesIsNoRowOfRings) {
  TextRegion region = Region({By(1, "908000", 0.91)});
  region.box = {150, 126, 200, 48};
  TextLine line = LineAt(region.box);
  line.likelihood = 0.6;
  std::vector<Box> asked;
  StubDetector detector({line}, &asked);
  const Settles by_number = [](const Reading& reading) {
    return reading.text.Reveal() == "908000";
  };
  double milliseconds = 0;
  EXPECT_TRUE(*RegionJudge(kView, {&detector}, by_number, &milliseconds)
                   .IsText(region, {}));
  EXPECT_FALSE(*RegionJudge(kView, {&detector}, kNothingSettles, &milliseconds)
                    .IsText(region, {}));
}

TEST(RegionJudgeTest, RowsOfHighRingsThatNobodyReadsMustBeSurerYet) {
  double milliseconds = 0;
  for (const bool is_high : {false, true}) {
    TextRegion region = Region({By(1, "0", 0.44), By(2, "_ 000000", 0.19)});
    if (is_high) region.box = {150, 126, 200, 48};
    TextLine line = LineAt(region.box);
    line.likelihood = 0.89;
    std::vector<Box> asked;
    StubDetector detector({line}, &asked);
    EXPECT_EQ(*RegionJudge(kView, {&detector}, kNothingSettles, &milliseconds)
                   .IsTextUnread(region, {}),
              !is_high);
  }
}

// A detector that finds the place as likely as the next of the numbers says.
FakeAreaDetector Finding(std::vector<double> likelihoods) {
  return FakeAreaDetector([=, at = size_t{0}](const Image&) mutable {
    TextLine line = LineAt(kPlace);
    line.likelihood = likelihoods.at(at++);
    return std::vector<TextLine>{line};
  });
}

TEST(RegionJudgeTest, OnePoseIsEnoughForWhatSomebodyReads) {
  double milliseconds = 0;
  const TextRegion region = Region({By(1, "Or", 0.76), By(2, "er", 0.47)});
  for (const auto& [poses, is_text] :
       {std::pair{std::vector{0.3, 0.2, 0.0, 0.5}, true},
        {{0.3, 0.6}, true},
        {{0.49, 0.49, 0.49, 0.49}, false}}) {
    FakeAreaDetector detector = Finding(poses);
    EXPECT_EQ(*RegionJudge(kView, {&detector}, kNothingSettles, &milliseconds)
                   .IsText(region, {}),
              is_text);
  }
}

TEST(RegionJudgeTest, WhatIsPoorlyReadMustBeLikelyInTheMean) {
  double milliseconds = 0;
  const TextRegion region = Region({By(1, "Or", 0.69)});
  for (const auto& [poses, is_text] :
       {std::pair{std::vector{0.9, 0.9, 0.9, 0.1}, true},
        {{0.9, 0.4, 0.0}, false},
        {{0.69, 0.7, 0.7, 0.7}, false}}) {
    FakeAreaDetector detector = Finding(poses);
    EXPECT_EQ(*RegionJudge(kView, {&detector}, kNothingSettles, &milliseconds)
                   .IsText(region, {}),
              is_text);
  }
}

TEST(RegionJudgeTest, WhatNobodyReadsMustBeSureInTheMean) {
  double milliseconds = 0;
  for (const auto& [poses, is_text] :
       {std::pair{std::vector{0.85, 0.85, 0.85, 0.86}, true},
        {{0.85, 0.85, 0.85, 0.84}, false},
        {{0.95, 0.95, 0.65, 0.9}, true},
        {{0.3}, false}}) {
    FakeAreaDetector detector = Finding(poses);
    EXPECT_EQ(*RegionJudge(kView, {&detector}, kNothingSettles, &milliseconds)
                   .IsTextUnread(Region({}), {}),
              is_text);
  }
}

TEST(RegionJudgeTest, WhatNobodyReadsADetectorOfAnotherKindSeesTooIfInDoubt) {
  double milliseconds = 0;
  for (const auto& [likelihood, seen, is_text] : {std::tuple(0.92, 0.0, true),
                                                  {0.9, 0.0, false},
                                                  {0.9, 0.5, true},
                                                  {0.84, 1.0, false}}) {
    TextLine line = LineAt(kPlace);
    std::vector<Box> asked;
    line.likelihood = likelihood;
    StubDetector careful({line}, &asked);
    line.likelihood = seen;
    StubDetector general({line}, &asked);
    EXPECT_EQ(*RegionJudge(kView, {&careful, &general}, kNothingSettles,
                           &milliseconds)
                   .IsTextUnread(Region({}), {}),
              is_text);
  }
}

TEST(RegionJudgeTest, TheSamePlaceIsLookedAtInEveryPose) {
  Image view = kView;
  DrawText("AB", 30, 40, {.letter_rows = 14}, &view);
  const Box place = {25, 35, 60, 25};
  std::vector<std::vector<uint8_t>> seen;
  FakeAreaDetector detector([&](const Image& shown) {
    seen.push_back(shown.pixels);
    return std::vector<TextLine>();
  });
  double milliseconds = 0;
  TextRegion region = Region({By(1, "Or", 0.76)});
  region.box = place;
  EXPECT_FALSE(*RegionJudge(view, {&detector}, kNothingSettles, &milliseconds)
                    .IsText(region, {}));
  EXPECT_THAT(seen, testing::SizeIs(4));
  for (size_t i = 1; i < seen.size(); ++i) EXPECT_NE(seen[i], seen[0]);
}

TEST(RegionJudgeTest, WithoutADetectorAllIsText) {
  double milliseconds = 0;
  RegionJudge judge(kView, {nullptr}, kNothingSettles, &milliseconds);
  EXPECT_TRUE(*judge.IsText(Region({By(1, "Or", 0.76)}), {}));
  EXPECT_TRUE(*judge.IsTextUnread(Region({}), {}));
}

TEST(RegionJudgeTest, AFailureOfTheDetectorIsAnError) {
  FakeAreaDetector detector([](const Image&) {
    return Error(Reason::kEngineFailed, "The search failed.");
  });
  double milliseconds = 0;
  RegionJudge judge(kView, {&detector}, kNothingSettles, &milliseconds);
  EXPECT_THAT(judge.IsText(Region({By(1, "Or", 0.76)}), {}),
              FailsWith(Reason::kEngineFailed));
  EXPECT_THAT(judge.IsTextUnread(Region({}), {}),
              FailsWith(Reason::kEngineFailed));
}

}  // namespace
}  // namespace burntin
