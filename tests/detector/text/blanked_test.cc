#include "detector/text/blanked.h"

#include <gmock/gmock.h>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

TEST(BlankedTest, ABoxTakesTheCommonestColourOfItsEdge) {
  Image view = FlatPicture(40, 100, 30);
  DrawText("NAME", 20, 10, {.letter_rows = 16}, &view);
  view.pixels[0] = 200;  // on the edge, and rare
  const auto blanked = Blanked(view, {{0, 0, 100, 40}});
  ASSERT_THAT(blanked, IsOk());
  EXPECT_EQ(blanked->pixels, FlatPicture(40, 100, 30).pixels);
}

TEST(BlankedTest, WhatIsBesideTheBoxesStays) {
  const Image view = NoisePicture(30, 30, /*seed=*/1);
  const auto blanked = Blanked(view, {{10, 5, 8, 6}});
  ASSERT_THAT(blanked, IsOk());
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 30; ++x) {
      const size_t at = static_cast<size_t>(y) * 30 + x;
      const size_t corner = 5 * 30 + 10;
      const bool inside = x >= 10 && x < 18 && y >= 5 && y < 11;
      EXPECT_EQ(blanked->pixels[at],
                inside ? blanked->pixels[corner] : view.pixels[at]);
    }
  }
}

TEST(BlankedTest, ColoursAreTakenChannelByChannel) {
  Image view{.rows = 3, .columns = 3, .channels = 3};
  for (int i = 0; i < 9; ++i) {
    const bool is_middle = i == 4;
    for (const int value : {10, 20, 30}) {
      view.pixels.push_back(static_cast<uint8_t>(is_middle ? 255 : value));
    }
  }
  const auto blanked = Blanked(view, {{-5, -5, 50, 50}});
  ASSERT_THAT(blanked, IsOk());
  EXPECT_EQ(blanked->pixels[12], 10);
  EXPECT_EQ(blanked->pixels[13], 20);
  EXPECT_EQ(blanked->pixels[14], 30);
}

TEST(BlankedTest, ABoxOutsideChangesNothing) {
  const Image view = NoisePicture(8, 8, /*seed=*/2);
  const auto blanked = Blanked(view, {{20, 20, 5, 5}});
  ASSERT_THAT(blanked, IsOk());
  EXPECT_EQ(blanked->pixels, view.pixels);
}

}  // namespace
}  // namespace burntin
