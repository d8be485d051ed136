#include "detector/temporal/seen_text.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

constexpr int kRows = 120;
constexpr int kColumns = 400;
// Where the texts below stand, with a little room, as a detector's box has.
const Box kPlace = {42, 44, 140, 24};
const Box kWidePlace = {42, 44, 200, 24};

// Tissue, as it were: random values between `low` and `high`.
Image Tissue(int low, int high, unsigned seed) {
  Image image = NoisePicture(kRows, kColumns, seed);
  for (uint8_t& pixel : image.pixels) {
    pixel = static_cast<uint8_t>(low + pixel * (high - low) / 255);
  }
  return image;
}

Image WithText(Image image, const std::string& text, uint8_t grey) {
  DrawText(text, 45, 48, {.letter_rows = 16, .grey = grey}, &image);
  return image;
}

TEST(SeenTextTest, WhatDidNotChangeIsTheSame) {
  const Image view = WithText(Tissue(0, 255, 1), "DOE^JANE", 255);
  EXPECT_EQ(SeenText(view, kPlace).In(view), Sight::kEqual);
}

TEST(SeenTextTest, BrightTextOverMovingTissueIsTheSame) {
  const SeenText text(WithText(Tissue(0, 120, 1), "DOE^JANE", 255), kPlace);
  for (unsigned seed = 2; seed < 12; ++seed) {
    EXPECT_EQ(text.In(WithText(Tissue(0, 120, seed), "DOE^JANE", 255)),
              Sight::kSame);
  }
}

TEST(SeenTextTest, DarkTextOverMovingBrightTissueIsTheSame) {
  const SeenText text(WithText(Tissue(130, 255, 1), "DOE^JANE", 5), kPlace);
  for (unsigned seed = 2; seed < 12; ++seed) {
    EXPECT_EQ(text.In(WithText(Tissue(130, 255, seed), "DOE^JANE", 5)),
              Sight::kSame);
  }
}

TEST(SeenTextTest, WhatWentAwayIsNeverTheSame) {
  const SeenText text(WithText(Tissue(0, 120, 1), "DOE^JANE", 255), kPlace);
  for (unsigned seed = 2; seed < 12; ++seed) {
    EXPECT_EQ(text.In(Tissue(0, 120, seed)), Sight::kGone);
    EXPECT_NE(text.In(Tissue(0, 255, seed)), Sight::kSame);
  }
  EXPECT_EQ(text.In(FlatPicture(kRows, kColumns, 0)), Sight::kGone);
  EXPECT_NE(text.In(FlatPicture(kRows, kColumns, 255)), Sight::kSame);
}

TEST(SeenTextTest, OneChangedLetterIsNotTheSame) {
  const std::string before = "ID 1234567890";
  const SeenText still(WithText(FlatPicture(kRows, kColumns, 20), before, 255),
                       kWidePlace);
  const SeenText moving(WithText(Tissue(0, 120, 1), before, 255), kWidePlace);
  for (const char* after :
       {"ID 1234567891", "ID 1234567690", "IO 1234567890"}) {
    EXPECT_NE(still.In(WithText(FlatPicture(kRows, kColumns, 20), after, 255)),
              Sight::kSame)
        << after;
  }
  for (const char* after : {"ID 1234567891", "ID 1274567890"}) {
    EXPECT_NE(moving.In(WithText(Tissue(0, 120, 2), after, 255)), Sight::kSame)
        << after;
  }
}

TEST(SeenTextTest, MoreOfTheSameInkOnAStillGroundIsNotTheSame) {
  const Image ground = FlatPicture(kRows, kColumns, 20);
  const SeenText text(WithText(ground, "DOE 3", 255), kPlace);
  EXPECT_NE(text.In(WithText(ground, "DOE 8", 255)), Sight::kSame);
}

TEST(SeenTextTest, TextThatScrolledAwayIsNotTheSame) {
  const Image ground = FlatPicture(kRows, kColumns, 20);
  const SeenText text(WithText(ground, "DOE^JANE", 255), kPlace);
  Image later = ground;
  DrawText("DOE^JANE", 45, 60, {.letter_rows = 16}, &later);
  EXPECT_NE(text.In(later), Sight::kSame);
}

TEST(SeenTextTest, TextThatTissueHidesIsNotTheSame) {
  const SeenText text(WithText(Tissue(0, 120, 1), "DOE^JANE", 255), kPlace);
  EXPECT_NE(
      text.In(WithText(FlatPicture(kRows, kColumns, 250), "DOE^JANE", 255)),
      Sight::kSame);
}

TEST(SeenTextTest, AnotherShapeIsUnclear) {
  const SeenText text(
      WithText(FlatPicture(kRows, kColumns, 20), "DOE^JANE", 255), kPlace);
  EXPECT_EQ(text.In(FlatPicture(50, 50, 0)), Sight::kUnclear);
  EXPECT_EQ(text.In(Image()), Sight::kUnclear);
}

TEST(SeenTextTest, FaintTextThatChangesIsUnclear) {
  const SeenText text(WithText(Tissue(90, 110, 1), "DOE^JANE", 120), kPlace);
  EXPECT_EQ(text.In(WithText(Tissue(90, 110, 2), "DOE^JANE", 120)),
            Sight::kUnclear);
}

TEST(SeenTextTest, AnEmptyPlaceIsUnclear) {
  const Image view = FlatPicture(kRows, kColumns, 20);
  EXPECT_EQ(SeenText(view, Box()).In(view), Sight::kUnclear);
}

}  // namespace
}  // namespace burntin
