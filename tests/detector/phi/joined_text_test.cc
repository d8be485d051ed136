#include "detector/phi/joined_text.h"

#include <memory>
#include <string>
#include <vector>

#include "detector/phi/matcher.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

struct Placed {
  std::string text;
  int x = 0;
  int y = 0;
};

// Letters of 8 by 14 pixels, as a machine prints them.
TextRegion Region(const Placed& placed) {
  TextRegion region;
  region.box = {placed.x, placed.y,
                8 * static_cast<int>(placed.text.size()) + 4, 14};
  region.likelihood = 1;
  region.readings = {{PhiText(placed.text), 0.95}};
  return region;
}

std::vector<Match> MatchesOf(const std::vector<Placed>& boxes) {
  static const PhiMatcher* const matcher = PhiMatcher::Create().release();
  std::vector<TextRegion> regions;
  for (const Placed& box : boxes) regions.push_back(Region(box));
  return matcher->MatchPlane(regions, Header());
}

bool AllBenign(const std::vector<Placed>& boxes) {
  for (const Match& match : MatchesOf(boxes)) {
    if (match.category != Category::kBenign) return false;
  }
  return true;
}

// The texts side by side, with so many pixels between.
std::vector<Placed> InALine(const std::vector<std::string>& texts, int gap) {
  std::vector<Placed> boxes;
  int x = 10;
  for (const std::string& text : texts) {
    boxes.push_back({text, x, 10});
    x += Region(boxes.back()).box.width + gap;
  }
  return boxes;
}

std::vector<Placed> InAColumn(const std::vector<std::string>& texts, int gap) {
  std::vector<Placed> boxes;
  for (const std::string& text : texts) {
    boxes.push_back(
        {text, 10, 10 + static_cast<int>(boxes.size()) * (14 + gap)});
  }
  return boxes;
}

class JoinedBoxesTest
    : public testing::TestWithParam<std::vector<std::string>> {
 protected:
  void SetUp() override {
    for (const std::string& text : GetParam()) {
      ASSERT_TRUE(AllBenign({{text, 10, 10}})) << text;
    }
  }
};

using HeldInALineTest = JoinedBoxesTest;

TEST_P(HeldInALineTest, IsNotBenignThoughEachBoxIs) {
  for (const int gap : {6, 12, 40}) {
    EXPECT_FALSE(AllBenign(InALine(GetParam(), gap))) << gap;
  }
}

TEST_P(HeldInALineTest, IsBenignWhereTheBoxesHaveNothingToDoWithOneAnother) {
  EXPECT_TRUE(AllBenign(InALine(GetParam(), 400)));
}

INSTANTIATE_TEST_SUITE_P(
    Parts, HeldInALineTest,
    testing::Values(std::vector<std::string>{"RENE", "DIXON"},
                    std::vector<std::string>{"DIXON,", "RENE"},
                    std::vector<std::string>{"AP", "RENE", "DIXON", "R"},
                    std::vector<std::string>{"STONE", "WHITE"},
                    std::vector<std::string>{"LEFT", "STONE", "WHITE"},
                    std::vector<std::string>{"COLON", "FOOT"},
                    std::vector<std::string>{"123", "456", "789"},
                    std::vector<std::string>{"47", "1147", "12"},
                    std::vector<std::string>{"AP", "4711", "47"},
                    std::vector<std::string>{"12", "03", "1960"},
                    std::vector<std::string>{"12", "03", "60"},
                    std::vector<std::string>{"1960", "03", "12"}));

using BenignInALineTest = JoinedBoxesTest;

TEST_P(BenignInALineTest, StaysBenign) {
  for (const int gap : {6, 12, 40}) {
    EXPECT_TRUE(AllBenign(InALine(GetParam(), gap))) << gap;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Texts, BenignInALineTest,
    testing::Values(std::vector<std::string>{"0", "10", "20", "30", "40"},
                    std::vector<std::string>{"0 10 20", "30 40", "50 60"},
                    std::vector<std::string>{"0", "10", "20", "40", "50"},
                    std::vector<std::string>{"1", "2", "3", "4", "5"},
                    std::vector<std::string>{"1.23", "4.56"},
                    std::vector<std::string>{"14:23:53", "120"},
                    std::vector<std::string>{"MI 1.1", "TIS 0.4", "60%",
                                             "12.5 CM"},
                    std::vector<std::string>{"120 KVP", "200 MA", "15 MAS"},
                    std::vector<std::string>{"SE 3", "IM 12", "R"},
                    std::vector<std::string>{"SMALL", "PARTS"},
                    std::vector<std::string>{"LEFT", "FOOT", "LAT"},
                    std::vector<std::string>{"BRAIN", "AXIAL"}));

using HeldInAColumnTest = JoinedBoxesTest;

TEST_P(HeldInAColumnTest, IsNotBenignThoughEachLineIs) {
  EXPECT_FALSE(AllBenign(InAColumn(GetParam(), 4)));
  EXPECT_TRUE(AllBenign(InAColumn(GetParam(), 60)));
}

INSTANTIATE_TEST_SUITE_P(
    Parts, HeldInAColumnTest,
    testing::Values(std::vector<std::string>{"RENE", "DIXON"},
                    std::vector<std::string>{"AP", "DIXON", "RENE"},
                    std::vector<std::string>{"12", "03", "1960"}));

TEST(JoinedBoxesTest, AGridOfNumbersOverThePictureStaysBenign) {
  std::vector<Placed> grid;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 5; ++column) {
      grid.push_back({std::to_string(5 * row + column + 1), 10 + 90 * column,
                      10 + 90 * row});
    }
  }
  EXPECT_TRUE(AllBenign(grid));
}

TEST(JoinedBoxesTest, AScaleInAColumnStaysBenign) {
  EXPECT_TRUE(AllBenign(InAColumn({"0", "5", "10", "15", "20"}, 4)));
  EXPECT_TRUE(AllBenign(InAColumn({"120", "100", "80", "60"}, 4)));
}

TEST(JoinedBoxesTest, HoldTheBoxesButNameNobody) {
  for (const Match& match : MatchesOf(InALine({"RENE", "DIXON"}, 12))) {
    EXPECT_EQ(match.category, Category::kPersonName);
    EXPECT_LT(match.score, 0.8);
  }
  for (const Match& match : MatchesOf(InALine({"123", "456", "789"}, 12))) {
    EXPECT_EQ(match.category, Category::kIdentifier);
  }
}

TEST(IsPartOfDateTest, TakesDigitsAndWhatPartsThem) {
  EXPECT_TRUE(IsPartOfDate("12"));
  EXPECT_TRUE(IsPartOfDate("12.03. 1960"));
  EXPECT_FALSE(IsPartOfDate(""));
  EXPECT_FALSE(IsPartOfDate(" . "));
  EXPECT_FALSE(IsPartOfDate("12 CM"));
  EXPECT_FALSE(IsPartOfDate("12:03"));
}

}  // namespace
}  // namespace burntin
