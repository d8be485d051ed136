// What colour pixels look like as RGB.
#include <gmock/gmock.h>

#include <array>
#include <string>
#include <vector>

#include "detector/views/views.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using testing::ElementsAre;

struct ColourCase {
  std::string name;
  Photometric photometric;
  std::vector<uint8_t> stored;
  std::array<int, 3> rgb;
};

class ColourTest : public testing::TestWithParam<ColourCase> {};

// One pixel of the case's colour among a black and a white one.
TEST_P(ColourTest, IsConverted) {
  const auto& [name, photometric, stored, rgb] = GetParam();
  std::vector<uint8_t> black(stored.size(), 0);
  std::vector<uint8_t> white(stored.size(), 255);
  if (photometric == Photometric::kYbrFull ||
      photometric == Photometric::kYbrPartial) {
    black = {0, 128, 128};
    white = {255, 128, 128};
  }
  if (photometric == Photometric::kHsv) white = {0, 0, 255};
  if (photometric == Photometric::kCmyk) white = {0, 0, 0, 0};
  if (photometric == Photometric::kCmyk) black = {0, 0, 0, 255};
  std::vector<uint8_t> values = stored;
  values.insert(values.end(), black.begin(), black.end());
  values.insert(values.end(), white.begin(), white.end());
  const auto views = MakeViews({.rows = 1,
                                .columns = 3,
                                .channels = static_cast<int>(stored.size()),
                                .values = values},
                               {.photometric = photometric});
  ASSERT_THAT(views, IsOk());
  const Image& view = views->front();
  ASSERT_EQ(view.channels, 3);
  for (size_t i = 0; i < 3; ++i) EXPECT_NEAR(view.pixels[i], rgb[i], 1);
  for (size_t i = 3; i < 6; ++i) EXPECT_EQ(view.pixels[i], 0);
  for (size_t i = 6; i < 9; ++i) EXPECT_EQ(view.pixels[i], 255);
}

INSTANTIATE_TEST_SUITE_P(
    All, ColourTest,
    testing::Values(
        ColourCase{"Rgb", Photometric::kRgb, {1, 90, 200}, {1, 90, 200}},
        ColourCase{
            "YbrFullRed", Photometric::kYbrFull, {76, 85, 255}, {254, 0, 0}},
        ColourCase{
            "YbrFullBlue", Photometric::kYbrFull, {29, 255, 107}, {0, 0, 254}},
        ColourCase{
            "YbrFullGrey", Photometric::kYbrFull, {99, 128, 128}, {99, 99, 99}},
        ColourCase{"YbrPartialRed",
                   Photometric::kYbrPartial,
                   {81, 90, 240},
                   {254, 0, 0}},
        ColourCase{"YbrPartialGrey",
                   Photometric::kYbrPartial,
                   {126, 128, 128},
                   {128, 128, 128}},
        ColourCase{"HsvRed", Photometric::kHsv, {0, 255, 200}, {200, 0, 0}},
        ColourCase{"HsvGreen", Photometric::kHsv, {85, 255, 200}, {0, 200, 0}},
        ColourCase{"HsvBlue", Photometric::kHsv, {170, 255, 200}, {0, 0, 200}},
        ColourCase{"HsvGrey", Photometric::kHsv, {33, 0, 77}, {77, 77, 77}},
        ColourCase{"Argb", Photometric::kArgb, {7, 1, 90, 200}, {1, 90, 200}},
        ColourCase{
            "CmykRed", Photometric::kCmyk, {0, 255, 255, 0}, {255, 0, 0}},
        ColourCase{
            "CmykGrey", Photometric::kCmyk, {0, 0, 0, 155}, {100, 100, 100}}),
    [](const auto& tested) { return tested.param.name; });

TEST(ColourViewsTest, MoreBitsThanEightAreScaledByBitsStored) {
  const auto views = MakeViews(
      {.rows = 1,
       .columns = 2,
       .channels = 3,
       .values = std::vector<uint16_t>{0, 4095, 2048, 1024, 4095, 0}},
      {.photometric = Photometric::kRgb, .bits_stored = 12, .high_bit = 11});
  ASSERT_THAT(views, IsOk());
  EXPECT_THAT(views->front().pixels, ElementsAre(0, 255, 128, 64, 255, 0));
}

TEST(ColourViewsTest, ASmallPartOfTheRangeIsStretched) {
  const auto views =
      MakeViews({.rows = 1,
                 .columns = 2,
                 .channels = 3,
                 .values = std::vector<uint8_t>{10, 60, 35, 10, 60, 10}},
                {.photometric = Photometric::kRgb});
  ASSERT_THAT(views, IsOk());
  EXPECT_THAT(views->front().pixels, ElementsAre(0, 255, 128, 0, 255, 0));
}

TEST(ColourViewsTest, EachUnknownChannelIsShownByItself) {
  const auto views = MakeViews({.rows = 1,
                                .columns = 2,
                                .channels = 2,
                                .values = std::vector<uint8_t>{0, 9, 200, 3}},
                               {.photometric = Photometric::kOther});
  ASSERT_THAT(views, IsOk());
  ASSERT_EQ(views->size(), 2U);
  EXPECT_THAT(views->at(0).pixels, ElementsAre(0, 255));
  EXPECT_THAT(views->at(1).pixels, ElementsAre(255, 0));
}

}  // namespace
}  // namespace burntin
