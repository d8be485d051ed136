#include "detector/phi/reading_order.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TextRegion At(int x, int y, int width, int height, int orientation = 0) {
  TextRegion region;
  region.box = {x, y, width, height};
  region.orientation = orientation;
  return region;
}

TEST(TextLinesTest, NeighboursOnALineAreReadFromLeftToRight) {
  const std::vector<TextRegion> regions = {At(60, 11, 40, 12),
                                           At(10, 10, 40, 12)};
  EXPECT_THAT(TextLines(regions), ElementsAre(ElementsAre(1, 0)));
}

TEST(TextLinesTest, WordsFarApartAreNoLine) {
  const std::vector<TextRegion> regions = {At(10, 10, 40, 12),
                                           At(400, 10, 40, 12)};
  EXPECT_THAT(TextLines(regions),
              UnorderedElementsAre(ElementsAre(0), ElementsAre(1)));
}

TEST(TextLinesTest, LettersOfUnlikeHeightAreNoLine) {
  const std::vector<TextRegion> regions = {At(10, 10, 40, 12),
                                           At(52, 2, 40, 40)};
  EXPECT_THAT(TextLines(regions),
              UnorderedElementsAre(ElementsAre(0), ElementsAre(1)));
}

TEST(TextLinesTest, TurnedTextIsReadAlongItsOwnLine) {
  const std::vector<TextRegion> down = {At(10, 60, 12, 40, 90),
                                        At(10, 10, 12, 40, 90)};
  EXPECT_THAT(TextLines(down), ElementsAre(ElementsAre(1, 0)));
  const std::vector<TextRegion> up = {At(10, 10, 12, 40, 270),
                                      At(10, 60, 12, 40, 270)};
  EXPECT_THAT(TextLines(up), ElementsAre(ElementsAre(1, 0)));
  const std::vector<TextRegion> upside_down = {At(10, 10, 40, 12, 180),
                                               At(60, 10, 40, 12, 180)};
  EXPECT_THAT(TextLines(upside_down), ElementsAre(ElementsAre(1, 0)));
}

TEST(TextLinesTest, TextTurnedDifferentlyIsNoLine) {
  const std::vector<TextRegion> regions = {At(10, 10, 40, 12),
                                           At(52, 10, 40, 12, 180)};
  EXPECT_EQ(TextLines(regions).size(), 2u);
}

TEST(TextLinesTest, TextWithoutAPlaceIsALineOfItsOwn) {
  const std::vector<TextRegion> regions = {At(0, 0, 0, 0), At(10, 10, 40, 12),
                                           At(0, 0, 0, 0), At(52, 10, 0, 12)};
  const std::vector<RegionGroup> lines = TextLines(regions);
  EXPECT_THAT(lines, UnorderedElementsAre(ElementsAre(0), ElementsAre(1),
                                          ElementsAre(2), ElementsAre(3)));
  EXPECT_THAT(NeighbouringLines(regions, lines), IsEmpty());
}

TEST(TextLinesTest, AChainOfWordsIsOneLine) {
  std::vector<TextRegion> regions;
  for (int i = 0; i < 50; ++i) {
    regions.push_back(At((i * 17 % 50) * 50, 10, 40, 12));
  }
  const std::vector<RegionGroup> lines = TextLines(regions);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].size(), 50u);
}

TEST(TextLinesTest, NoRegionsHaveNoLines) {
  EXPECT_THAT(TextLines({}), IsEmpty());
}

TEST(NeighbouringLinesTest, ALineIsPairedWithTheNextBelow) {
  const std::vector<TextRegion> regions = {
      At(10, 10, 40, 12), At(10, 26, 40, 12), At(10, 42, 40, 12)};
  EXPECT_THAT(NeighbouringLines(regions, TextLines(regions)),
              ElementsAre(ElementsAre(0, 1), ElementsAre(1, 2)));
}

TEST(NeighbouringLinesTest, ThreeLinesAreTakenTogetherWhereThereAreSoMany) {
  const std::vector<TextRegion> regions = {
      At(10, 10, 40, 12), At(10, 26, 40, 12), At(10, 42, 40, 12)};
  const std::vector<RegionGroup> lines = TextLines(regions);
  EXPECT_THAT(NeighbouringLines(regions, lines, 3),
              ElementsAre(ElementsAre(0, 1, 2)));
  EXPECT_THAT(NeighbouringLines(regions, lines, 4), IsEmpty());
}

TEST(NeighbouringLinesTest, LinesOfDifferentBlocksAreNotPaired) {
  const std::vector<TextRegion> regions = {
      At(10, 10, 40, 12), At(300, 26, 40, 12), At(10, 90, 40, 12)};
  EXPECT_THAT(NeighbouringLines(regions, TextLines(regions)), IsEmpty());
}

}  // namespace
}  // namespace burntin
