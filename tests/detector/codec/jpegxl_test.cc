#include "detector/codec/jpegxl.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <variant>
#include <vector>

#include "detector/base/error.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/stream_maker.h"

namespace burntin {
namespace {

constexpr CodecLimits kLimits{.pixels = 1 << 20};

absl::StatusOr<DecodedFrame> Decode(std::string_view stream,
                                    const CodecLimits& limits = kLimits) {
  return DecodeJpegXl(
      absl::Span<const uint8_t>(reinterpret_cast<const uint8_t*>(stream.data()),
                                stream.size()),
      limits);
}

std::vector<int32_t> ValuesOf(const DecodedFrame& frame) {
  std::vector<int32_t> values;
  std::visit(
      [&](const auto& cells) {
        for (const auto cell : cells) {
          values.push_back(static_cast<int32_t>(cell));
        }
      },
      frame.cells.values);
  return values;
}

int LargestDifference(const std::vector<int32_t>& a,
                      const std::vector<int32_t>& b) {
  int largest = a.size() == b.size() ? 0 : 1 << 30;
  for (size_t i = 0; i < a.size() && i < b.size(); ++i) {
    largest = std::max(largest, std::abs(a[i] - b[i]));
  }
  return largest;
}

struct LosslessCase {
  std::string name;
  int channels = 1;
  int precision = 8;
  bool in_container = false;
};

class LosslessJpegXlTest : public testing::TestWithParam<LosslessCase> {};

TEST_P(LosslessJpegXlTest, GivesWhatWasEncoded) {
  const LosslessCase& lossless = GetParam();
  const Samples samples =
      MakeSamples(61, 83, lossless.channels, lossless.precision);
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeJpegXl(samples, {.in_container = lossless.in_container}));
  ASSERT_THAT(frame, IsOk());
  EXPECT_EQ(frame->cells.rows, 61);
  EXPECT_EQ(frame->cells.columns, 83);
  EXPECT_EQ(frame->cells.channels, lossless.channels);
  EXPECT_EQ(frame->precision, lossless.precision);
  EXPECT_FALSE(frame->is_signed);
  EXPECT_FALSE(frame->is_ycc);
  EXPECT_FALSE(frame->has_more);
  EXPECT_EQ(ValuesOf(*frame), samples.values);
}

INSTANTIATE_TEST_SUITE_P(
    , LosslessJpegXlTest,
    testing::Values(LosslessCase{.name = "OneBit", .precision = 1},
                    LosslessCase{.name = "FiveBits", .precision = 5},
                    LosslessCase{.name = "EightBits"},
                    LosslessCase{.name = "NineBits", .precision = 9},
                    LosslessCase{.name = "TwelveBits", .precision = 12},
                    LosslessCase{.name = "SixteenBits", .precision = 16},
                    LosslessCase{.name = "Rgb", .channels = 3},
                    LosslessCase{.name = "RgbOfSixteenBits",
                                 .channels = 3,
                                 .precision = 16},
                    LosslessCase{.name = "GreyAndAlpha", .channels = 2},
                    LosslessCase{.name = "RgbAndAlpha", .channels = 4},
                    LosslessCase{.name = "Container", .in_container = true},
                    LosslessCase{.name = "RgbContainer",
                                 .channels = 3,
                                 .in_container = true}),
    [](const auto& tested) { return tested.param.name; });

// A picture that loses little: no noise.
Samples SmoothRgb() {
  Samples samples = MakeSamples(64, 64, 3);
  for (size_t i = 0; i < samples.values.size(); ++i) {
    const int pixel = static_cast<int>(i / 3);
    samples.values[i] = i % 3 == 0 ? pixel % 64 * 3 : pixel / 64 * 2 + 40;
  }
  return samples;
}

TEST(DecodeJpegXlTest, GivesALossyPictureInTheColoursOfItsOrigin) {
  const Samples samples = SmoothRgb();
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeJpegXl(samples, {.lossless = false}));
  ASSERT_THAT(frame, IsOk());
  EXPECT_EQ(frame->precision, 8);
  EXPECT_LT(LargestDifference(ValuesOf(*frame), samples.values), 16);
}

TEST(DecodeJpegXlTest, GivesALossyGreyPicture) {
  Samples samples = MakeSamples(64, 64, 1, 12);
  for (size_t i = 0; i < samples.values.size(); ++i) {
    samples.values[i] = static_cast<int32_t>(i % 64 * 60);
  }
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeJpegXl(samples, {.lossless = false}));
  ASSERT_THAT(frame, IsOk());
  EXPECT_EQ(frame->precision, 12);
  EXPECT_EQ(frame->cells.channels, 1);
  EXPECT_LT(LargestDifference(ValuesOf(*frame), samples.values), 256);
}

TEST(DecodeJpegXlTest, KeepsFloatsAsTheyAre) {
  std::vector<float> values;
  for (int i = 0; i < 20 * 30; ++i) {
    values.push_back(static_cast<float>(i) / 600);
  }
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeFloatJpegXl(20, 30, values));
  ASSERT_THAT(frame, IsOk());
  EXPECT_EQ(frame->precision, 32);
  EXPECT_EQ(std::get<std::vector<float>>(frame->cells.values), values);
}

Image SmoothPicture() {
  const Samples samples = SmoothRgb();
  Image image{64, 64, 3, {}};
  for (const int32_t value : samples.values) {
    image.pixels.push_back(static_cast<uint8_t>(value));
  }
  return image;
}

TEST(DecodeJpegXlTest, GivesThePixelsOfARecompressedJpeg) {
  const Image picture = SmoothPicture();
  const absl::StatusOr<DecodedFrame> frame =
      Decode(MakeJpegXlOfJpeg(MakeJpeg(picture)));
  ASSERT_THAT(frame, IsOk());
  EXPECT_EQ(frame->cells.channels, 3);
  EXPECT_EQ(frame->precision, 8);
  EXPECT_FALSE(frame->has_more);
  EXPECT_LT(LargestDifference(ValuesOf(*frame), SmoothRgb().values), 24);
}

struct StreamCase {
  std::string name;
  std::string stream;
};

class CutJpegXlTest : public testing::TestWithParam<StreamCase> {};

TEST_P(CutJpegXlTest, FailsHoweverLittleIsMissing) {
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

TEST_P(CutJpegXlTest, ToleratesPaddingOnly) {
  const std::string& stream = GetParam().stream;
  const absl::StatusOr<DecodedFrame> padded =
      Decode(stream + std::string(1, '\0'));
  ASSERT_THAT(padded, IsOk());
  EXPECT_FALSE(padded->has_more);
  const absl::StatusOr<DecodedFrame> doubled = Decode(stream + stream);
  ASSERT_THAT(doubled, IsOk());
  EXPECT_TRUE(doubled->has_more);
}

INSTANTIATE_TEST_SUITE_P(
    , CutJpegXlTest,
    testing::Values(
        StreamCase{"Grey", MakeJpegXl(MakeSamples(64, 64))},
        StreamCase{"GreyOfSeveralGroups", MakeJpegXl(MakeSamples(300, 300))},
        StreamCase{"Lossy",
                   MakeJpegXl(MakeSamples(64, 64, 3), {.lossless = false})},
        StreamCase{"Container",
                   MakeJpegXl(MakeSamples(64, 64), {.in_container = true})},
        StreamCase{"Jpeg", MakeJpegXlOfJpeg(MakeJpeg(SmoothPicture()))}),
    [](const auto& tested) { return tested.param.name; });

TEST(DecodeJpegXlTest, RefusesWhatIsNoStream) {
  EXPECT_THAT(Decode(""), FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT(Decode("\xFF"), FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT(Decode(std::string(10000, '\xFF')),
              FailsWith(Reason::kFrameDecodeFailed));
  EXPECT_THAT(Decode("\xFF\x0A" + std::string(10000, '\x55')),
              FailsWith(Reason::kFrameDecodeFailed));
}

TEST(DecodeJpegXlTest, RefusesSeveralPictures) {
  EXPECT_THAT(Decode(MakeJpegXl(MakeSamples(20, 20), {.frames = 2})),
              FailsWith(Reason::kUnsupportedPixelLayout));
}

TEST(DecodeJpegXlTest, RefusesATurnedPicture) {
  EXPECT_THAT(Decode(MakeJpegXl(MakeSamples(20, 20), {.orientation = 2})),
              FailsWith(Reason::kUnsupportedPixelLayout));
}

TEST(DecodeJpegXlTest, RefusesMorePixelsThanTheLimit) {
  const std::string stream = MakeJpegXl(MakeSamples(20, 30));
  EXPECT_THAT(Decode(stream, {.pixels = 600}), IsOk());
  EXPECT_THAT(Decode(stream, {.pixels = 599}),
              FailsWith(Reason::kPixelLimitExceeded));
}

TEST(DecodeJpegXlTest, RefusesADeclaredGigapixelBeforeItTakesRoom) {
  // The start of a codestream: 2^17 rows and as many columns (ISO/IEC
  // 18181-1, annex D).
  const std::string stream =
      std::string("\xFF\x0A\xFE\xFF\x0F\0\x32", 7) + std::string(20, '\0');
  EXPECT_THAT(Decode(stream), FailsWith(Reason::kPixelLimitExceeded));
}

}  // namespace
}  // namespace burntin
