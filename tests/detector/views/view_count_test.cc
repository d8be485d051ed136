// A view costs a search for text, so pictures without hidden text have few.
#include <gmock/gmock.h>

#include <cmath>
#include <random>
#include <string>

#include "detector/views/views.h"
#include "tests/detector/views/text_scene.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

struct CountCase {
  std::string name;
  PixelCells cells;
  PixelMeaning meaning;
  size_t views = 1;
};

// Smooth shading with noise of `deviation`, as anatomy has.
template <typename T>
PixelCells Anatomy(double low, double high, double deviation,
                   int channels = 1) {
  PixelCells cells{.rows = 300, .columns = 400, .channels = channels};
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, deviation);
  std::vector<T> values;
  for (int y = 0; y < cells.rows; ++y) {
    for (int x = 0; x < cells.columns; ++x) {
      const double wave = 0.25 * (2 + std::sin(x / 40.0) + std::cos(y / 29.0));
      const double value = low + (high - low) * wave + noise(random);
      const auto cell = static_cast<T>(std::clamp(value, low, high));
      values.insert(values.end(), static_cast<size_t>(channels), cell);
    }
  }
  values[0] = static_cast<T>(low);
  values.back() = static_cast<T>(high);
  cells.values = std::move(values);
  return cells;
}

template <typename T>
PixelCells Flat(T value, int channels = 1) {
  PixelCells cells{.rows = 90, .columns = 70, .channels = channels};
  cells.values = std::vector<T>(static_cast<size_t>(6300 * channels), value);
  return cells;
}

// A circle, as a segmentation stores one.
PixelCells Disc() {
  PixelCells cells{.rows = 200, .columns = 200};
  std::vector<uint8_t> values;
  for (int y = 0; y < 200; ++y) {
    for (int x = 0; x < 200; ++x) {
      values.push_back((x - 99) * (x - 99) + (y - 99) * (y - 99) < 3600);
    }
  }
  cells.values = std::move(values);
  return cells;
}

PixelMeaning Grey(int bits_stored, std::vector<Window> windows = {}) {
  return {.bits_stored = bits_stored,
          .high_bit = bits_stored - 1,
          .windows = std::move(windows)};
}

PixelMeaning Rgb(int bits_stored) {
  PixelMeaning meaning = Grey(bits_stored);
  meaning.photometric = Photometric::kRgb;
  return meaning;
}

PixelMeaning WithTable(std::vector<uint16_t> entries) {
  PixelMeaning meaning = Grey(8);
  meaning.voi = {{.bits = 8, .entries = std::move(entries)}};
  return meaning;
}

PixelCells WithSignCopies() {
  PixelCells cells = Anatomy<uint16_t>(0, 4000, 20);
  for (uint16_t& value : std::get<std::vector<uint16_t>>(cells.values)) {
    value = static_cast<uint16_t>(value - 2000);
  }
  return cells;
}

PixelMeaning Signed(int bits_stored) {
  PixelMeaning meaning = Grey(bits_stored);
  meaning.is_signed = true;
  return meaning;
}

class ViewCountTest : public testing::TestWithParam<CountCase> {};

TEST_P(ViewCountTest, IsSmall) {
  const auto views = MakeViews(GetParam().cells, GetParam().meaning);
  ASSERT_THAT(views, IsOk());
  EXPECT_EQ(views->size(), GetParam().views);
}

INSTANTIATE_TEST_SUITE_P(
    All, ViewCountTest,
    testing::Values(
        CountCase{"EightBitsOfGrey", Anatomy<uint8_t>(0, 255, 3), Grey(8)},
        CountCase{"NoiseOfLessThanAGrey", Anatomy<uint8_t>(0, 255, 0.4),
                  Grey(8)},
        CountCase{"ShadingWithoutNoise", Anatomy<uint8_t>(0, 255, 0.001),
                  Grey(8)},
        CountCase{"ALowRange", Anatomy<uint8_t>(10, 30, 1), Grey(8)},
        CountCase{"TwelveBitsInAWideWindow", Anatomy<uint16_t>(0, 4095, 20),
                  Grey(12, {{.center = 2048, .width = 4096}})},
        CountCase{"TwelveBitsInANarrowWindow", Anatomy<uint16_t>(0, 4095, 20),
                  Grey(12, {{.center = 1040, .width = 400}}), 2},
        CountCase{"TheSameWindowTwice", Anatomy<uint16_t>(0, 4095, 20),
                  Grey(12, {{.center = 1040, .width = 400},
                            {.center = 1041, .width = 402}}),
                  2},
        CountCase{"WindowsThatShowNothing", Anatomy<uint16_t>(0, 4095, 20),
                  Grey(12, {{.center = 9000, .width = 10},
                            {.center = 9000, .width = 0},
                            {.center = NAN, .width = 10},
                            {.center = 5, .width = INFINITY}})},
        CountCase{"TextInTheWholeRange", Scene<uint8_t>(0, 255, 0, 255),
                  Grey(8)},
        CountCase{"NoisyColour", Anatomy<uint8_t>(0, 255, 3, 3), Rgb(8)},
        CountCase{"SixteenBitsOfColour", Anatomy<uint16_t>(0, 65535, 300, 3),
                  Rgb(16)},
        CountCase{"FloatNoise", Anatomy<float>(-1, 1, 0.01), Grey(32)},
        CountCase{"ThirtyTwoBitNoise", Anatomy<uint32_t>(0, 4e9, 1e7),
                  Grey(32)},
        CountCase{"CopiesOfTheSign", WithSignCopies(), Signed(12)},
        CountCase{"ASegmentation", Disc(), Grey(1)},
        CountCase{"OneGrey", Flat<uint8_t>(7), Grey(8)},
        CountCase{"OneValueOfSixteenBits", Flat<uint16_t>(0xFFFF), Grey(16)},
        CountCase{"OneFloat", Flat<float>(0), Grey(32)},
        CountCase{"NoNumberAtAll", Flat<double>(NAN), Grey(64)},
        CountCase{"OneColour", Flat<uint8_t>(7, 3), Rgb(8)},
        CountCase{"ATableOfOneValue", Anatomy<uint8_t>(0, 255, 3),
                  WithTable(std::vector<uint16_t>(256, 9))},
        CountCase{"ATableWithoutEntries", Anatomy<uint8_t>(0, 255, 3),
                  WithTable({})}),
    [](const auto& tested) { return tested.param.name; });

TEST(GreyViewsTest, NoMoreThanFourWindowsAreLookedThrough) {
  std::vector<Window> windows;
  for (int i = 0; i < 9; ++i) {
    windows.push_back({.center = 400.0 * i + 200, .width = 100});
  }
  const auto views =
      MakeViews(Anatomy<uint16_t>(0, 4095, 20), Grey(12, windows));
  ASSERT_THAT(views, IsOk());
  EXPECT_EQ(views->size(), 5U);
}

TEST(GreyViewsTest, TheFirstViewHasTheWholeRange) {
  const auto views = MakeViews(Scene<uint16_t>(3000, 4095, 0, 4095),
                               Grey(12, {{.center = 500, .width = 1000}}));
  ASSERT_THAT(views, IsOk());
  EXPECT_NEAR(ContrastOf(views->front()), 68, 1);
}

TEST(GreyViewsTest, AWindowIsAppliedToRescaledValues) {
  // Stored 1000 and 1010 stand for 0 and 10.
  PixelMeaning meaning = Grey(12, {{.center = 5.5, .width = 11}});
  meaning.rescale_intercept = -1000;
  const auto views = MakeViews(Scene<uint16_t>(1000, 1010, 0, 4095), meaning);
  ASSERT_THAT(views, IsOk());
  ASSERT_GE(views->size(), 2U);
  EXPECT_NEAR(ContrastOf(views->at(1)), 255, 1);
}

TEST(GreyViewsTest, TextThatAModalityTableHidesIsShown) {
  PixelMeaning meaning = Grey(8);
  meaning.modality = LookUpTable{.bits = 8};
  for (int i = 0; i < 256; ++i) {
    meaning.modality->entries.push_back(
        static_cast<uint16_t>(i < 100 || i > 200 ? i : 100));
  }
  const auto views = MakeViews(Scene<uint8_t>(110, 190, 0, 255), meaning);
  ASSERT_THAT(views, IsOk());
  EXPECT_LT(ContrastOf(views->front()), 1);
  EXPECT_GE(BestContrast(*views), 20);
}

TEST(GreyViewsTest, ADeadPixelLeavesTheRestTwoThirdsOfTheGreys) {
  PixelCells cells = Scene<uint16_t>(100, 200, 100, 200);
  std::get<std::vector<uint16_t>>(cells.values)[0] = 65535;
  const auto views = MakeViews(cells, Grey(16));
  ASSERT_THAT(views, IsOk());
  ASSERT_EQ(views->size(), 1U);
  EXPECT_NEAR(ContrastOf(views->front()), 170, 1);
}

}  // namespace
}  // namespace burntin
