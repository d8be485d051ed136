// Header values that make no sense neither crash nor hide what pixels show.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <string>

#include "detector/views/views.h"
#include "tests/detector/views/text_scene.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kGreatest = std::numeric_limits<double>::max();
constexpr double kLeast = std::numeric_limits<double>::denorm_min();

PixelMeaning TwelveBits() { return {.bits_stored = 12, .high_bit = 11}; }

TEST(HostileMeaningTest, NoRescalingHidesText) {
  for (const double slope : {0.0, -0.0, -1.0, kInfinity, -kInfinity,
                             std::nan(""), kGreatest, kLeast, 1e-300, -1e300}) {
    for (const double intercept :
         {0.0, kInfinity, std::nan(""), kGreatest, -kGreatest, kLeast}) {
      PixelMeaning meaning = TwelveBits();
      meaning.rescale_slope = slope;
      meaning.rescale_intercept = intercept;
      meaning.windows = {{.center = 40, .width = 400}};
      const auto views = MakeViews(Scene<uint16_t>(0, 4000, 0, 4095), meaning);
      ASSERT_THAT(views, IsOk());
      EXPECT_GE(BestContrast(*views), 200) << slope << " " << intercept;
    }
  }
}

TEST(HostileMeaningTest, NoWindowHidesText) {
  for (const auto function :
       {Window::Function::kLinear, Window::Function::kLinearExact,
        Window::Function::kSigmoid}) {
    for (const double center :
         {0.0, kInfinity, std::nan(""), kGreatest, -kGreatest}) {
      for (const double width : {0.0, 1.0, -5.0, kLeast, kGreatest, kInfinity,
                                 -kInfinity, std::nan("")}) {
        PixelMeaning meaning = TwelveBits();
        meaning.windows = {
            {.center = center, .width = width, .function = function}};
        const auto views =
            MakeViews(Scene<uint16_t>(0, 4000, 0, 4095), meaning);
        ASSERT_THAT(views, IsOk());
        EXPECT_GE(BestContrast(*views), 200);
      }
    }
  }
}

TEST(HostileMeaningTest, TablesThatStartAnywhereAreReadAtTheirEnds) {
  for (const int first : {std::numeric_limits<int>::min(), -1, 65535,
                          std::numeric_limits<int>::max()}) {
    PixelMeaning meaning = TwelveBits();
    const LookUpTable table{.first_mapped = first, .entries = {1, 2, 3}};
    meaning.modality = table;
    meaning.voi = {table};
    const auto views = MakeViews(Scene<uint16_t>(0, 4000, 0, 4095), meaning);
    ASSERT_THAT(views, IsOk());
    EXPECT_GE(BestContrast(*views), 200);
  }
}

TEST(HostileMeaningTest, EmptyTablesAreNoTables) {
  PixelMeaning meaning = TwelveBits();
  meaning.modality = LookUpTable{};
  meaning.voi = {LookUpTable{}};
  meaning.palette = Palette{};
  meaning.palette_is_supplemental = true;
  EXPECT_THAT(MakeViews(Scene<uint16_t>(0, 4000, 0, 4095), meaning), IsOk());
}

TEST(HostileMeaningTest, HugeFloatsBesideTinyOnesAreShown) {
  for (const auto& [ground, text] :
       {std::pair{-kGreatest, kGreatest}, std::pair{0.0, kLeast},
        std::pair{kLeast, kGreatest}}) {
    const auto views =
        MakeViews(Scene<double>(ground, text, ground, text), TwelveBits());
    ASSERT_THAT(views, IsOk());
    EXPECT_GE(BestContrast(*views), 100);
  }
}

struct LayoutCase {
  std::string name;
  PixelCells cells;
  PixelMeaning meaning;
};

PixelCells Cells(int rows, int columns, int channels, size_t size) {
  return {.rows = rows,
          .columns = columns,
          .channels = channels,
          .values = std::vector<uint8_t>(size)};
}

PixelMeaning Of(Photometric photometric) {
  return {.photometric = photometric};
}

PixelMeaning Bits(int bits_stored, int high_bit) {
  return {.bits_stored = bits_stored, .high_bit = high_bit};
}

class LayoutTest : public testing::TestWithParam<LayoutCase> {};

TEST_P(LayoutTest, IsNotSupported) {
  EXPECT_THAT(MakeViews(GetParam().cells, GetParam().meaning),
              FailsWith(Reason::kUnsupportedPixelLayout));
}

INSTANTIATE_TEST_SUITE_P(
    All, LayoutTest,
    testing::Values(
        LayoutCase{"NoPixels", Cells(0, 0, 1, 0), {}},
        LayoutCase{"NegativeRows", Cells(-2, -2, 1, 4), {}},
        LayoutCase{"NoChannels", Cells(2, 2, 0, 0), {}},
        LayoutCase{"TooFewCells", Cells(2, 2, 1, 3), {}},
        LayoutCase{"TooManyCells", Cells(2, 2, 1, 5), {}},
        LayoutCase{"GreyOfThreeChannels", Cells(2, 2, 3, 12), {}},
        LayoutCase{"RgbOfOneChannel", Cells(2, 2, 1, 4), Of(Photometric::kRgb)},
        LayoutCase{"CmykOfThreeChannels", Cells(2, 2, 3, 12),
                   Of(Photometric::kCmyk)},
        LayoutCase{"YbrOfFourChannels", Cells(2, 2, 4, 16),
                   Of(Photometric::kYbrFull)},
        LayoutCase{"NoBitsStored", Cells(2, 2, 1, 4), Bits(0, 7)},
        LayoutCase{"NegativeBitsStored", Cells(2, 2, 1, 4), Bits(-1, 7)},
        LayoutCase{"MoreBitsStoredThanAWordHas", Cells(2, 2, 1, 4), Bits(9, 8)},
        LayoutCase{"HighBitBeyondTheWord", Cells(2, 2, 1, 4), Bits(8, 8)},
        LayoutCase{"NegativeHighBit", Cells(2, 2, 1, 4), Bits(8, -1)}),
    [](const auto& tested) { return tested.param.name; });

TEST(HostileMeaningTest, AHighBitBelowTheBitsStoredIsTakenAsTheirLast) {
  EXPECT_THAT(MakeViews(Cells(2, 2, 1, 4), Bits(8, 3)), IsOk());
}

TEST(HostileMeaningTest, PicturesOfAnySizeAreSeen) {
  for (const auto& [rows, columns] :
       {std::pair{1, 1}, std::pair{1, 100}, std::pair{100, 1}, std::pair{2, 17},
        std::pair{15, 33}, std::pair{16, 16}, std::pair{17, 31}}) {
    for (const int channels : {1, 3, 4, 7}) {
      const size_t size = static_cast<size_t>(rows * columns * channels);
      std::vector<uint8_t> values(size);
      for (size_t i = 0; i < size; ++i)
        values[i] = static_cast<uint8_t>(i * 37 % 5);
      const auto photometric = channels == 1   ? Photometric::kMonochrome1
                               : channels == 3 ? Photometric::kYbrPartial
                               : channels == 4 ? Photometric::kCmyk
                                               : Photometric::kOther;
      EXPECT_THAT(MakeViews({.rows = rows,
                             .columns = columns,
                             .channels = channels,
                             .values = values},
                            Of(photometric)),
                  IsOk());
    }
  }
}

TEST(HostileMeaningTest, UnusedBitsOfAWideWordAreShownSixteenAtATime) {
  PixelCells cells = Scene<uint64_t>(0, 0, 0, 255);
  auto& values = std::get<std::vector<uint64_t>>(cells.values);
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] |= (i * 0x9E3779B97F4A7C15) & ~255ULL;
  }
  PixelMeaning meaning;
  const auto views = MakeViews(cells, meaning);
  ASSERT_THAT(views, IsOk());
  EXPECT_EQ(views->size(), 1U + 4U);
}

TEST(HostileMeaningTest, BitsThatAreAnOverlayAreShownElsewhere) {
  PixelCells cells = Scene<uint16_t>(100, 100, 0, 255);
  auto& values = std::get<std::vector<uint16_t>>(cells.values);
  for (size_t i = 0; i < values.size(); ++i) {
    if (IsText(i)) values[i] |= 1 << 12;
  }
  PixelMeaning meaning;
  meaning.bits_elsewhere = 1 << 12;
  EXPECT_EQ(MakeViews(cells, meaning)->size(), 1U);
  meaning.bits_elsewhere = 0;
  EXPECT_GE(BestContrast(*MakeViews(cells, meaning)), 200);
}

}  // namespace
}  // namespace burntin
