#include "detector/temporal/unsettled_cells.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

const CellMarks kNothingDiffers(/*rows=*/32, /*columns=*/48);

TEST(UnsettledCellsTest, NothingIsOpenBeforeALook) {
  EXPECT_FALSE(UnsettledCells(6, 4).AnyStill(kNothingDiffers));
}

TEST(UnsettledCellsTest, WhatALookLeavesOpenIsUntilAnotherSettlesIt) {
  UnsettledCells cells(6, 4);
  cells.Add(3, 2, /*is_open=*/true);
  cells.Add(4, 2, /*is_open=*/false);
  EXPECT_TRUE(cells.AnyStill(kNothingDiffers));
  cells.Add(3, 2, /*is_open=*/false);
  EXPECT_FALSE(cells.AnyStill(kNothingDiffers));
}

TEST(UnsettledCellsTest, WhatDiffersIsForOthersToSay) {
  UnsettledCells cells(6, 4);
  cells.Add(3, 2, /*is_open=*/true);
  CellMarks differing = kNothingDiffers;
  differing.Mark(3, 2);
  EXPECT_FALSE(cells.AnyStill(differing));
  cells.Add(5, 3, /*is_open=*/true);
  EXPECT_TRUE(cells.AnyStill(differing));
}

TEST(UnsettledCellsTest, APlaceHasTenLooksHoweverMuchItLooksLikeText) {
  UnsettledCells cells(6, 4);
  for (int look = 1; look < 10; ++look) {
    cells.Add(3, 2, /*is_open=*/true);
    EXPECT_TRUE(cells.AnyStill(kNothingDiffers)) << look;
  }
  for (int look = 10; look < 300; ++look) {
    cells.Add(3, 2, /*is_open=*/true);
    EXPECT_FALSE(cells.AnyStill(kNothingDiffers)) << look;
  }
}

}  // namespace
}  // namespace burntin
