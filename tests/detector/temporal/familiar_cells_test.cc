#include "detector/temporal/familiar_cells.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

TEST(FamiliarCellsTest, NothingIsKnownBeforeAnybodyLooked) {
  const FamiliarCells cells(6, 4);
  EXPECT_FALSE(cells.Knows(3, 2, -20));
}

TEST(FamiliarCellsTest, WhatLooksAboutAsItDidIsKnown) {
  FamiliarCells cells(6, 4);
  cells.Add(3, 2, 1.5F);
  EXPECT_TRUE(cells.Knows(3, 2, -4));
  EXPECT_TRUE(cells.Knows(3, 2, 2));
  EXPECT_FALSE(cells.Knows(3, 2, 4));
}

TEST(FamiliarCellsTest, TheMostThatWasSeenCounts) {
  FamiliarCells cells(6, 4);
  cells.Add(3, 2, 1.5F);
  cells.Add(3, 2, -3);
  EXPECT_TRUE(cells.Knows(3, 2, 2));
}

TEST(FamiliarCellsTest, TissueMovesIntoTheCellsBesideIt) {
  FamiliarCells cells(6, 4);
  cells.Add(0, 0, 1.5F);
  EXPECT_TRUE(cells.Knows(1, 1, 1));
  EXPECT_FALSE(cells.Knows(2, 0, 1));
  EXPECT_FALSE(cells.Knows(5, 3, 1));
}

TEST(FamiliarCellsTest, WhatWasSeenLongAgoFades) {
  FamiliarCells cells(6, 4);
  cells.Add(3, 2, 1.5F);
  for (int frame = 0; frame < 300; ++frame) cells.Fade();
  EXPECT_FALSE(cells.Knows(3, 2, 1.5F));
  EXPECT_TRUE(cells.Knows(3, 2, -4));
}

}  // namespace
}  // namespace burntin
