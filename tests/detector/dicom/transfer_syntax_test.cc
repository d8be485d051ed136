// Every transfer syntax that the detector decodes gives the planted pixels.
#include "detector/dicom/transfer_syntax.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "tests/detector/dicom/opened.h"
#include "tests/testutil/damage.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using std::string_literals::operator""s;

constexpr int kRows = 48;
constexpr int kColumns = 64;
constexpr int kFrames = 3;

// A picture with both ends of the grey scale, other for each `frame`, smooth
// enough for lossy encoders.
Image Planted(int frame) {
  Image image = FlatPicture(kRows, kColumns, 0);
  for (int y = 0; y < kRows; ++y) {
    for (int x = 0; x < kColumns; ++x) {
      const int grey = (x * 255 / (kColumns - 1) + 40 * frame) % 256;
      image.pixels[static_cast<size_t>(y * kColumns + x)] =
          static_cast<uint8_t>(y < 8            ? 0
                               : y >= kRows - 8 ? 255
                                                : grey);
    }
  }
  return image;
}

DicomSpec PlantedObject(int bits_stored) {
  DicomSpec spec{.rows = kRows,
                 .columns = kColumns,
                 .frames = kFrames,
                 .bits_stored = bits_stored};
  for (int frame = 0; frame < kFrames; ++frame) {
    for (const uint8_t pixel : Planted(frame).pixels) {
      const int scaled = pixel * ((1 << bits_stored) - 1) / 255;
      spec.samples.push_back(static_cast<uint16_t>(scaled));
    }
  }
  return spec;
}

// The share of pixels that differ by more than `tolerance`.
double Differing(const Image& a, const Image& b, int tolerance) {
  if (a.pixels.size() != b.pixels.size()) return 1;
  int count = 0;
  for (size_t i = 0; i < a.pixels.size(); ++i) {
    count += std::abs(a.pixels[i] - b.pixels[i]) > tolerance;
  }
  return static_cast<double>(count) / static_cast<double>(a.pixels.size());
}

struct SyntaxCase {
  std::string name;
  Encoding encoding;
  int bits_stored = 8;
  int tolerance = 1;  // grey values
  double differing = 0;
};

class TransferSyntaxTest : public testing::TestWithParam<SyntaxCase> {
 protected:
  DicomSpec Spec() const {
    DicomSpec spec = PlantedObject(GetParam().bits_stored);
    spec.encoding = GetParam().encoding;
    return spec;
  }
};

TEST_P(TransferSyntaxTest, GivesThePlantedPixelsOfEachFrame) {
  const Opened opened(Spec());
  ASSERT_THAT(opened.object, IsOk());
  ASSERT_TRUE(opened->omissions().empty());
  ASSERT_EQ(opened->planes().size(), kFrames);
  // Backwards, as workers may ask in any order.
  for (int frame = kFrames - 1; frame >= 0; --frame) {
    const auto decoded =
        opened->Decode(opened->planes()[static_cast<size_t>(frame)]);
    ASSERT_THAT(decoded, IsOk());
    EXPECT_LE(
        Differing(decoded->views.front(), Planted(frame), GetParam().tolerance),
        GetParam().differing);
  }
}

TEST_P(TransferSyntaxTest, GivesTheSamePixelsAgain) {
  const Opened opened(Spec());
  ASSERT_THAT(opened.object, IsOk());
  const PlaneId& plane = opened->planes().front();
  EXPECT_EQ(opened->Decode(plane)->views, opened->Decode(plane)->views);
}

TEST_P(TransferSyntaxTest, CutAtAnyTenthIsNeverFullyInspected) {
  const std::string whole = MakeDicom(Spec());
  for (int percent = 0; percent < 100; percent += 10) {
    EXPECT_FALSE(Failures(Opened(CutTo(whole, percent))).empty())
        << "cut to " << percent << " %";
  }
}

TEST_P(TransferSyntaxTest, CutByItsLastBytesIsNeverFullyInspected) {
  const std::string whole = MakeDicom(Spec());
  for (size_t cut = 2; cut <= 20; cut += 2) {
    EXPECT_FALSE(Failures(Opened(whole.substr(0, whole.size() - cut))).empty())
        << "cut by " << cut << " bytes";
  }
}

// Lossy encoders ring beside the steps of the picture.
INSTANTIATE_TEST_SUITE_P(
    All, TransferSyntaxTest,
    testing::Values(
        SyntaxCase{"ImplicitLittleEndian", Encoding::kImplicitLittle},
        SyntaxCase{"ExplicitLittleEndian", Encoding::kExplicitLittle},
        SyntaxCase{"ExplicitLittleEndian12Bits", Encoding::kExplicitLittle, 12},
        SyntaxCase{"ExplicitLittleEndian16Bits", Encoding::kExplicitLittle, 16},
        SyntaxCase{"ExplicitBigEndian", Encoding::kExplicitBig},
        SyntaxCase{"ExplicitBigEndian16Bits", Encoding::kExplicitBig, 16},
        SyntaxCase{"Deflated", Encoding::kDeflated},
        SyntaxCase{"Deflated16Bits", Encoding::kDeflated, 16},
        SyntaxCase{"JpegBaseline", Encoding::kJpegBaseline, 8, 12, 0.02},
        SyntaxCase{"JpegExtended12Bits", Encoding::kJpegExtended, 12, 12, 0.02},
        SyntaxCase{"JpegSpectral", Encoding::kJpegSpectral, 8, 12, 0.02},
        SyntaxCase{"JpegProgressive", Encoding::kJpegProgressive, 8, 12, 0.02},
        SyntaxCase{"JpegLossless", Encoding::kJpegLossless},
        SyntaxCase{"JpegLosslessFirstOrder", Encoding::kJpegLosslessSv1},
        SyntaxCase{"JpegLosslessFirstOrder16Bits", Encoding::kJpegLosslessSv1,
                   16},
        SyntaxCase{"JpegLs", Encoding::kJpegLsLossless},
        SyntaxCase{"JpegLs16Bits", Encoding::kJpegLsLossless, 16},
        SyntaxCase{"JpegLsNearLossless", Encoding::kJpegLsNear, 8, 4},
        SyntaxCase{"Rle", Encoding::kRle},
        SyntaxCase{"Rle16Bits", Encoding::kRle, 16}),
    [](const auto& tested) { return tested.param.name; });

TEST(JpegPrecisionTest, EightBitsInCellsOfSixteenAreTakenAsTheyAre) {
  // JPEG of 8 bits whose header says 16 allocated.
  DicomSpec spec = PlantedObject(/*bits_stored=*/8);
  for (const Encoding encoding :
       {Encoding::kJpegLosslessSv1, Encoding::kJpegBaseline}) {
    spec.encoding = encoding;
    const std::string allocated = "\x28\x00\x00\x01US\x02\x00"s;
    const Opened opened(Patch(MakeDicom(spec), allocated + "\x08\x00"s,
                              allocated + "\x10\x00"s));
    ASSERT_THAT(opened.object, IsOk());
    const auto decoded = opened->Decode(opened->planes().front());
    ASSERT_THAT(decoded, IsOk());
    EXPECT_LE(Differing(decoded->views.front(), Planted(0), 12), 0.02);
  }
}

struct FragmentCase {
  std::string name;
  Encoding encoding;
};

class FragmentsTest : public testing::TestWithParam<FragmentCase> {};

TEST_P(FragmentsTest, SeveralForEachFrameAreFoundWithoutAnOffsetTable) {
  DicomSpec spec = PlantedObject(/*bits_stored=*/8);
  spec.encoding = GetParam().encoding;
  const Opened whole(spec);
  spec.fragments_per_frame = 3;
  spec.offset_table = false;
  const Opened cut(spec);
  ASSERT_THAT(cut.object, IsOk());
  for (const PlaneId& plane : cut->planes()) {
    const auto decoded = cut->Decode(plane);
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(decoded->views, whole->Decode(plane)->views);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, FragmentsTest,
    testing::Values(FragmentCase{"JpegBaseline", Encoding::kJpegBaseline},
                    FragmentCase{"JpegLossless", Encoding::kJpegLosslessSv1},
                    FragmentCase{"JpegLs", Encoding::kJpegLsLossless}),
    [](const auto& tested) { return tested.param.name; });

TEST(TransferSyntaxNames, AreDcmtksOrTheUidAndEachIsThereOnce) {
  const std::map<std::string, std::string> names = NamesOfTransferSyntaxes();
  EXPECT_EQ(names.at("1.2.840.10008.1.2.1"), "LittleEndianExplicit");
  EXPECT_EQ(names.at("1.2.840.10008.1.2.5"), "RLELossless");
  // DCMTK does not know it.
  EXPECT_EQ(names.at("1.2.840.10008.1.2.4.201"), "1.2.840.10008.1.2.4.201");
  std::set<std::string> different;
  for (const auto& [uid, name] : names) {
    EXPECT_NE(FindTransferSyntax(uid), nullptr) << uid;
    EXPECT_TRUE(different.insert(name).second) << name;
  }
}

TEST(Fragments, OneForEachFrameNeedsNoOffsetTable) {
  for (const Encoding encoding :
       {Encoding::kRle, Encoding::kJpegBaseline, Encoding::kJpegLsLossless}) {
    DicomSpec spec = PlantedObject(/*bits_stored=*/8);
    spec.encoding = encoding;
    spec.offset_table = false;
    EXPECT_TRUE(Failures(Opened(spec)).empty());
  }
}

TEST(Fragments, FewerThanFramesAreNeverFullyInspected) {
  DicomSpec spec = PlantedObject(/*bits_stored=*/8);
  spec.encoding = Encoding::kJpegBaseline;
  spec.offset_table = false;
  const std::string bytes =
      Patch(MakeDicom(spec), "IS\x02" + std::string(1, 0) + "3 ",
            "IS\x02" + std::string(1, 0) + "4 ");
  EXPECT_FALSE(Failures(Opened(bytes)).empty());
}

TEST(Fragments, MoreThanFramesAreNeverFullyInspected) {
  for (const Encoding encoding :
       {Encoding::kRle, Encoding::kJpegBaseline, Encoding::kJpegLsLossless}) {
    DicomSpec spec = PlantedObject(/*bits_stored=*/8);
    spec.encoding = encoding;
    for (const bool table : {true, false}) {
      spec.offset_table = table;
      const std::string bytes =
          Patch(MakeDicom(spec), "IS\x02" + std::string(1, 0) + "3 ",
                "IS\x02" + std::string(1, 0) + "2 ");
      EXPECT_FALSE(Failures(Opened(bytes)).empty());
    }
  }
}

}  // namespace
}  // namespace burntin
