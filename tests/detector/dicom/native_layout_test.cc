// Every layout of native pixels comes out as the values that were stored.
#include <gmock/gmock.h>

#include <cstring>
#include <string>
#include <vector>

#include "detector/dicom/stored_pixels.h"
#include "tests/detector/dicom/opened.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/raw_dicom.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"
#include "tests/testutil/view_contrast.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kRows = 3;
constexpr int kColumns = 6;
constexpr uint32_t kPixelData = 0x7FE00010;

// Integers of `bits` one after another without gaps, least significant bit
// first (PS3.5 clause 8.1.1).
std::string Packed(const std::vector<uint64_t>& values, int bits) {
  std::string bytes((values.size() * static_cast<size_t>(bits) + 7) / 8, '\0');
  size_t at = 0;
  for (const uint64_t value : values) {
    for (int bit = 0; bit < bits; ++bit, ++at) {
      const auto set = static_cast<unsigned>(value >> bit & 1);
      bytes[at / 8] = static_cast<char>(bytes[at / 8] | set << (at % 8));
    }
  }
  return bytes;
}

// Values that use all bits, other ones in each frame.
std::vector<uint64_t> Values(int bits, int frames) {
  std::vector<uint64_t> values;
  for (int i = 0; i < frames * kRows * kColumns; ++i) {
    const uint64_t mixed =
        (static_cast<uint64_t>(i) + 1) * 0x9E3779B97F4A7C15ULL;
    values.push_back(mixed >> (64 - bits));
  }
  return values;
}

RawDataset Layout(int bits, int frames) {
  RawDataset image = RawImage(kRows, kColumns);
  image.Number(0x00280100, bits)
      .Number(0x00280101, bits)
      .Number(0x00280102, bits - 1)
      .Text(0x00280008, "IS", std::to_string(frames));
  return image;
}

// All stored values of all frames, however wide, as whole numbers.
std::vector<uint64_t> Decoded(const std::string& file) {
  const TempDir folder;
  std::vector<uint64_t> all;
  const absl::Status status =
      ReadStoredFrames(folder.Write("object", file), kWideLimits,
                       [&](int, const absl::StatusOr<StoredFrame>& stored) {
                         ASSERT_THAT(stored, IsOk());
                         std::visit(
                             [&](const auto& values) {
                               for (const auto value : values) {
                                 all.push_back(static_cast<uint64_t>(value));
                               }
                             },
                             stored->cells.values);
                       });
  EXPECT_THAT(status, IsOk());
  return all;
}

class BitsAllocatedTest : public testing::TestWithParam<int> {};

TEST_P(BitsAllocatedTest, EachFrameGivesItsValues) {
  constexpr int kFrames = 3;
  const std::vector<uint64_t> values = Values(GetParam(), kFrames);
  RawDataset image = Layout(GetParam(), kFrames);
  image.Bytes(kPixelData, "OW", Packed(values, GetParam()));
  EXPECT_EQ(Decoded(RawFile(image)), values);
  EXPECT_THAT(Failures(Opened(RawFile(image))), IsEmpty());
}

TEST_P(BitsAllocatedTest, AMissingWordIsReported) {
  RawDataset image = Layout(GetParam(), 3);
  const std::string bytes = Packed(Values(GetParam(), 3), GetParam());
  image.Bytes(kPixelData, "OW", bytes.substr(0, bytes.size() - 2));
  EXPECT_THAT(Failures(Opened(RawFile(image))),
              ElementsAre(Reason::kPixelDataTruncated));
}

INSTANTIATE_TEST_SUITE_P(All, BitsAllocatedTest,
                         testing::Values(1, 2, 4, 8, 10, 12, 16, 20, 24, 32, 40,
                                         48, 64),
                         [](const auto& tested) {
                           return "Bits" + std::to_string(tested.param);
                         });

TEST(BitsAllocatedTest, NoneAndTooManyAreReported) {
  for (const int bits : {0, 65, 128}) {
    RawDataset image = Layout(8, 1);
    image.Number(0x00280100, bits)
        .Bytes(kPixelData, "OW", std::string(1024, '\0'));
    EXPECT_THAT(Failures(Opened(RawFile(image))),
                ElementsAre(Reason::kUnsupportedPixelLayout));
  }
}

TEST(BitsStoredTest, OutsideOfTheAllocatedOnesAreReported) {
  for (const auto& [stored, high] : {std::pair(17, 16), std::pair(12, 10),
                                     std::pair(12, 16), std::pair(0, 0)}) {
    RawDataset image = Layout(16, 1);
    image.Number(0x00280101, stored)
        .Number(0x00280102, high)
        .Bytes(kPixelData, "OW", std::string(36, '\1'));
    EXPECT_THAT(Failures(Opened(RawFile(image))),
                ElementsAre(Reason::kUnsupportedPixelLayout))
        << stored << " bits up to " << high;
  }
}

TEST(BitsStoredTest, MayEndAtAnyHighBit) {
  // Text in 12 bits above 4 of noise: high bit 15.
  RawDataset image = Layout(16, 1);
  image.Number(0x00280101, 12).Number(0x00280102, 15);
  std::vector<uint16_t> words(kRows * kColumns, 0x0010);
  words[7] = 0xFFF0;
  image.Bytes(kPixelData, "OW", RawValues(words));
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const PlaneViews views = opened->Decode(opened->planes()[0])->views;
  EXPECT_EQ(views[0].pixels[7], 255);
  EXPECT_EQ(views[0].pixels[8], 0);
}

template <typename T>
std::string FloatFile(uint32_t tag, std::string_view vr, int bits,
                      const std::vector<T>& values) {
  RawDataset image = Layout(bits, 1);
  image.Remove(0x00280101).Remove(0x00280102).Remove(0x00280103);
  image.Bytes(tag, vr, RawValues(values));
  return RawFile(image);
}

TEST(FloatPixelDataTest, IsAFrameOfItsOwnRange) {
  std::vector<float> values(kRows * kColumns, -1e-3F);
  values[4] = 1e-3F;
  const Opened opened(FloatFile(0x7FE00008, "OF", 32, values));
  ASSERT_THAT(Failures(opened), IsEmpty());
  ASSERT_EQ(opened->frames_total(), 1);
  const Image view = opened->Decode(opened->planes()[0])->views.front();
  EXPECT_EQ(view.pixels[4], 255);
  EXPECT_EQ(view.pixels[5], 0);
}

TEST(FloatPixelDataTest, DoublesAreReadToo) {
  std::vector<double> values(kRows * kColumns, 1e300);
  values[4] = -1e300;
  const Opened opened(FloatFile(0x7FE00009, "OD", 64, values));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const Image view = opened->Decode(opened->planes()[0])->views.front();
  EXPECT_EQ(view.pixels[4], 0);
  EXPECT_EQ(view.pixels[5], 255);
}

TEST(FloatPixelDataTest, OfAnotherSizeIsReported) {
  EXPECT_THAT(Failures(Opened(FloatFile(0x7FE00008, "OF", 64,
                                        std::vector<float>(36, 0.F)))),
              ElementsAre(Reason::kUnsupportedPixelLayout));
}

// Three channels of 8 bits.
RawDataset Colour(const std::string& photometric, const std::string& pixels) {
  RawDataset image = RawImage(/*rows=*/1, /*columns=*/2);
  image.Number(0x00280002, 3)
      .Text(0x00280004, "CS", photometric)
      .Number(0x00280006, 0)
      .Bytes(kPixelData, "OB", pixels);
  return image;
}

TEST(ColourTest, SharedChromaBelongsToBothPixels) {
  // Y1 Y2 Cb Cr (PS3.3 C.7.6.3.1.2).
  EXPECT_THAT(Decoded(RawFile(Colour("YBR_FULL_422", "\x10\x20\x30\x40"))),
              ElementsAre(0x10, 0x30, 0x40, 0x20, 0x30, 0x40));
}

TEST(ColourTest, ChannelsPlaneByPlaneComeOutPixelByPixel) {
  RawDataset image = Colour("RGB", "\x01\x02\x03\x04\x05\x06");
  image.Number(0x00280006, 1);
  EXPECT_THAT(Decoded(RawFile(image)), ElementsAre(1, 3, 5, 2, 4, 6));
}

TEST(ColourTest, LumaAndChromaAreShownInColour) {
  // Full red in YBR_FULL (PS3.3 C.7.6.3.1.2) beside black.
  const std::string pixels("\x4C\x55\xFF\x00\x80\x80", 6);
  const Opened opened(RawFile(Colour("YBR_FULL", pixels)));
  const Image view = opened->Decode(opened->planes()[0])->views.front();
  ASSERT_EQ(view.channels, 3);
  EXPECT_GT(view.pixels[0], 245);
  EXPECT_LT(view.pixels[1], 10);
  EXPECT_LT(view.pixels[2], 10);
}

TEST(ColourTest, FourChannelsAreShown) {
  for (const std::string photometric : {"ARGB", "CMYK"}) {
    RawDataset image = Colour(photometric, "\x10\x20\x30\x40\x50\x60\x70\x60");
    image.Number(0x00280002, 4);
    EXPECT_THAT(Failures(Opened(RawFile(image))), IsEmpty()) << photometric;
  }
}

TEST(ColourTest, OddRowsThatShareChromaAreReported) {
  RawDataset image = Colour("YBR_FULL_422", std::string(6, '\x10'));
  image.Number(0x00280011, 3);
  EXPECT_THAT(Failures(Opened(RawFile(image))),
              ElementsAre(Reason::kUnsupportedPixelLayout));
}

// A palette of 16 entries in one value of red that text is written in.
RawDataset PaletteImage() {
  RawDataset image = RawImage(kRows, kColumns);
  std::string pixels(kRows * kColumns, '\0');
  pixels[4] = '\x0F';
  image.Text(0x00280004, "CS", "PALETTE COLOR").Bytes(kPixelData, "OW", pixels);
  for (const uint32_t descriptor : {0x00281101, 0x00281102, 0x00281103}) {
    image.Numbers(descriptor, {16, 0, 16});
  }
  return image;
}

TEST(PaletteTest, SegmentsAreExpanded) {
  RawDataset image = PaletteImage();
  // Red rises in a line from 0 to 65535; green and blue are 0 throughout.
  image.Bytes(0x00281221, "OW", RawValues<uint16_t>({0, 1, 0, 1, 15, 0xFFFF}));
  for (const uint32_t data : {0x00281222, 0x00281223}) {
    image.Bytes(data, "OW", RawValues<uint16_t>({0, 1, 0, 1, 15, 0}));
  }
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  const Image view = opened->Decode(opened->planes()[0])->views.front();
  ASSERT_EQ(view.channels, 3);
  EXPECT_EQ(view.pixels[3 * 4], 255);
  EXPECT_EQ(view.pixels[3 * 5], 0);
}

TEST(PaletteTest, ADamagedOneIsReported) {
  RawDataset image = PaletteImage();
  for (const uint32_t data : {0x00281221, 0x00281222, 0x00281223}) {
    image.Bytes(data, "OW", RawValues<uint16_t>({1, 15, 0xFFFF}));
  }
  EXPECT_THAT(Failures(Opened(RawFile(image))),
              ElementsAre(Reason::kFileMalformed));
}

TEST(BigEndianTest, WideValuesAreShownInBothOrdersOfTheirHalves) {
  const std::string file =
      RawFile(Layout(32, 1).Bytes(kPixelData, "OW", Packed(Values(32, 1), 32)));
  EXPECT_THAT(Failures(Opened(file)), IsEmpty());
}

TEST(EnhancedImageTest, EachFrameIsShownInItsOwnWindow) {
  // Text of 1010 on 1000 in one frame, of 20010 on 20000 in the other, each
  // in noise over the whole range, and a window for each frame.
  Image text = FlatPicture(64, 200, 0);
  DrawText("DOE 1970", 10, 20, {.letter_rows = 24}, &text);
  const Image noise = NoisePicture(16, 200, /*seed=*/1);
  RawDataset image = RawImage(text.rows, text.columns);
  image.Number(0x00280100, 16)
      .Number(0x00280101, 16)
      .Number(0x00280102, 15)
      .Text(0x00280008, "IS", "2");
  std::vector<uint16_t> words;
  std::vector<RawDataset> groups;
  for (const int base : {1000, 20000}) {
    for (size_t i = 0; i < text.pixels.size(); ++i) {
      const int value = i < noise.pixels.size()
                            ? noise.pixels[i] * 257
                            : base + (text.pixels[i] == 255 ? 10 : 0);
      words.push_back(static_cast<uint16_t>(value));
    }
    RawDataset window;
    window.Text(0x00281050, "DS", std::to_string(base + 5))
        .Text(0x00281051, "DS", "12");
    RawDataset group;
    group.Sequence(0x00289132, {window});
    groups.push_back(group);
  }
  image.Sequence(0x52009230, groups).Bytes(kPixelData, "OW", RawValues(words));
  const Opened opened(RawFile(image));
  ASSERT_THAT(Failures(opened), IsEmpty());
  for (size_t i = 0; i < noise.pixels.size(); ++i) text.pixels[i] = 128;
  for (const PlaneId& plane : opened->planes()) {
    EXPECT_GT(BestContrast(opened->Decode(plane)->views, text), 150)
        << "frame " << plane.frame;
  }
}

}  // namespace
}  // namespace burntin
