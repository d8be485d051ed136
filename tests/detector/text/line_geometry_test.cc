#include "detector/text/line_geometry.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/detector/text/fake_engines.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::SizeIs;

// Where a point goes when a picture is turned clockwise by a quarter.
Corner TurnedQuarter(const Corner& corner, int rows) {
  return {static_cast<float>(rows) - 1 - corner.y, corner.x};
}

Image WithText() {
  Image image = FlatPicture(100, 300, 0);
  DrawText("SAMPLE 12", 40, 40, {.letter_rows = 20}, &image);
  return image;
}

const Box kText = {32, 32, 200, 36};

double MeanDifference(const Image& a, const Image& b) {
  if (a.rows != b.rows || a.columns != b.columns) return 255;
  double sum = 0;
  for (size_t i = 0; i < a.pixels.size(); ++i) {
    sum += std::abs(a.pixels[i] - b.pixels[i]);
  }
  return sum / static_cast<double>(a.pixels.size());
}

TEST(CutUprightTest, AnUprightLineIsCutOut) {
  const auto cut = CutUpright(WithText(), LineAt(kText));
  ASSERT_TRUE(cut.ok());
  EXPECT_NEAR(cut->columns, kText.width, 1);
  EXPECT_NEAR(cut->rows, kText.height, 1);
}

TEST(CutUprightTest, ATurnedLineIsCutOutAsTheUprightOne) {
  const Image upright = WithText();
  const TextLine line = LineAt(kText);
  const auto expected = CutUpright(upright, line);
  TextLine turned_line = line;
  for (Corner& corner : turned_line.corners) {
    corner = TurnedQuarter(corner, upright.rows);
  }
  const auto cut = CutUpright(Turn(upright, 90), turned_line);
  ASSERT_TRUE(expected.ok() && cut.ok());
  EXPECT_LT(MeanDifference(*cut, *expected), 12);
  EXPECT_EQ(QuarterTurn(turned_line), 90);
}

TEST(CutUprightTest, ALineBeyondTheEdgeIsPaddedWithBlack) {
  const auto cut =
      CutUpright(FlatPicture(50, 50, 200), LineAt({-20, -5, 60, 20}));
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->pixels.front(), 0);
  EXPECT_EQ(cut->pixels.back(), 200);
}

TEST(CutUprightTest, ALineOfNoSizeDoesNotCrash) {
  CutUpright(FlatPicture(50, 50, 200), LineAt({10, 10, 1, 1})).IgnoreError();
}

TEST(QuarterTurnTest, IsTheDirectionOfReading) {
  TextLine line = LineAt(kText);
  for (const int expected : {0, 90, 180, 270}) {
    EXPECT_EQ(QuarterTurn(line), expected);
    for (Corner& corner : line.corners) corner = TurnedQuarter(corner, 100);
  }
}

TEST(TurnTest, FourQuartersAreNoTurn) {
  const Image image = NoisePicture(7, 11, /*seed=*/1);
  EXPECT_EQ(Turn(Turn(image, 90), 270), image);
  EXPECT_EQ(Turn(Turn(image, 180), 180), image);
  EXPECT_EQ(Turn(image, 0), image);
}

TEST(TurnTest, AQuarterIsClockwise) {
  const Image image{.rows = 1, .columns = 3, .pixels = {1, 2, 3}};
  EXPECT_EQ(Turn(image, 90),
            (Image{.rows = 3, .columns = 1, .pixels = {1, 2, 3}}));
  EXPECT_EQ(Turn(image, 270),
            (Image{.rows = 3, .columns = 1, .pixels = {3, 2, 1}}));
}

TEST(BoundingBoxTest, LiesWithinThePicture) {
  EXPECT_EQ(BoundingBox(LineAt({-5, -5, 20, 20}), 10, 10), (Box{0, 0, 10, 10}));
  EXPECT_EQ(BoundingBox(LineAt({50, 50, 5, 5}), 10, 10).Area(), 0);
}

TEST(AddUnseenTest, OnlyLinesInNewPlacesAreAdded) {
  std::vector<TextLine> lines = {LineAt({0, 0, 50, 10})};
  AddUnseen({LineAt({0, 0, 60, 30}), LineAt({0, 100, 200, 80})}, kMostlyUnseen,
            &lines);
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(BoundingBox(lines[1], 500, 500).y, 100);
}

struct JoinCase {
  std::string name;
  std::vector<Box> parts;
  size_t lines;
};

class JoinLinesTest : public testing::TestWithParam<JoinCase> {};

TEST_P(JoinLinesTest, JoinsThePartsOfOneLineOnly) {
  std::vector<TextLine> lines;
  for (const Box& box : GetParam().parts) lines.push_back(LineAt(box));
  EXPECT_THAT(JoinLines(lines), SizeIs(GetParam().lines));
}

INSTANTIATE_TEST_SUITE_P(
    All, JoinLinesTest,
    testing::Values(
        JoinCase{"None", {}, 0},
        JoinCase{"SeenTwice", {{0, 0, 50, 10}, {1, 0, 50, 10}}, 1},
        JoinCase{"CutByATile", {{0, 0, 50, 10}, {40, 1, 60, 10}}, 1},
        JoinCase{"ThreeParts",
                 {{0, 0, 50, 10}, {90, 0, 50, 10}, {40, 0, 60, 10}},
                 1},
        JoinCase{"Columns", {{0, 0, 10, 50}, {0, 40, 10, 50}}, 1},
        JoinCase{"Apart", {{0, 0, 50, 10}, {60, 0, 50, 10}}, 2},
        JoinCase{"StackedRowsOfOneLength", {{0, 0, 50, 10}, {0, 8, 50, 10}}, 2},
        JoinCase{"StackedRows", {{0, 0, 50, 10}, {20, 8, 90, 10}}, 2}),
    [](const auto& tested) { return tested.param.name; });

TEST(AddUnseenTest, APieceOfALetterDoesNotMakeTheLineKnown) {
  std::vector<TextLine> lines = {LineAt({100, 100, 30, 40})};
  AddUnseen({LineAt({50, 50, 900, 200})}, kMostlyUnseen, &lines);
  EXPECT_THAT(lines, SizeIs(2));
}

TEST(AddTurnedTest, ALineThatRunsDownIsAddedToItsPieces) {
  std::vector<TextLine> lines = {LineAt({10, 10, 20, 30}),
                                 LineAt({10, 60, 20, 25}),
                                 LineAt({100, 10, 80, 20})};
  AddTurned({LineAt({9, 8, 22, 150})}, &lines);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(BoundingBox(lines[3], 500, 500), (Box{9, 8, 22, 150}));
}

TEST(AddTurnedTest, WhatWasSeenUprightStays) {
  std::vector<TextLine> lines = {LineAt({100, 10, 80, 20}),
                                 LineAt({10, 10, 20, 150})};
  AddTurned({LineAt({100, 10, 40, 20}), LineAt({12, 20, 16, 100})}, &lines);
  ASSERT_EQ(lines.size(), 2U);
  AddTurned({LineAt({300, 300, 40, 20})}, &lines);
  EXPECT_EQ(lines.size(), 3U);
}

}  // namespace
}  // namespace burntin
