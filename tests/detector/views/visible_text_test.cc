// Text of any value that differs from its surroundings is visible, whatever
// the layout of the pixels.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <ostream>
#include <string>

#include "detector/views/views.h"
#include "tests/detector/views/text_scene.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

// What the text stage needs.
constexpr double kVisible = 20;

struct VisibleCase {
  std::string name;
  PixelCells cells;
  PixelMeaning meaning;
};

PixelMeaning Grey(int bits_stored, bool is_signed = false) {
  return {.bits_stored = bits_stored,
          .high_bit = bits_stored - 1,
          .is_signed = is_signed};
}

PixelMeaning Windowed(double center, double width) {
  PixelMeaning meaning = Grey(12);
  meaning.windows = {{.center = center, .width = width}};
  return meaning;
}

PixelMeaning Colour(Photometric photometric, int bits_stored = 8) {
  PixelMeaning meaning = Grey(bits_stored);
  meaning.photometric = photometric;
  return meaning;
}

PixelMeaning HighBits() {
  PixelMeaning meaning = Grey(12);
  meaning.high_bit = 15;
  return meaning;
}

PixelCells WithOutlier(PixelCells cells) {
  std::get<std::vector<uint16_t>>(cells.values)[0] = 65535;
  return cells;
}

template <typename T>
PixelCells WithoutNumbers(PixelCells cells) {
  auto& values = std::get<std::vector<T>>(cells.values);
  values[0] = std::numeric_limits<T>::quiet_NaN();
  values[1] = std::numeric_limits<T>::infinity();
  values[2] = -std::numeric_limits<T>::infinity();
  return cells;
}

// Text that stands in bit 13 only.
PixelCells InHighBit() {
  PixelCells cells = Scene<uint16_t>(100, 100, 0, 4095);
  auto& values = std::get<std::vector<uint16_t>>(cells.values);
  for (size_t i = 0; i < values.size(); ++i) {
    if (IsText(i)) values[i] |= 1 << 13;
  }
  return cells;
}

std::vector<VisibleCase> GreyCases() {
  PixelMeaning inverted = Grey(8);
  inverted.photometric = Photometric::kMonochrome1;
  return {
      {"InsideTheWindow", Scene<uint16_t>(1000, 1040, 0, 4095),
       Windowed(1020, 200)},
      {"AboveTheWindow", Scene<uint16_t>(3000, 4095, 0, 4095),
       Windowed(500, 1000)},
      {"BelowTheWindow", Scene<uint16_t>(800, 0, 0, 4095),
       Windowed(3000, 1000)},
      {"BlackOnWhite", Scene<uint8_t>(255, 0, 0, 255), Grey(8)},
      {"Monochrome1", Scene<uint8_t>(255, 0, 0, 255), inverted},
      {"SignedValues", Scene<int16_t>(-500, -900, -1000, 1000),
       Grey(16, /*is_signed=*/true)},
      {"OneBit", Scene<uint8_t>(0, 1, 0, 1), Grey(1)},
      {"TwelveBitsAtTheTop", Scene<uint16_t>(0, 16000, 0, 65520), HighBits()},
      {"ThirtyTwoBits", Scene<uint32_t>(1U << 31, 3U << 30, 0, ~0U), Grey(32)},
      {"ThirtyTwoBitsOfLowContrast",
       Scene<uint32_t>(1U << 31, (1U << 31) + 50, 0, ~0U), Grey(32)},
      {"SixtyFourBits", Scene<uint64_t>(1, uint64_t{1} << 63, 0, ~uint64_t{0}),
       Grey(64)},
      {"SixtyFourSignedBits", Scene<int64_t>(-4000, 0, -5000, 5000),
       Grey(64, /*is_signed=*/true)},
      {"Floats", Scene<float>(0.25F, 0.5F, -1, 1), Grey(32)},
      {"Doubles", Scene<double>(-1e300, 1e300, -1.7e308, 1.7e308), Grey(64)},
      {"FloatsAmongNoNumbers",
       WithoutNumbers<float>(Scene<float>(0.25F, 0.5F, -1, 1)), Grey(32)},
      {"DoublesAmongNoNumbers",
       WithoutNumbers<double>(Scene<double>(5, 6, 0, 9)), Grey(64)},
      {"UnderADeadPixel", WithOutlier(Scene<uint16_t>(100, 110, 90, 120)),
       Grey(16)},
      {"OneUnusedBit", InHighBit(), Grey(12)},
  };
}

// Contrast below what a view of the whole range shows.
std::vector<VisibleCase> HiddenCases() {
  PixelMeaning wide = Grey(16);
  wide.windows = {{.center = 32768, .width = 65536}};
  return {
      {"DarkOnDark", Scene<uint8_t>(0, 2, 0, 255), Grey(8)},
      {"DarkestOnDark", Scene<uint8_t>(0, 1, 0, 255), Grey(8)},
      {"BrightOnBright", Scene<uint8_t>(255, 253, 0, 255), Grey(8)},
      {"GreyOnGrey", Scene<uint8_t>(120, 117, 0, 255), Grey(8)},
      {"SixteenBits", Scene<uint16_t>(30000, 30010, 0, 65535), wide},
      {"FloatsOfLowContrast", Scene<float>(0.5F, 0.501F, 0, 1), Grey(32)},
      {"DarkColourOnBlack", Scene<uint8_t>({0, 0, 0}, {0, 0, 2}, 0, 255),
       Colour(Photometric::kRgb)},
  };
}

std::vector<VisibleCase> ColourCases() {
  const auto rgb = Colour(Photometric::kRgb);
  PixelMeaning wide = Colour(Photometric::kRgb, 16);
  PixelMeaning twelve = Colour(Photometric::kRgb, 12);
  return {
      {"White", Scene<uint8_t>({0, 0, 0}, {255, 255, 255}, 0, 255), rgb},
      {"OneChannel", Scene<uint8_t>({0, 0, 0}, {0, 0, 255}, 0, 255), rgb},
      {"EqualBrightness", Scene<uint8_t>({0, 130, 0}, {255, 0, 0}, 0, 255),
       rgb},
      {"SixteenBitsOfSmallRange",
       Scene<uint16_t>({5, 5, 5}, {90, 90, 90}, 0, 255), wide},
      {"TwelveBits", Scene<uint16_t>({0, 0, 0}, {999, 999, 999}, 0, 4095),
       twelve},
      {"ThirtyTwoBitColour",
       Scene<uint32_t>({0, 0, 0}, {1U << 31, 1U << 31, 0}, 0, ~0U),
       Colour(Photometric::kRgb, 32)},
      {"YbrFullLuma", Scene<uint8_t>({20, 128, 128}, {220, 128, 128}, 0, 255),
       Colour(Photometric::kYbrFull)},
      {"YbrFullChroma", Scene<uint8_t>({90, 128, 128}, {90, 60, 190}, 0, 255),
       Colour(Photometric::kYbrFull)},
      {"YbrPartial", Scene<uint8_t>({16, 128, 128}, {235, 128, 128}, 0, 255),
       Colour(Photometric::kYbrPartial)},
      {"YbrBelowPartialRange",
       Scene<uint8_t>({16, 128, 128}, {0, 128, 128}, 0, 255),
       Colour(Photometric::kYbrPartial)},
      {"HueOfBlack", Scene<uint8_t>({0, 0, 0}, {200, 0, 0}, 0, 255),
       Colour(Photometric::kHsv)},
      {"Saturation", Scene<uint8_t>({0, 0, 200}, {0, 255, 200}, 0, 255),
       Colour(Photometric::kHsv)},
      {"Alpha", Scene<uint8_t>({255, 9, 9, 9}, {0, 9, 9, 9}, 0, 255),
       Colour(Photometric::kArgb)},
      {"ArgbColour", Scene<uint8_t>({255, 9, 9, 9}, {255, 9, 199, 9}, 0, 255),
       Colour(Photometric::kArgb)},
      {"Ink", Scene<uint8_t>({0, 0, 0, 0}, {0, 0, 0, 200}, 0, 255),
       Colour(Photometric::kCmyk)},
      {"InkUnderBlack",
       Scene<uint8_t>({0, 0, 0, 255}, {200, 0, 0, 255}, 0, 255),
       Colour(Photometric::kCmyk)},
      {"SecondOfTwoUnknownChannels", Scene<uint8_t>({7, 100}, {7, 140}, 0, 255),
       Colour(Photometric::kOther)},
  };
}

void PrintTo(const VisibleCase& tested, std::ostream* os) {
  *os << tested.name;
}

class VisibleTextTest : public testing::TestWithParam<VisibleCase> {};

TEST_P(VisibleTextTest, IsVisible) {
  const auto views = MakeViews(GetParam().cells, GetParam().meaning);
  ASSERT_THAT(views, IsOk());
  ASSERT_FALSE(views->empty());
  for (const Image& view : *views) {
    EXPECT_EQ(view.rows, kSceneRows);
    EXPECT_EQ(view.columns, kSceneColumns);
    EXPECT_EQ(view.pixels.size(), static_cast<size_t>(kSceneRows) *
                                      kSceneColumns *
                                      static_cast<size_t>(view.channels));
  }
  EXPECT_GE(BestContrast(*views), kVisible);
}

std::string NameOfCase(const testing::TestParamInfo<VisibleCase>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Grey, VisibleTextTest, testing::ValuesIn(GreyCases()),
                         NameOfCase);
INSTANTIATE_TEST_SUITE_P(Hidden, VisibleTextTest,
                         testing::ValuesIn(HiddenCases()), NameOfCase);
INSTANTIATE_TEST_SUITE_P(Colour, VisibleTextTest,
                         testing::ValuesIn(ColourCases()), NameOfCase);

}  // namespace
}  // namespace burntin
