// Which planes an object has, and what is seen on them.
#include <gmock/gmock.h>

#include <string>

#include "tests/detector/dicom/opened.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"
#include "tests/testutil/view_contrast.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Rows of 24 pixels: black on the left, white on the right.
Image HalfWhite() {
  Image image = FlatPicture(16, 24, 0);
  for (size_t i = 0; i < image.pixels.size(); ++i) {
    if (i % 24 >= 12) image.pixels[i] = 255;
  }
  return image;
}

Image Inverted(Image image) {
  for (uint8_t& pixel : image.pixels) pixel = static_cast<uint8_t>(~pixel);
  return image;
}

Image TextPicture() {
  Image image = FlatPicture(64, 200, 0);
  DrawText("DOE 1970", 10, 20, {.letter_rows = 24}, &image);
  return image;
}

// The views of the first plane of `source`.
PlaneViews ViewsOf(const DicomSpec& spec, Source source) {
  const Opened opened(spec);
  for (const PlaneId& plane : opened->planes()) {
    if (plane.source == source) return opened->Decode(plane)->views;
  }
  return {};
}

PlaneViews FrameViews(const DicomSpec& spec) {
  return ViewsOf(spec, Source::kFrame);
}

TEST(GreyFrameTest, Monochrome1IsShownWithZeroAsWhite) {
  DicomSpec spec = SpecOf(HalfWhite());
  spec.photometric = "MONOCHROME1";
  EXPECT_THAT(FrameViews(spec), ElementsAre(Inverted(HalfWhite())));
}

TEST(GreyFrameTest, SignedValuesRunFromTheLowestToTheHighest) {
  DicomSpec spec = SpecOf(HalfWhite());
  spec.bits_stored = 16;
  spec.is_signed = true;
  for (uint16_t& sample : spec.samples) {
    sample = static_cast<uint16_t>(sample == 0 ? -1000 : 1000);
  }
  EXPECT_THAT(FrameViews(spec), ElementsAre(HalfWhite()));
}

TEST(GreyFrameTest, AFrameOfOneValueDecodes) {
  EXPECT_EQ(FrameViews(SpecOf(FlatPicture(16, 24, 9))).size(), 1U);
}

TEST(GreyFrameTest, AWindowInWhichAllIsBlackHidesNothing) {
  DicomSpec spec = SpecOf(HalfWhite());
  spec.window = {.center = 1000, .width = 10};
  EXPECT_EQ(FrameViews(spec).front(), HalfWhite());
}

TEST(GreyFrameTest, AWindowThatChangesNothingGivesNoOtherView) {
  DicomSpec spec = SpecOf(HalfWhite());
  spec.window = {.center = 128, .width = 256};
  EXPECT_EQ(FrameViews(spec).size(), 1U);
}

TEST(GreyFrameTest, TextOutsideTheWindowStaysVisible) {
  // Anatomy up to 4000, text at 4095, a window on the anatomy's lower part.
  DicomSpec spec = SpecOf(HalfWhite());
  spec.bits_stored = 12;
  for (size_t i = 0; i < spec.samples.size(); ++i) {
    spec.samples[i] = spec.samples[i] == 0 ? 3000 : 4095;
  }
  spec.window = {.center = 500, .width = 1000};  // saturates both
  EXPECT_EQ(FrameViews(spec).front(), HalfWhite());
}

TEST(ColourFrameTest, RgbGivesItsPixelsInBothPlanarConfigurations) {
  Image colour{.rows = 2, .columns = 2, .channels = 3};
  colour.pixels = {255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 90, 200};
  DicomSpec spec = SpecOf(colour);
  EXPECT_THAT(FrameViews(spec), ElementsAre(colour));
  spec.planar = true;
  spec.samples = {255, 0, 0, 9, 0, 255, 0, 90, 0, 0, 255, 200};
  EXPECT_THAT(FrameViews(spec), ElementsAre(colour));
}

TEST(GreyFrameTest, ADeadPixelDoesNotHideTheRest) {
  const Image text = TextPicture();
  DicomSpec spec = SpecOf(text);
  spec.bits_stored = 16;
  for (uint16_t& sample : spec.samples) sample = sample == 0 ? 100 : 110;
  spec.samples.back() = 65535;
  EXPECT_GT(BestContrast(FrameViews(spec), text), 100);
}

TEST(ColourFrameTest, SixteenBitsOfSmallRangeAreStretched) {
  Image colour{.rows = 16, .columns = 16, .channels = 3};
  colour.pixels.assign(16 * 16 * 3, 0);
  DicomSpec spec = SpecOf(colour);
  spec.bits_stored = 16;
  spec.samples.front() = 255;
  const PlaneViews views = FrameViews(spec);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].pixels[0], 255);
  EXPECT_EQ(views[0].pixels[1], 0);
}

TEST(ColourFrameTest, APaletteIsLookedUp) {
  DicomSpec spec = SpecOf(HalfWhite());
  spec.photometric = "PALETTE COLOR";
  for (int i = 0; i < 256; ++i) {
    spec.palette.push_back(static_cast<uint16_t>(i == 0 ? 0xFFFF : 0));
  }
  const PlaneViews views = FrameViews(spec);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].channels, 3);
  EXPECT_EQ(views[0].pixels.front(), 255);
  EXPECT_EQ(views[0].pixels.back(), 0);
}

TEST(ColourFrameTest, CompressedColourKeepsItsColours) {
  Image colour{.rows = 32, .columns = 32, .channels = 3};
  for (int i = 0; i < 32 * 32; ++i) {
    colour.pixels.insert(colour.pixels.end(), {200, 40, 90});
  }
  for (const Encoding encoding :
       {Encoding::kJpegBaseline, Encoding::kJpegLosslessSv1,
        Encoding::kJpegLsLossless, Encoding::kRle}) {
    DicomSpec spec = SpecOf(colour);
    spec.encoding = encoding;
    const PlaneViews views = FrameViews(spec);
    ASSERT_EQ(views.size(), 1U);
    EXPECT_NEAR(views[0].pixels[0], 200, 3);
    EXPECT_NEAR(views[0].pixels[1], 40, 3);
    EXPECT_NEAR(views[0].pixels[2], 90, 3);
  }
}

TEST(OverlayTest, IsAPlaneOfItsOwnWithWhiteBits) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  spec.overlays = {{.group = 0x6002, .bits = HalfWhite()}};
  EXPECT_THAT(Failures(Opened(spec)), IsEmpty());
  EXPECT_THAT(ViewsOf(spec, Source::kOverlayPlane), ElementsAre(HalfWhite()));
}

TEST(OverlayTest, DoesNotShowOnTheFrame) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  const PlaneViews plain = FrameViews(spec);
  spec.overlays = {{.bits = HalfWhite()}};
  EXPECT_TRUE(FrameViews(spec) == plain);
}

TEST(OverlayTest, ItsOriginSaysWhereItStandsOnTheFrame) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  spec.overlays = {{.group = 0x6000, .bits = HalfWhite()},
                   {.group = 0x601E,
                    .origin_row = 5,
                    .origin_column = -3,
                    .bits = HalfWhite()}};
  const Opened opened(spec);
  ASSERT_EQ(opened->planes().size(), 3U);
  const PlaneId& first = opened->planes()[1];
  EXPECT_EQ(first.source_index, 0x6000);
  EXPECT_EQ(first.offset_x, 0);
  EXPECT_EQ(first.offset_y, 0);
  const PlaneId& second = opened->planes()[2];
  EXPECT_EQ(second.source_index, 0x601E);
  EXPECT_EQ(second.offset_x, -4);
  EXPECT_EQ(second.offset_y, 4);
}

TEST(OverlayTest, ReadsInBigEndianToo) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  spec.encoding = Encoding::kExplicitBig;
  spec.overlays = {{.bits = HalfWhite()}};
  EXPECT_THAT(ViewsOf(spec, Source::kOverlayPlane), ElementsAre(HalfWhite()));
}

TEST(OverlayTest, ShorterThanItsSizeIsReported) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  Image cut = HalfWhite();
  cut.pixels.resize(100);
  spec.overlays = {{.bits = cut}};
  EXPECT_THAT(Failures(Opened(spec)),
              testing::Contains(Reason::kPixelDataTruncated));
}

TEST(OverlayTest, WithoutSizeIsReported) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  spec.overlays = {{.bits = HalfWhite()}};
  spec.overlays[0].bits.rows = 0;
  EXPECT_THAT(Failures(Opened(spec)), ElementsAre(Reason::kFileMalformed));
}

TEST(PlanesTest, APlaneThatTheObjectDoesNotHaveIsNotDecoded) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  spec.overlays = {{.bits = HalfWhite()}};
  const Opened opened(spec);
  for (const PlaneId& plane :
       {PlaneId{.frame = 1}, PlaneId{.frame = -1},
        PlaneId{.source = Source::kOverlayPlane, .source_index = 0x6002},
        PlaneId{.source = Source::kOverlayPlane,
        .source_index = 0x6000,
        .frame = -1},
        PlaneId{.source = Source::kIcon}}) {
    EXPECT_THAT(opened->Decode(plane), FailsWith(Reason::kUnsupportedPlace));
  }
}

TEST(IconTest, IsAPlaneOfItsOwn) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  spec.icon = HalfWhite();
  EXPECT_THAT(Failures(Opened(spec)), IsEmpty());
  EXPECT_THAT(ViewsOf(spec, Source::kIcon), ElementsAre(HalfWhite()));
}

TEST(OtherPlacesTest, ADocumentIsReported) {
  DicomSpec spec = SpecOf(FlatPicture(16, 24, 50));
  spec.header = {{0x0028, 0x7FE0, "http://localhost/pixels"}};
  EXPECT_THAT(Failures(Opened(spec)), ElementsAre(Reason::kUnsupportedPlace));
}

}  // namespace
}  // namespace burntin
