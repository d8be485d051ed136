#include "detector/codec/jpeg2000.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "detector/base/error.h"
#include "tests/detector/codec/jpeg2000_stream.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/stream_maker.h"

namespace burntin {
namespace {

// The values as they were encoded.
std::vector<int32_t> ValuesOf(const DecodedFrame& frame) {
  std::vector<int32_t> values;
  std::visit(
      [&](const auto& cells) {
        for (const auto cell : cells) {
          using Cell = std::decay_t<decltype(cell)>;
          if constexpr (std::is_integral_v<Cell>) {
            values.push_back(
                frame.is_signed
                    ? static_cast<int32_t>(
                          static_cast<std::make_signed_t<Cell>>(cell))
                    : static_cast<int32_t>(cell));
          }
        }
      },
      frame.cells.values);
  return values;
}

struct LosslessCase {
  std::string name;
  int rows = 61;
  int columns = 83;
  int channels = 1;
  int precision = 8;
  bool is_signed = false;
  Jpeg2000Options options;
};

class LosslessJpeg2000Test : public testing::TestWithParam<LosslessCase> {};

TEST_P(LosslessJpeg2000Test, GivesWhatWasEncoded) {
  const LosslessCase& lossless = GetParam();
  const Samples samples =
      MakeSamples(lossless.rows, lossless.columns, lossless.channels,
                  lossless.precision, lossless.is_signed);
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeJpeg2000(samples, lossless.options));
  ASSERT_THAT(frame, IsOk());
  EXPECT_EQ(frame->cells.rows, samples.rows);
  EXPECT_EQ(frame->cells.columns, samples.columns);
  EXPECT_EQ(frame->cells.channels, samples.channels);
  EXPECT_EQ(frame->precision, samples.precision);
  EXPECT_EQ(frame->is_signed, samples.is_signed);
  EXPECT_EQ(frame->is_ycc, lossless.options.is_sycc);
  EXPECT_FALSE(frame->has_more);
  EXPECT_EQ(ValuesOf(*frame), samples.values);
}

INSTANTIATE_TEST_SUITE_P(
    , LosslessJpeg2000Test,
    testing::Values(
        LosslessCase{.name = "OneBit", .precision = 1},
        LosslessCase{.name = "TwoBits", .precision = 2},
        LosslessCase{.name = "EightBits"},
        LosslessCase{.name = "EightBitsSigned", .is_signed = true},
        LosslessCase{.name = "NineBits", .precision = 9},
        LosslessCase{.name = "TwelveBits", .precision = 12},
        LosslessCase{
            .name = "TwelveBitsSigned", .precision = 12, .is_signed = true},
        LosslessCase{.name = "SixteenBits", .precision = 16},
        LosslessCase{
            .name = "SixteenBitsSigned", .precision = 16, .is_signed = true},
        LosslessCase{.name = "TwentyBits", .precision = 20},
        LosslessCase{
            .name = "TwentyFourBitsSigned", .precision = 24, .is_signed = true},
        LosslessCase{.name = "Rgb", .channels = 3},
        LosslessCase{
            .name = "RgbOfSixteenBits", .channels = 3, .precision = 16},
        LosslessCase{.name = "GreyAndAlpha", .channels = 2},
        LosslessCase{.name = "FourChannels", .channels = 4},
        LosslessCase{.name = "OnePixel",
                     .rows = 1,
                     .columns = 1,
                     .options = {.levels = 0}},
        LosslessCase{.name = "OneRow", .rows = 1, .options = {.levels = 0}},
        LosslessCase{
            .name = "OneColumn", .columns = 1, .options = {.levels = 0}},
        LosslessCase{.name = "Tiles", .options = {.tile_size = 32}},
        LosslessCase{
            .name = "RgbTiles", .channels = 3, .options = {.tile_size = 32}},
        LosslessCase{.name = "AwayFromTheOrigin", .options = {.offset = 5}},
        LosslessCase{.name = "TilesAwayFromTheOrigin",
                     .options = {.tile_size = 32, .offset = 5}},
        LosslessCase{.name = "Jp2", .options = {.is_jp2 = true}},
        LosslessCase{
            .name = "Jp2Rgb", .channels = 3, .options = {.is_jp2 = true}},
        LosslessCase{.name = "Jp2OfLumaAndChroma",
                     .channels = 3,
                     .options = {.is_jp2 = true, .is_sycc = true}}),
    [](const auto& tested) { return tested.param.name; });

TEST(DecodeJpeg2000Test, BringsSubsampledChromaToFullSize) {
  const Samples samples = MakeSamples(31, 45, 3);
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeJpeg2000(samples, {.chroma_step = 2}));
  ASSERT_THAT(frame, IsOk());
  EXPECT_TRUE(frame->is_ycc);
  const std::vector<int32_t> values = ValuesOf(*frame);
  ASSERT_EQ(values.size(), samples.values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    const size_t pixel = i / 3;
    const size_t row = pixel / 45;
    const size_t column = pixel % 45;
    const size_t source =
        i % 3 == 0 ? pixel : row / 2 * 2 * 45 + column / 2 * 2;
    ASSERT_EQ(values[i], samples.values[source * 3 + i % 3]) << i;
  }
}

TEST(DecodeJpeg2000Test, ComesCloseToWhatWasEncodedWithLoss) {
  const Samples samples = MakeSamples(128, 128);
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeJpeg2000(samples, {.lossless = false}));
  ASSERT_THAT(frame, IsOk());
  int64_t difference = 0;
  const std::vector<int32_t> values = ValuesOf(*frame);
  for (size_t i = 0; i < values.size(); ++i) {
    difference += std::abs(values[i] - samples.values[i]);
  }
  EXPECT_LT(difference / static_cast<int64_t>(values.size()), 16);
}

// ojph_compress -i ramp.pgm -o ramp.j2c -reversible true -num_decomps 2
// (OpenJPH 0.9.0), of 24 columns and 16 rows of (7x + 13y) ^ (xy), 8 bits.
constexpr uint8_t kHighThroughput[] = {
    0xFF, 0x4F, 0xFF, 0x51, 0x00, 0x29, 0x40, 0x00, 0x00, 0x00, 0x00, 0x18,
    0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x18, 0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x07, 0x01, 0x01, 0xFF, 0x50, 0x00,
    0x08, 0x00, 0x02, 0x00, 0x00, 0x00, 0x03, 0xFF, 0x52, 0x00, 0x0C, 0x00,
    0x02, 0x00, 0x01, 0x00, 0x02, 0x04, 0x04, 0x40, 0x01, 0xFF, 0x5C, 0x00,
    0x0A, 0x20, 0x50, 0x58, 0x58, 0x58, 0x50, 0x50, 0x58, 0xFF, 0x64, 0x00,
    0x16, 0x00, 0x01, 0x4F, 0x70, 0x65, 0x6E, 0x4A, 0x50, 0x48, 0x20, 0x56,
    0x65, 0x72, 0x20, 0x30, 0x2E, 0x39, 0x2E, 0x30, 0x2E, 0xFF, 0x90, 0x00,
    0x0A, 0x00, 0x00, 0x00, 0x00, 0x01, 0xA8, 0x00, 0x01, 0xFF, 0x93, 0xC0,
    0x16, 0xF8, 0x05, 0x8B, 0xBD, 0x6B, 0x85, 0xED, 0xD9, 0x3A, 0x03, 0x83,
    0xA4, 0x4B, 0xAC, 0x47, 0x89, 0x33, 0x62, 0x63, 0x29, 0x79, 0xC2, 0xFA,
    0x00, 0x6E, 0xD0, 0x86, 0x00, 0x20, 0x03, 0x39, 0x00, 0xC0, 0x0B, 0x6A,
    0x00, 0x5B, 0x90, 0x02, 0xDB, 0xEF, 0xE1, 0xF2, 0x77, 0x03, 0x84, 0xB7,
    0x53, 0x5A, 0x49, 0x77, 0x80, 0x2D, 0xA0, 0x62, 0x2C, 0xFE, 0x01, 0x1C,
    0xCE, 0x67, 0x08, 0xCA, 0xBA, 0x99, 0x00, 0x69, 0xD2, 0xC8, 0x50, 0x2A,
    0x60, 0xC4, 0x5C, 0x14, 0x26, 0x95, 0xA7, 0xDA, 0xE1, 0x8C, 0x5C, 0x88,
    0xD7, 0x00, 0x4F, 0x02, 0x12, 0x44, 0x21, 0xEC, 0x92, 0x9A, 0x00, 0x33,
    0x8C, 0xAF, 0xA4, 0x67, 0x90, 0x79, 0x2C, 0x62, 0xE1, 0x1C, 0x7F, 0x3C,
    0x5F, 0x80, 0x41, 0x64, 0x3C, 0x00, 0x65, 0xC8, 0xB8, 0x80, 0xA9, 0x03,
    0x99, 0x00, 0xC0, 0x17, 0xAB, 0xC0, 0x17, 0xB0, 0x40, 0x0B, 0xD7, 0x80,
    0x00, 0x72, 0x7A, 0x53, 0xDE, 0x0B, 0x03, 0x45, 0x08, 0x00, 0xAB, 0x7A,
    0x42, 0x82, 0x01, 0xC3, 0x08, 0x4E, 0x04, 0xA5, 0x64, 0x26, 0x94, 0x0B,
    0x52, 0xC9, 0xDE, 0xC0, 0xF7, 0x50, 0x72, 0x37, 0xA5, 0xBF, 0x79, 0x24,
    0xD7, 0x54, 0x7E, 0x21, 0xE1, 0xC4, 0xB0, 0x24, 0x01, 0x03, 0xA2, 0x31,
    0xB9, 0xCB, 0x3C, 0x96, 0x99, 0x42, 0xA5, 0xC9, 0x2D, 0x90, 0xB5, 0x25,
    0x12, 0x13, 0x39, 0xFE, 0x02, 0x9E, 0x7B, 0x70, 0xD5, 0x2E, 0x88, 0x1D,
    0x15, 0x47, 0x28, 0x08, 0x8B, 0x92, 0x39, 0x1A, 0xD5, 0x5A, 0x44, 0x4C,
    0x97, 0x97, 0x01, 0x30, 0x61, 0xBC, 0x8D, 0x18, 0x4E, 0xCC, 0x80, 0x35,
    0x3B, 0x2D, 0x2A, 0x0D, 0xD0, 0x19, 0x14, 0xDD, 0x5C, 0x8C, 0xF8, 0xBA,
    0x6D, 0xE4, 0x61, 0x0D, 0x06, 0x82, 0xC2, 0x98, 0x02, 0x27, 0xED, 0xAD,
    0x51, 0xE8, 0x09, 0x33, 0x44, 0x48, 0x1E, 0x03, 0x0B, 0x72, 0x27, 0xCB,
    0x58, 0xF1, 0x84, 0x0F, 0x77, 0x62, 0x69, 0x2C, 0x74, 0x17, 0x8C, 0x86,
    0x89, 0x27, 0xB6, 0xCA, 0x58, 0x4B, 0x0B, 0x13, 0x24, 0x12, 0xF5, 0x68,
    0xE5, 0x74, 0x3C, 0x00, 0x18, 0x52, 0x9C, 0x06, 0x89, 0x25, 0xCC, 0x8A,
    0xA9, 0x68, 0x0E, 0xEB, 0x93, 0x0F, 0xB0, 0x41, 0xD5, 0x32, 0x13, 0x5A,
    0xC0, 0x78, 0x01, 0xF2, 0x4C, 0xF6, 0x17, 0xE3, 0x5B, 0x8E, 0x56, 0x5E,
    0xF8, 0xBB, 0xAD, 0x50, 0xC2, 0x45, 0x1A, 0xF9, 0xFC, 0x64, 0x7F, 0x1A,
    0x4F, 0xD1, 0xB3, 0x56, 0x97, 0x64, 0x71, 0x15, 0x76, 0x6E, 0x9B, 0xE5,
    0x48, 0x96, 0xF1, 0xFC, 0x25, 0x7B, 0xB7, 0x60, 0x94, 0xAC, 0x7E, 0xA2,
    0xFD, 0x0A, 0xD6, 0xA8, 0x2D, 0xAE, 0x37, 0xDA, 0x3B, 0x8F, 0xC1, 0xE8,
    0xFA, 0x88, 0x0C, 0x82, 0xF3, 0xE2, 0xE4, 0xA7, 0x61, 0xBB, 0xF0, 0xA9,
    0xA1, 0x05, 0x1E, 0xE7, 0x38, 0x8C, 0x75, 0x2B, 0xBC, 0x95, 0x2D, 0x32,
    0x1E, 0x72, 0x56, 0x07, 0xD2, 0x4B, 0x9A, 0xB2, 0x08, 0x56, 0xE0, 0x78,
    0x01, 0xFF, 0xD9};

std::string HighThroughput() {
  return std::string(reinterpret_cast<const char*>(kHighThroughput),
                     sizeof(kHighThroughput));
}

TEST(DecodeJpeg2000Test, DecodesHighThroughput) {
  const absl::StatusOr<DecodedFrame> frame = Decode(HighThroughput());
  ASSERT_THAT(frame, IsOk());
  std::vector<int32_t> expected;
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 24; ++x) {
      expected.push_back(((7 * x + 13 * y) ^ (x * y)) & 0xFF);
    }
  }
  EXPECT_EQ(frame->cells.columns, 24);
  EXPECT_EQ(ValuesOf(*frame), expected);
}

struct StreamCase {
  std::string name;
  std::string stream;
};

class CutJpeg2000Test : public testing::TestWithParam<StreamCase> {};

TEST_P(CutJpeg2000Test, FailsHoweverLittleIsMissing) {
  const std::string& stream = GetParam().stream;
  ASSERT_THAT(Decode(stream), IsOk());
  for (const int percent : {0, 1, 10, 50, 90}) {
    EXPECT_THAT(Decode(CutTo(stream, percent)),
                FailsWith(Reason::kFrameDecodeFailed))
        << percent;
  }
  for (size_t missing = 1; missing <= 40; ++missing) {
    EXPECT_THAT(Decode(stream.substr(0, stream.size() - missing)),
                FailsWith(Reason::kFrameDecodeFailed))
        << missing;
  }
}

// A stream whose only tile-part leaves its length open.
std::string WithOpenLength(std::string stream) {
  const size_t tile_part = stream.find("\xFF\x90");
  return PutBigEndian(std::move(stream), tile_part + 6, 0);
}

INSTANTIATE_TEST_SUITE_P(
    , CutJpeg2000Test,
    testing::Values(
        StreamCase{"Grey", MakeJpeg2000(MakeSamples(64, 64))},
        StreamCase{"Lossy",
                   MakeJpeg2000(MakeSamples(64, 64), {.lossless = false})},
        StreamCase{"Rgb", MakeJpeg2000(MakeSamples(64, 64, 3))},
        StreamCase{"Tiles",
                   MakeJpeg2000(MakeSamples(64, 64), {.tile_size = 32})},
        StreamCase{"Jp2", MakeJpeg2000(MakeSamples(64, 64), {.is_jp2 = true})},
        StreamCase{"OpenLength",
                   WithOpenLength(MakeJpeg2000(MakeSamples(64, 64)))},
        StreamCase{"HighThroughput", HighThroughput()}),
    [](const auto& tested) { return tested.param.name; });

TEST(DecodeJpeg2000Test, ToleratesPadding) {
  for (const StreamCase& padded :
       {StreamCase{"", MakeJpeg2000(MakeSamples(20, 20))},
        StreamCase{"", MakeJpeg2000(MakeSamples(20, 20), {.is_jp2 = true})},
        StreamCase{"", WithOpenLength(MakeJpeg2000(MakeSamples(20, 20)))}}) {
    const absl::StatusOr<DecodedFrame> frame =
        Decode(padded.stream + std::string(1, '\0'));
    ASSERT_THAT(frame, IsOk());
    EXPECT_FALSE(frame->has_more);
  }
}

TEST(DecodeJpeg2000Test, TellsOfASecondPictureBehindTheFirst) {
  const std::string stream = MakeJpeg2000(MakeSamples(20, 20));
  const absl::StatusOr<DecodedFrame> frame = Decode(stream + stream);
  ASSERT_THAT(frame, IsOk());
  EXPECT_TRUE(frame->has_more);
}

TEST(DecodeJpeg2000Test, AppliesThePaletteOfAJp2File) {
  const std::string grey = MakeJpeg2000(MakeSamples(16, 16), {.is_jp2 = true});
  // Two entries would do; all 256 are told, red going up, green down.
  std::string palette("\0\0\0\0pclr\1\0\3\7\7\7", 14);
  for (int i = 0; i < 256; ++i) {
    palette += {static_cast<char>(i), static_cast<char>(255 - i), '\0'};
  }
  palette = PutBigEndian(palette, 0, static_cast<uint32_t>(palette.size()));
  std::string mapping("\0\0\0\0cmap\0\0\1\0\0\0\1\1\0\0\1\2", 20);
  mapping = PutBigEndian(mapping, 0, static_cast<uint32_t>(mapping.size()));
  const size_t header = grey.find("jp2h") - 4;
  const size_t codestream = grey.find("jp2c") - 4;
  std::string file = grey;
  file.insert(codestream, palette + mapping);
  file = PutBigEndian(file, header,
                      static_cast<uint32_t>(codestream - header +
                                            palette.size() + mapping.size()));
  const absl::StatusOr<DecodedFrame> frame = Decode(file);
  ASSERT_THAT(frame, IsOk());
  ASSERT_EQ(frame->cells.channels, 3);
  const std::vector<int32_t> values = ValuesOf(*frame);
  const std::vector<int32_t> indices = MakeSamples(16, 16).values;
  for (size_t i = 0; i < indices.size(); ++i) {
    ASSERT_EQ(values[3 * i], indices[i]);
    ASSERT_EQ(values[3 * i + 1], 255 - indices[i]);
  }
}

}  // namespace
}  // namespace burntin
