#include "detector/temporal/view_history.h"

#include <gmock/gmock.h>

#include <vector>

#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kRows = 200;
constexpr int kColumns = 300;

ViewHistory After(const Image& view) {
  ViewHistory history;
  history.Accept(view, {});
  return history;
}

Image WithText(Image image, const std::string& text, uint8_t grey = 255) {
  DrawText(text, 100, 100, {.letter_rows = 12, .grey = grey}, &image);
  return image;
}

void Fill(const Box& box, uint8_t grey, Image* image) {
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      image->pixels[static_cast<size_t>(y) * image->columns + x] = grey;
    }
  }
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
  EXPECT_THAT(change.areas, IsEmpty());
  EXPECT_FALSE(change.may_hold_code);
}

TEST(ViewHistoryTest, RoundingIsNoChange) {
  const Image view = FlatPicture(kRows, kColumns, 100);
  Image rounded = view;
  for (size_t i = 0; i < rounded.pixels.size(); i += 3) rounded.pixels[i] = 103;
  EXPECT_THAT(After(view).ChangeIn(rounded).areas, IsEmpty());
}

TEST(ViewHistoryTest, TextThatAppearsIsOneArea) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  const Change change = After(before).ChangeIn(WithText(before, "DOE^JANE"));
  ASSERT_THAT(change.areas, SizeIs(1));
  EXPECT_EQ(Intersect(change.areas[0], {104, 102, 20, 8}),
            (Box{104, 102, 20, 8}));
  EXPECT_LT(change.areas[0].Area(), kRows * kColumns / 2);
}

TEST(ViewHistoryTest, FaintTextThatAppearsIsAChange) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  EXPECT_THAT(After(before).ChangeIn(WithText(before, "DOE", 32)).areas,
              SizeIs(1));
}

TEST(ViewHistoryTest, ASingleChangedPixelOfTheLastCellIsSeen) {
  const Image before = FlatPicture(203, 301, 20);
  Image after = before;
  after.pixels.back() = 200;
  EXPECT_THAT(After(before).ChangeIn(after).areas, SizeIs(1));
}

TEST(ViewHistoryTest, WhatBecomesFlatIsNothingToLookAt) {
  const Image plain = FlatPicture(kRows, kColumns, 20);
  EXPECT_THAT(After(WithText(plain, "DOE")).ChangeIn(plain).areas, IsEmpty());
}

TEST(ViewHistoryTest, SlowFadingAddsUpToAChange) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  const ViewHistory history = After(before);
  EXPECT_THAT(history.ChangeIn(WithText(before, "DOE", 22)).areas, IsEmpty());
  EXPECT_THAT(history.ChangeIn(WithText(before, "DOE", 30)).areas, SizeIs(1));
}

TEST(ViewHistoryTest, WhatWasAcceptedIsNoChangeAnyMore) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  ViewHistory history = After(before);
  const Image after = WithText(before, "DOE");
  history.Accept(after, {});
  EXPECT_THAT(history.ChangeIn(after).areas, IsEmpty());
}

TEST(ViewHistoryTest, WhatWasUnclearRemainsAChange) {
  const Image before = FlatPicture(kRows, kColumns, 20);
  ViewHistory history = After(before);
  Image after = WithText(before, "DOE");
  Fill({8, 8, 4, 4}, 200, &after);
  history.Accept(after, {{100, 100, 60, 14}});
  const Change change = history.ChangeIn(after);
  ASSERT_THAT(change.areas, SizeIs(1));
  EXPECT_TRUE(change.cells.AnyIn({100, 100, 60, 14}));
  EXPECT_FALSE(change.cells.AnyIn({8, 8, 4, 4}));
}

TEST(ViewHistoryTest, OnlyWhatGoesBeyondTheProjectionsIsNovel) {
  ViewHistory history = After(FlatPicture(kRows, kColumns, 50));
  history.Accept(FlatPicture(kRows, kColumns, 150), {});
  const Box box = {40, 40, 20, 20};
  const auto share = [&](uint8_t grey) {
    Image view = FlatPicture(kRows, kColumns, 100);
    Fill({40, 40, 10, 20}, grey, &view);
    return history.NovelShare(view, box);
  };
  EXPECT_DOUBLE_EQ(share(140), 0);
  EXPECT_DOUBLE_EQ(share(60), 0);
  EXPECT_DOUBLE_EQ(share(255), 0.5);
  EXPECT_DOUBLE_EQ(share(0), 0.5);
}

TEST(ViewHistoryTest, TheProjectionsForgetWhatWasLongAgo) {
  ViewHistory history = After(FlatPicture(kRows, kColumns, 255));
  const Image dark = FlatPicture(kRows, kColumns, 10);
  const Image bright = FlatPicture(kRows, kColumns, 200);
  const Box box = {40, 40, 20, 20};
  history.Accept(dark, {});
  EXPECT_DOUBLE_EQ(history.NovelShare(bright, box), 0);
  for (int frame = 0; frame < 150; ++frame) history.Accept(dark, {});
  EXPECT_DOUBLE_EQ(history.NovelShare(bright, box), 1);
}

}  // namespace
}  // namespace burntin
