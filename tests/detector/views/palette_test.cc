#include "detector/views/palette.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "detector/views/views.h"
#include "tests/detector/views/text_scene.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Words = std::vector<uint16_t>;

struct SegmentsCase {
  std::string name;
  Words segments;
  Words entries;
};

class ExpandSegmentsTest : public testing::TestWithParam<SegmentsCase> {};

TEST_P(ExpandSegmentsTest, GivesTheEntries) {
  const auto entries = ExpandSegments(GetParam().segments);
  ASSERT_THAT(entries, IsOk());
  EXPECT_EQ(*entries, GetParam().entries);
}

std::string NameOfCase(const testing::TestParamInfo<SegmentsCase>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(
    All, ExpandSegmentsTest,
    testing::Values(
        SegmentsCase{"NoSegmentsMakeNone", {}, {}},
        SegmentsCase{"DiscreteOnesAreCopied", {0, 3, 7, 9, 8}, {7, 9, 8}},
        SegmentsCase{"LinearOnesEndAtTheirValue",
                     {0, 1, 10, 1, 4, 30},
                     {10, 15, 20, 25, 30}},
        SegmentsCase{
            "LinearOnesMayFall", {0, 1, 300, 1, 3, 0}, {300, 200, 100, 0}},
        SegmentsCase{"IndirectOnesAreExpandedAgain",
                     {0, 2, 5, 6, 1, 2, 10, 2, 2, 0, 0},
                     {5, 6, 8, 10, 5, 6, 8, 10}},
        SegmentsCase{"IndirectRampsStartAtTheEntryBefore",
                     {0, 1, 4, 1, 1, 8, 2, 1, 6, 0},
                     {4, 8, 8}},
        SegmentsCase{"EmptySegmentsAddNothing", {0, 0, 0, 1, 3}, {3}}),
    NameOfCase);

class BadSegmentsTest : public testing::TestWithParam<SegmentsCase> {};

TEST_P(BadSegmentsTest, AreMalformed) {
  EXPECT_THAT(ExpandSegments(GetParam().segments),
              FailsWith(Reason::kFileMalformed));
}

Words Repeated(Words words, int times) {
  Words all;
  for (int i = 0; i < times; ++i) {
    all.insert(all.end(), words.begin(), words.end());
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(
    All, BadSegmentsTest,
    testing::Values(
        SegmentsCase{"CutAfterTheOpcode", {0}, {}},
        SegmentsCase{"CutWithinDiscreteEntries", {0, 3, 7, 9}, {}},
        SegmentsCase{"CutBeforeALinearEnd", {0, 1, 7, 1, 4}, {}},
        SegmentsCase{"CutWithinAnOffset", {0, 1, 7, 2, 1, 0}, {}},
        SegmentsCase{"UnknownOpcode", {3, 1, 7}, {}},
        SegmentsCase{"LinearWithoutAnEntryBefore", {1, 4, 30}, {}},
        SegmentsCase{"IndirectToItself", {2, 1, 0, 0}, {}},
        SegmentsCase{
            "IndirectToIndirect", {0, 1, 7, 2, 1, 0, 0, 2, 1, 6, 0}, {}},
        SegmentsCase{
            "IndirectBeyondTheEnd", {0, 1, 7, 2, 1, 0xFFFF, 0xFFFF}, {}},
        SegmentsCase{"IndirectToAnOddByte", {0, 1, 7, 2, 1, 1, 0}, {}},
        SegmentsCase{
            "TooManyEntries", Repeated({0, 1, 1, 1, 0xFFFF, 9}, 2), {}},
        SegmentsCase{"EmptyOnesCopiedWithoutEnd",
                     Repeated({0, 0, 2, 0xFFFF, 0, 0}, 3),
                     {}}),
    NameOfCase);

TEST(MakeLookUpTableTest, TakesAnEntryFromEachWord) {
  const auto table = MakeLookUpTable(Words{3, 10, 12}, false, Words{1, 2, 3});
  ASSERT_THAT(table, IsOk());
  EXPECT_EQ(table->first_mapped, 10);
  EXPECT_EQ(table->bits, 12);
  EXPECT_THAT(table->entries, ElementsAre(1, 2, 3));
}

TEST(MakeLookUpTableTest, TakesTwoBytesFromAWordOfAShortTable) {
  const auto table =
      MakeLookUpTable(Words{3, 0, 8}, false, Words{0x0201, 0x0003});
  ASSERT_THAT(table, IsOk());
  EXPECT_THAT(table->entries, ElementsAre(1, 2, 3));
}

TEST(MakeLookUpTableTest, ReadsTheFirstMappedValueAsItsSignSays) {
  EXPECT_EQ(MakeLookUpTable(Words{1, 0xFFFF, 16}, true, Words{5})->first_mapped,
            -1);
  EXPECT_EQ(
      MakeLookUpTable(Words{1, 0xFFFF, 16}, false, Words{5})->first_mapped,
      65535);
}

TEST(MakeLookUpTableTest, ZeroEntriesStandFor65536) {
  EXPECT_EQ(
      MakeLookUpTable(Words{0, 0, 16}, false, Words(65536))->entries.size(),
      65536U);
}

TEST(MakeLookUpTableTest, WhatDoesNotFitIsMalformed) {
  for (const Words& descriptor :
       {Words{}, Words{3, 0}, Words{4, 0, 16}, Words{0, 0, 16}, Words{3, 0, 0},
        Words{3, 0, 17}, Words{7, 0, 8}}) {
    EXPECT_THAT(MakeLookUpTable(descriptor, false, Words{1, 2, 3}),
                FailsWith(Reason::kFileMalformed));
  }
}

// A palette of one grey for each index, but for `text`.
Palette GreyPalette(int bits) {
  Palette palette{.bits = bits};
  const int step = bits == 16 ? 257 : 1;
  for (int i = 0; i < 256; ++i) {
    palette.red.push_back(static_cast<uint16_t>(i * step));
  }
  palette.green = palette.blue = palette.red;
  return palette;
}

PixelMeaning Coloured(Palette palette) {
  PixelMeaning meaning{.photometric = Photometric::kPaletteColor};
  meaning.palette = std::move(palette);
  return meaning;
}

TEST(PaletteViewsTest, AGreyPaletteOf8Or16BitsGivesItsPictureOnly) {
  const PixelCells cells = Scene<uint8_t>(0, 200, 0, 255);
  for (const int bits : {8, 16}) {
    const auto views = MakeViews(cells, Coloured(GreyPalette(bits)));
    ASSERT_THAT(views, IsOk());
    ASSERT_EQ(views->size(), 1U);
    EXPECT_EQ(views->front().channels, 3);
    EXPECT_NEAR(ContrastOf(views->front()), 200, 2);
  }
}

TEST(PaletteViewsTest, TextOfLikeColoursIsShownByItsIndices) {
  Palette palette = GreyPalette(8);
  for (auto* table : {&palette.red, &palette.green, &palette.blue}) {
    std::fill(table->begin() + 100, table->end(), uint16_t{100});
  }
  const auto views =
      MakeViews(Scene<uint8_t>(110, 180, 0, 255), Coloured(palette));
  ASSERT_THAT(views, IsOk());
  EXPECT_LT(ContrastOf(views->front()), 1);
  EXPECT_GE(BestContrast(*views), 20);
}

TEST(PaletteViewsTest, NeighbouringIndicesOfUnlikeColoursAreShown) {
  Palette palette = GreyPalette(8);
  palette.red[101] = 255;
  const auto views =
      MakeViews(Scene<uint8_t>(100, 101, 0, 255), Coloured(palette));
  ASSERT_THAT(views, IsOk());
  EXPECT_GE(BestContrast(*views), 20);
}

TEST(PaletteViewsTest, SixteenBitTablesThatHoldBytesAreStillSeen) {
  Palette palette = GreyPalette(8);
  palette.bits = 16;
  const auto views =
      MakeViews(Scene<uint8_t>(0, 200, 0, 255), Coloured(palette));
  ASSERT_THAT(views, IsOk());
  EXPECT_NEAR(ContrastOf(views->front()), 200, 2);
}

TEST(PaletteViewsTest, IndicesOutsideOfTheTableTakeItsEnds) {
  Palette palette = GreyPalette(8);
  for (const int first : {-70000, -32768, 0, 65535, 1 << 30}) {
    palette.first_mapped = first;
    EXPECT_THAT(MakeViews(Scene<uint8_t>(0, 200, 0, 255), Coloured(palette)),
                IsOk());
  }
}

TEST(PaletteViewsTest, TablesOfUnequalLengthsAreReadAsFarAsTheyGo) {
  Palette palette = GreyPalette(8);
  palette.green.resize(10);
  EXPECT_THAT(MakeViews(Scene<uint8_t>(0, 200, 0, 255), Coloured(palette)),
              IsOk());
}

TEST(PaletteViewsTest, ASupplementalPaletteColoursItsValues) {
  // Grey up to 255; beyond, two neighbouring values in red and in white.
  Palette palette{.first_mapped = 256, .bits = 8};
  palette.red = {255, 255};
  palette.green = {0, 255};
  palette.blue = {0, 255};
  PixelMeaning meaning{.bits_stored = 16, .high_bit = 15};
  meaning.palette = palette;
  meaning.palette_is_supplemental = true;
  const auto views = MakeViews(Scene<uint16_t>(256, 257, 0, 255), meaning);
  ASSERT_THAT(views, IsOk());
  const Image& coloured = views->back();
  ASSERT_EQ(coloured.channels, 3);
  EXPECT_GE(ContrastOf(coloured), 150);
  // Grey values run from black to white.
  EXPECT_EQ(coloured.pixels[0], 0);
  EXPECT_EQ(coloured.pixels[size_t{3} * kSceneColumns - 1], 255);
}

TEST(PaletteViewsTest, ASupplementalPaletteThatNothingUsesAddsNoView) {
  PixelMeaning meaning;
  meaning.palette = GreyPalette(8);
  meaning.palette->first_mapped = 256;
  meaning.palette_is_supplemental = true;
  const auto views = MakeViews(Scene<uint8_t>(0, 200, 0, 255), meaning);
  ASSERT_THAT(views, IsOk());
  EXPECT_EQ(views->size(), 1U);
}

TEST(PaletteViewsTest, APaletteWithoutEntriesDoesNotFit) {
  Palette palette = GreyPalette(8);
  palette.blue.clear();
  EXPECT_THAT(MakeViews(Scene<uint8_t>(0, 200, 0, 255), Coloured(palette)),
              FailsWith(Reason::kUnsupportedPixelLayout));
  PixelMeaning none{.photometric = Photometric::kPaletteColor};
  EXPECT_THAT(MakeViews(Scene<uint8_t>(0, 200, 0, 255), none),
              FailsWith(Reason::kUnsupportedPixelLayout));
}

}  // namespace
}  // namespace burntin
