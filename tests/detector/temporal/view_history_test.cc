#include "detector/temporal/view_history.h"

#include <gmock/gmock.h>

#include <vector>

#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::SizeIs;

constexpr int kRows = 200;
constexpr int kColumns = 300;

ViewHistory After(const Image& view) {
  ViewHistory history;
  history.Accept(view);
  return history;
}

Image WithText(Image image, const std::string& text, uint8_t grey = 255) {
  DrawText(text, 100, 100, {.letter_rows = 12, .grey = grey}, &image);
  return image;
}

bool AnyIn(const CellMarks& cells) {
  return cells.AnyIn({0, 0, kColumns, kRows});
}

TEST(ViewHistoryTest, NothingFitsBeforeAnythingWasSeen) {
  EXPECT_FALSE(ViewHistory().Fits(FlatPicture(kRows, kColumns, 0)));
  EXPECT_FALSE(ViewHistory().Fits(Image()));
}

TEST(ViewHistoryTest, OnlyViewsOfOneShapeFit) {
  const ViewHistory history = After(FlatPicture(kRows, kColumns, 0));
  EXPECT_TRUE(history.Fits(FlatPicture(kRows, kColumns, 9)));
  EXPECT_FALSE(history.Fits(FlatPicture(kColumns, kRows, 0)));
  Image colour = FlatPicture(kRows, kColumns, 0);
  colour.channels = 3;
  colour.pixels.resize(colour.pixels.size() * 3);
  EXPECT_FALSE(history.Fits(colour));
}

TEST(ViewHistoryTest, AnEqualViewHasNoChange) {
  const Image view = WithText(NoisePicture(kRows, kColumns, 1), "DOE");
  const Change change = After(view).ChangeIn(view);
  EXPECT_FALSE(AnyIn(change.cells));
}

TEST(ViewHistoryTest, RoundingIsNoChange) {
  const Image view = FlatPicture(kRows, kColumns, 100);
  Image rounded = view;
  for (size_t i = 0; i < rounded.pixels.size(); i += 3) rounded.pixels[i] = 103;
  EXPECT_FALSE(AnyIn(After(view).ChangeIn(rounded).cells));
}

TEST(ViewHistoryTest, TextThatAppearsIsOneArea) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  const Change change = After(before).ChangeIn(WithText(before, "DOE^JANE"));
  ASSERT_THAT(change.cells.Areas(4), SizeIs(1));
  EXPECT_EQ(Intersect(change.cells.Areas(4)[0], {104, 102, 20, 8}),
            (Box{104, 102, 20, 8}));
  EXPECT_LT(change.cells.Areas(4)[0].Area(), kRows * kColumns / 2);
}

TEST(ViewHistoryTest, FaintTextThatAppearsIsAChange) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  EXPECT_THAT(
      After(before).ChangeIn(WithText(before, "DOE", 32)).cells.Areas(4),
      SizeIs(1));
}

TEST(ViewHistoryTest, ASingleChangedPixelOfTheLastCellIsSeen) {
  const Image before = FlatPicture(203, 301, 20);
  Image after = before;
  after.pixels.back() = 200;
  EXPECT_THAT(After(before).ChangeIn(after).cells.Areas(4), SizeIs(1));
}

TEST(ViewHistoryTest, WhatBecomesFlatIsNothingToLookAt) {
  const Image plain = FlatPicture(kRows, kColumns, 20);
  EXPECT_FALSE(AnyIn(After(WithText(plain, "DOE")).ChangeIn(plain).cells));
}

TEST(ViewHistoryTest, SlowFadingAddsUpToAChange) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  const ViewHistory history = After(before);
  EXPECT_FALSE(AnyIn(history.ChangeIn(WithText(before, "DOE", 22)).cells));
  EXPECT_THAT(history.ChangeIn(WithText(before, "DOE", 30)).cells.Areas(4),
              SizeIs(1));
}

TEST(ViewHistoryTest, WhatWasAcceptedIsNoChangeAnyMore) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  ViewHistory history = After(before);
  const Image after = WithText(before, "DOE");
  history.Accept(after, history.ChangeIn(after));
  EXPECT_FALSE(AnyIn(history.ChangeIn(after).cells));
}

TEST(ViewHistoryTest, SlowFadingDiffersAtLastHoweverManyFramesItTakes) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  ViewHistory history = After(before);
  bool differed = false;
  for (uint8_t grey = 21; grey < 40; ++grey) {
    const Image view = WithText(before, "DOE", grey);
    const Change change = history.ChangeIn(view);
    differed = differed || AnyIn(change.cells);
    history.Accept(view, change);
  }
  EXPECT_TRUE(differed);
}

}  // namespace
}  // namespace burntin
