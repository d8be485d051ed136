#include "detector/text/text_candidates.h"

#include <gmock/gmock.h>

#include <memory>
#include <vector>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kRows = 300;
constexpr int kColumns = 500;
const Box kText = {100, 80, 150, 20};

Image Blank(uint8_t grey = 0) { return FlatPicture(kRows, kColumns, grey); }

Image WithText(Image image, uint8_t grey, const Box& at = kText) {
  DrawText("DOE JANE", at.x, at.y, {.letter_rows = at.height, .grey = grey},
           &image);
  return image;
}

std::vector<Box> Find(const std::vector<Image>& views, size_t index) {
  auto found = MakeContrastCandidates()->Find(views, index);
  EXPECT_THAT(found, IsOk());
  return *found;
}

bool Covers(const std::vector<Box>& areas, const Box& box) {
  for (const Box& area : areas) {
    if (Intersect(area, box) == box) return true;
  }
  return false;
}

TEST(ContrastCandidatesTest, WhatIsFlatHoldsNoText) {
  for (const uint8_t grey : std::vector<uint8_t>{0, 90, 255}) {
    EXPECT_THAT(Find({Blank(grey)}, 0), IsEmpty());
  }
}

TEST(ContrastCandidatesTest, FaintLettersStandInAnAreaWithRoomAround) {
  for (const int contrast : {12, 35, 200}) {
    const std::vector<Box> areas =
        Find({WithText(Blank(20), static_cast<uint8_t>(20 + contrast))}, 0);
    ASSERT_THAT(areas, SizeIs(1));
    EXPECT_TRUE(Covers(areas, {kText.x - 20, kText.y - 20, 60, 60}));
    EXPECT_LT(areas[0].Area(), kRows * kColumns / 2);
  }
}

TEST(ContrastCandidatesTest, AViewThatRepeatsAnotherHoldsNothingNew) {
  const Image first = WithText(NoisePicture(kRows, kColumns, 3), 255);
  Image weaker = first;
  for (uint8_t& pixel : weaker.pixels) pixel = static_cast<uint8_t>(pixel / 2);
  Image inverse = first;
  for (uint8_t& pixel : inverse.pixels) pixel = static_cast<uint8_t>(~pixel);
  EXPECT_THAT(Find({first, first}, 1), IsEmpty());
  EXPECT_THAT(Find({first, weaker}, 1), IsEmpty());
  EXPECT_THAT(Find({first, inverse}, 1), IsEmpty());
}

TEST(ContrastCandidatesTest, TextThatOneViewAloneShowsIsNew) {
  const Image noise = NoisePicture(kRows, kColumns, 3);
  const std::vector<Box> areas = Find({noise, WithText(noise, 255)}, 1);
  ASSERT_THAT(areas, SizeIs(1));
  EXPECT_TRUE(Covers(areas, kText));
}

TEST(ContrastCandidatesTest, TextThatALaterViewShowsBetterIsNew) {
  const Image faint = WithText(Blank(20), 24);
  const Image plain = WithText(Blank(20), 90);
  EXPECT_TRUE(Covers(Find({faint, plain}, 1), kText));
  EXPECT_THAT(Find({plain, faint}, 1), IsEmpty());
}

TEST(ContrastCandidatesTest, ColourThatGreyHidesIsNew) {
  const Image grey = Blank(100);
  Image colour{.rows = kRows, .columns = kColumns, .channels = 3};
  const Image text = WithText(Blank(100), 200);
  for (const uint8_t pixel : text.pixels) {
    colour.pixels.insert(colour.pixels.end(), {pixel, 100, 100});
  }
  EXPECT_TRUE(Covers(Find({grey, colour}, 1), kText));
  EXPECT_THAT(Find({text, colour}, 1), IsEmpty());
}

TEST(ContrastCandidatesTest, AreasStandApartAndWithinTheView) {
  Image image = Blank();
  for (const Box& at : {Box{0, 2, 1, 14}, Box{300, 3, 1, 14},
                        Box{20, 280, 1, 14}, Box{330, 120, 1, 30}}) {
    image = WithText(std::move(image), 255, at);
  }
  const std::vector<Box> areas = Find({image}, 0);
  ASSERT_GT(areas.size(), 2U);
  for (size_t i = 0; i < areas.size(); ++i) {
    EXPECT_EQ(Intersect(areas[i], {0, 0, kColumns, kRows}), areas[i]);
    for (size_t k = 0; k < i; ++k) {
      EXPECT_EQ(Intersect(areas[i], areas[k]).Area(), 0);
    }
  }
}

TEST(WholeCandidatesTest, LeaveNothingOut) {
  const std::vector<Image> views = {Blank(), Blank()};
  for (const size_t index : {0, 1}) {
    EXPECT_THAT(*MakeWholeCandidates()->Find(views, index),
                testing::ElementsAre(Box{0, 0, kColumns, kRows}));
  }
}

}  // namespace
}  // namespace burntin
