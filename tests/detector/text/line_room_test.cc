#include "detector/text/line_room.h"

#include <gtest/gtest.h>

#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

constexpr double kLeftOut = 0.1;

// A line of 100 x 20 with a bright block where letters are, on `ground`.
Image Line(const Box& letters, const Image& ground) {
  Image line = ground;
  for (int y = letters.y; y < letters.y + letters.height; ++y) {
    for (int x = letters.x; x < letters.x + letters.width; ++x) {
      line.pixels[static_cast<size_t>(y) * line.columns + x] = 250;
    }
  }
  return line;
}

Image Line(const Box& letters) {
  return Line(letters, FlatPicture(20, 100, 20));
}

TEST(WithLessRoomTest, TakesHalfAsMuchFromTheEnds) {
  const Image line = NoisePicture(20, 100, /*seed=*/1);
  const Image less = WithLessRoom(line, kLeftOut);
  EXPECT_EQ(less.rows, 16);
  EXPECT_EQ(less.columns, 98);
  EXPECT_EQ(less.pixels[0], line.pixels[2 * 100 + 1]);
}

TEST(WithLessRoomTest, ATallLineLiesOnItsSide) {
  const Image less = WithLessRoom(NoisePicture(100, 20, /*seed=*/1), kLeftOut);
  EXPECT_EQ(less.rows, 98);
  EXPECT_EQ(less.columns, 16);
}

TEST(WithLessRoomTest, ASingleLetterAndALowLineStayAsTheyAre) {
  for (const auto& [rows, columns] : {std::pair(20, 29), {9, 100}, {1, 1}}) {
    const Image line = NoisePicture(rows, columns, /*seed=*/1);
    EXPECT_EQ(WithLessRoom(line, kLeftOut), line);
  }
}

TEST(IsRoomPlainTest, WhereNoLetterReachesIntoIt) {
  EXPECT_TRUE(IsRoomPlain(Line({1, 2, 98, 16}), kLeftOut));
}

TEST(IsRoomPlainTest, NotWhereOneTouchesASide) {
  EXPECT_FALSE(IsRoomPlain(Line({1, 1, 98, 16}), kLeftOut));
  EXPECT_FALSE(IsRoomPlain(Line({1, 2, 98, 17}), kLeftOut));
  EXPECT_FALSE(IsRoomPlain(Line({0, 2, 98, 16}), kLeftOut));
  EXPECT_FALSE(IsRoomPlain(Line({1, 2, 99, 16}), kLeftOut));
  EXPECT_FALSE(IsRoomPlain(Line({40, 18, 1, 1}), kLeftOut));
}

TEST(IsRoomPlainTest, NotWhereTheGroundVariesMuch) {
  const Image noise = NoisePicture(20, 100, /*seed=*/1);
  EXPECT_FALSE(IsRoomPlain(Line({1, 2, 98, 16}, noise), kLeftOut));
}

TEST(IsRoomPlainTest, NotWhereAFaintLetterStandsBesideABrightOne) {
  for (const int grey : {52, 53}) {
    Image line = Line({10, 4, 40, 12});
    for (int y = 5; y < 15; ++y) {
      line.pixels[static_cast<size_t>(y) * 100 + 99] =
          static_cast<uint8_t>(grey);
    }
    EXPECT_EQ(IsRoomPlain(line, kLeftOut), grey == 52);
  }
}

TEST(IsRoomPlainTest, LettersThatOnlyAColourShowsCount) {
  for (const int x : {0, 1}) {
    Image line = FlatPicture(20, 100, 90);
    line.channels = 3;
    line.pixels.assign(line.pixels.size() * 3, 90);
    for (int y = 5; y < 15; ++y) {
      line.pixels[(static_cast<size_t>(y) * 100 + x) * 3 + 2] = 200;
    }
    EXPECT_EQ(IsRoomPlain(line, kLeftOut), x == 1);
  }
}

TEST(IsRoomPlainTest, NothingLeftOutIsPlain) {
  EXPECT_TRUE(IsRoomPlain(NoisePicture(9, 100, /*seed=*/1), kLeftOut));
}

}  // namespace
}  // namespace burntin
