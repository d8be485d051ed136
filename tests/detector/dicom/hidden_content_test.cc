// Objects that hold more than their header declares: nothing of it may pass
// unseen.
#include <gmock/gmock.h>

#include <string>

#include "tests/detector/dicom/opened.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kRows = 16;
constexpr int kColumns = 24;

DicomSpec Small() { return SpecOf(FlatPicture(kRows, kColumns, 100)); }

// A whole object of Small() with raw explicit little endian elements added.
std::string WithElements(const std::string& elements) {
  return MakeDicom(Small()) + elements;
}

std::string Long(size_t length) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(length >> shift);
  }
  return bytes;
}

// An element with a VR of long form.
std::string Element(const std::string& tag, const std::string& vr,
                    const std::string& value) {
  return tag + vr + "\0\0"s + Long(value.size()) + value;
}

std::string Item(const std::string& content) {
  return "\xFE\xFF\x00\xE0"s + Long(content.size()) + content;
}

TEST(SurplusTest, AFewNativeBytesTooManyAreReported) {
  DicomSpec spec = Small();
  spec.samples.insert(spec.samples.end(), {1, 2, 3, 4});
  EXPECT_THAT(Failures(Opened(spec)), ElementsAre(Reason::kFileMalformed));
}

TEST(SurplusTest, PaddingIsFine) {
  DicomSpec spec = Small();
  spec.samples.insert(spec.samples.end(), {0, 0, 0, 0});
  EXPECT_THAT(Failures(Opened(spec)), IsEmpty());
}

TEST(SurplusTest, MoreOverlayBitsThanDeclaredAreReported) {
  DicomSpec spec = Small();
  Image bits = NoisePicture(kRows, kColumns, /*seed=*/5);
  for (size_t i = 0; i < bits.pixels.size(); ++i) bits.pixels[i] &= 1;
  bits.rows = kRows / 2;
  spec.overlays = {{.bits = bits}};
  EXPECT_THAT(Failures(Opened(spec)), ElementsAre(Reason::kFileMalformed));
}

TEST(SurplusTest, CompressedFramesThatAreNotDeclaredAreReported) {
  const std::string three = "IS\x02\x00"s + "3 ";
  for (const std::string& declared : {"1 "s, "2 "s}) {
    for (const Encoding encoding :
         {Encoding::kRle, Encoding::kJpegBaseline, Encoding::kJpegLsLossless}) {
      for (const bool table : {true, false}) {
        DicomSpec spec = Small();
        spec.frames = 3;
        spec.samples.resize(3 * spec.samples.size(), 50);
        spec.encoding = encoding;
        spec.offset_table = table;
        const std::string bytes =
            Patch(MakeDicom(spec), three, "IS\x02\x00"s + declared);
        EXPECT_THAT(Failures(Opened(bytes)),
                    testing::Contains(Reason::kFileMalformed));
      }
    }
  }
}

TEST(SurplusTest, NativePixelsUnderACompressedSyntaxAreReported) {
  const std::string as_rle = Patch(MakeDicom(Small()), "1.2.840.10008.1.2.1\0"s,
                                   "1.2.840.10008.1.2.5\0"s);
  EXPECT_THAT(Failures(Opened(as_rle)), ElementsAre(Reason::kFileMalformed));
}

TEST(RepeatedAttributeTest, IsReported) {
  EXPECT_THAT(Failures(Opened(WithElements(
                  Element("\xE0\x7F\x10\x00"s, "OW", std::string(768, 7))))),
              ElementsAre(Reason::kFileMalformed));
}

TEST(LayoutTest, SamplesThatDoNotSuitTheColoursAreReported) {
  for (const std::string photometric : {"CMYK", "HSV", ""}) {
    DicomSpec spec = Small();
    spec.photometric = photometric;
    EXPECT_THAT(Failures(Opened(spec)),
                ElementsAre(Reason::kUnsupportedPixelLayout));
  }
}

TEST(PlacesTest, PixelsWithoutSizeInASequenceOfUnknownVrAreReported) {
  const std::string pixels =
      "\xE0\x7F\x10\x00"s + Long(8) + std::string(8, 'x');
  EXPECT_THAT(Failures(Opened(WithElements(
                  Element("\x08\x00\x40\x11"s, "UN", Item(pixels))))),
              ElementsAre(Reason::kFileMalformed));
}

TEST(PlacesTest, AnOverlayWithoutSizeInASequenceIsReported) {
  const std::string overlay =
      Element("\x00\x60\x00\x30"s, "OW", std::string(8, 'x'));
  EXPECT_THAT(Failures(Opened(WithElements(
                  Element("\x08\x00\x40\x11"s, "SQ", Item(overlay))))),
              ElementsAre(Reason::kFileMalformed));
}

TEST(PlacesTest, PrivateAndVariablePixelDataAreReported) {
  for (const std::string& tag : {"\xE1\x7F\x10\x10"s, "\x02\x7F\x10\x00"s}) {
    EXPECT_THAT(Failures(Opened(
                    WithElements(Element(tag, "OB", std::string(2048, 'x'))))),
                ElementsAre(Reason::kUnsupportedPlace));
  }
}

TEST(PlacesTest, AShortPrivateNoteBesideThePixelsIsFine) {
  EXPECT_THAT(Failures(Opened(WithElements(
                  Element("\xD9\x7F\x50\x10"s, "OB", "a station")))),
              IsEmpty());
}

}  // namespace
}  // namespace burntin
