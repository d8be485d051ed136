#include "detector/temporal/familiar_cells.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace burntin {
namespace {

TEST(FamiliarCellsTest, NothingIsKnownBeforeAnybodyLooked) {
  const FamiliarCells cells(6, 4);
  EXPECT_FALSE(cells.Knows(3, 2, -20));
}

TEST(FamiliarCellsTest, WhatLooksAboutAsItDidIsKnown) {
  FamiliarCells cells(6, 4);
  cells.Add(3, 2, 1.5F, /*moves=*/false);
  EXPECT_TRUE(cells.Knows(3, 2, -4));
  EXPECT_TRUE(cells.Knows(3, 2, 2));
  EXPECT_FALSE(cells.Knows(3, 2, 4));
}

TEST(FamiliarCellsTest, TheMostThatWasSeenCounts) {
  FamiliarCells cells(6, 4);
  cells.Add(3, 2, 1.5F, /*moves=*/false);
  cells.Add(3, 2, -3, /*moves=*/false);
  EXPECT_TRUE(cells.Knows(3, 2, 2));
}

TEST(FamiliarCellsTest, TissueMovesIntoTheCellsBesideIt) {
  FamiliarCells cells(6, 4);
  cells.Add(0, 0, 1.5F, /*moves=*/false);
  EXPECT_TRUE(cells.Knows(1, 1, 1));
  EXPECT_FALSE(cells.Knows(2, 0, 1));
  EXPECT_FALSE(cells.Knows(5, 3, 1));
}

TEST(FamiliarCellsTest, WhatMovesIsKnownAllAroundFromTheNextFrameOn) {
  FamiliarCells cells(40, 30);
  cells.Add(20, 15, 1.5F, /*moves=*/true);
  EXPECT_FALSE(cells.Knows(14, 10, 1.5F));
  cells.NextFrame();
  EXPECT_TRUE(cells.Knows(14, 10, 1.5F));
  EXPECT_TRUE(cells.Knows(28, 23, 1.5F));
  EXPECT_FALSE(cells.Knows(14, 10, 2.5F));
  EXPECT_FALSE(cells.Knows(11, 15, 1.5F));
  EXPECT_FALSE(cells.Knows(20, 24, 1.5F));
}

TEST(FamiliarCellsTest, AroundEndsWhereThePictureEnds) {
  for (const auto& [across, down] : {std::pair(4, 3), {30, 1}, {1, 30}}) {
    SCOPED_TRACE(across);
    FamiliarCells cells(across, down);
    cells.Add(across - 1, down - 1, 1.5F, /*moves=*/true);
    cells.NextFrame();
    const int x = std::max(0, across - 9);
    const int y = std::max(0, down - 9);
    EXPECT_TRUE(cells.Knows(x, y, 1.5F));
    EXPECT_FALSE(x > 0 && cells.Knows(x - 1, y, 1.5F));
    EXPECT_FALSE(y > 0 && cells.Knows(x, y - 1, 1.5F));
  }
}

TEST(FamiliarCellsTest, WhatStandsIsKnownInItsPlaceOnly) {
  FamiliarCells cells(40, 30);
  cells.Add(20, 15, 1.5F, /*moves=*/false);
  cells.NextFrame();
  EXPECT_TRUE(cells.Knows(21, 15, 1.5F));
  EXPECT_FALSE(cells.Knows(23, 15, 1.5F));
}

TEST(FamiliarCellsTest, BesideATextOnlyTheCellItselfIsKnown) {
  FamiliarCells cells(6, 4);
  cells.AddBesideText(3, 2, 1.5F);
  EXPECT_TRUE(cells.Knows(3, 2, 1.5F));
  EXPECT_FALSE(cells.Knows(3, 2, 2.2F));
  EXPECT_FALSE(cells.Knows(2, 2, 1.5F));
  for (int frame = 0; frame < 300; ++frame) cells.NextFrame();
  EXPECT_FALSE(cells.Knows(3, 2, 1.5F));
}

TEST(FamiliarCellsTest, WhatIsNoLongerBesideATextIsForgotten) {
  FamiliarCells cells(6, 4);
  cells.AddBesideText(3, 2, 1.5F);
  cells.AddBesideText(3, 3, 1.5F);
  cells.ForgetBesideText(3, 2);
  EXPECT_FALSE(cells.Knows(3, 2, -20));
  EXPECT_TRUE(cells.Knows(3, 3, 1.5F));
}

TEST(FamiliarCellsTest, WhatWasSeenLongAgoFades) {
  FamiliarCells cells(6, 4);
  cells.Add(3, 2, 1.5F, /*moves=*/false);
  for (int frame = 0; frame < 300; ++frame) cells.NextFrame();
  EXPECT_FALSE(cells.Knows(3, 2, 1.5F));
  EXPECT_TRUE(cells.Knows(3, 2, -4));
}

}  // namespace
}  // namespace burntin
