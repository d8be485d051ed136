#include "detector/temporal/cell_areas.h"

#include <gmock/gmock.h>

#include <random>
#include <vector>

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(CellMarksTest, NothingMarkedIsNoArea) {
  EXPECT_THAT(CellMarks(100, 100).Areas(/*room=*/4), IsEmpty());
}

TEST(CellMarksTest, NeighboursAreOneAreaAndOthersAreApart) {
  CellMarks marks(80, 160);
  marks.Mark(1, 1);
  marks.Mark(2, 2);
  marks.Mark(15, 5);
  EXPECT_THAT(marks.Areas(/*room=*/0),
              UnorderedElementsAre(Box{8, 8, 16, 16}, Box{120, 40, 8, 8}));
}

TEST(CellMarksTest, RoomJoinsWhatIsNearAndEndsAtThePicture) {
  CellMarks marks(40, 100);
  marks.Mark(0, 0);
  marks.Mark(4, 0);
  EXPECT_THAT(marks.Areas(/*room=*/2), ElementsAre(Box{0, 0, 56, 24}));
}

TEST(CellMarksTest, TheLastCellsEndAtThePicture) {
  CellMarks marks(13, 21);
  marks.Mark(2, 1);
  EXPECT_THAT(marks.Areas(/*room=*/0), ElementsAre(Box{16, 8, 5, 5}));
}

TEST(CellMarksTest, AnyAndShareCountTheCellsThatABoxTouches) {
  CellMarks marks(80, 80);
  marks.Mark(3, 3);
  EXPECT_TRUE(marks.AnyIn({31, 31, 1, 1}));
  EXPECT_FALSE(marks.AnyIn({32, 24, 40, 8}));
  EXPECT_FALSE(marks.AnyIn({500, 500, 10, 10}));
  EXPECT_DOUBLE_EQ(marks.ShareIn({24, 24, 16, 8}), 0.5);
  EXPECT_DOUBLE_EQ(marks.ShareIn({-50, -50, 10, 10}), 0);
}

TEST(CellMarksTest, AreasHoldAllMarksAndLieApart) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const int count = static_cast<int>(random() % 40);
    CellMarks marks(203, 301);
    std::vector<Box> marked;
    for (int i = 0; i < count; ++i) {
      const int x = static_cast<int>(random() % marks.across());
      const int y = static_cast<int>(random() % marks.down());
      marks.Mark(x, y);
      marked.push_back(marks.PixelsOf(x, y));
    }
    const std::vector<Box> areas =
        marks.Areas(/*room=*/static_cast<int>(random() % 4));
    for (const Box& cell : marked) {
      int holders = 0;
      for (const Box& area : areas) holders += Intersect(area, cell) == cell;
      EXPECT_EQ(holders, 1);
    }
    for (size_t i = 0; i < areas.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        EXPECT_EQ(Intersect(areas[i], areas[j]).Area(), 0);
      }
    }
  }
}

}  // namespace
}  // namespace burntin
