#include "detector/temporal/code_evidence.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "detector/barcode/barcode_reader.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using ZXing::BarcodeFormat;

constexpr int kRows = 400;
constexpr int kColumns = 600;

CellMarks All() {
  CellMarks marks(kRows, kColumns);
  for (int y = 0; y < marks.down(); ++y) {
    for (int x = 0; x < marks.across(); ++x) marks.Mark(x, y);
  }
  return marks;
}

struct NamedFormat {
  const char* name;
  BarcodeFormat format;
  const char* content;
  int height;  // of the narrowest code, in modules or so; 0: as wide as high
};

class CodeEvidenceTest : public testing::TestWithParam<NamedFormat> {};

// A code of made-up content with its upper left corner at (x, y).
Image WithCode(const NamedFormat& what, int x, int y, int width, int height,
               uint8_t paper, uint8_t ink) {
  Image image = FlatPicture(kRows, kColumns, paper);
  const ZXing::BitMatrix code = ZXing::MultiFormatWriter(what.format)
                                    .setMargin(0)
                                    .encode(what.content, width, height);
  for (int row = 0; row < code.height(); ++row) {
    for (int column = 0; column < code.width(); ++column) {
      if (!code.get(column, row) || y + row >= kRows ||
          x + column >= kColumns) {
        continue;
      }
      image.pixels[static_cast<size_t>(y + row) * kColumns + x + column] = ink;
    }
  }
  return image;
}

TEST_P(CodeEvidenceTest, WhateverTheReaderReadsMayBeACode) {
  const NamedFormat& what = GetParam();
  int read = 0;
  for (const int width : {60, 120, 240, 360}) {
    for (const int shift : {0, 5, 11}) {
      for (const uint8_t ink : {uint8_t{20}, uint8_t{120}}) {
        const int height = what.height > 0 ? what.height : width;
        const Image image = WithCode(what, 100 + shift, 20 + shift, width,
                                     height, /*paper=*/230, ink);
        const auto codes = ReadBarcodes({image});
        ASSERT_TRUE(codes.ok());
        if (codes->empty()) continue;
        ++read;
        EXPECT_TRUE(MayHoldCode(image, All()))
            << "width " << width << " shift " << shift << " ink " << int{ink};
      }
    }
  }
  EXPECT_GE(read, 6);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, CodeEvidenceTest,
    testing::Values(
        NamedFormat{"QrCode", BarcodeFormat::QRCode, "DOE^JANE 4711", 0},
        NamedFormat{"DataMatrix", BarcodeFormat::DataMatrix, "DOE^JANE 4711",
                    0},
        NamedFormat{"Aztec", BarcodeFormat::Aztec, "DOE 4711", 0},
        NamedFormat{"Pdf417", BarcodeFormat::PDF417, "DOE^JANE", 60},
        NamedFormat{"Code128", BarcodeFormat::Code128, "A4711", 30},
        NamedFormat{"Code39", BarcodeFormat::Code39, "A4711", 30}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(CodeEvidenceTest, NothingChangedMayHoldNoCode) {
  const Image image = WithCode({"", BarcodeFormat::QRCode, "DOE^JANE 4711", 0},
                               100, 20, 240, 240, 230, 20);
  EXPECT_FALSE(MayHoldCode(image, CellMarks(kRows, kColumns)));
}

TEST(CodeEvidenceTest, AColourThatIsAsBrightAsItsGroundMayBeACode) {
  const Image code = WithCode({"", BarcodeFormat::QRCode, "DOE^JANE 4711", 0},
                              100, 20, 240, 240, 230, 20);
  Image colour{.rows = kRows, .columns = kColumns, .channels = 3};
  for (const uint8_t grey : code.pixels) {
    const bool ink = grey < 100;
    colour.pixels.insert(colour.pixels.end(),
                         {static_cast<uint8_t>(ink ? 200 : 50),
                          static_cast<uint8_t>(ink ? 50 : 200), 0});
  }
  EXPECT_TRUE(MayHoldCode(colour, All()));
}

TEST(CodeEvidenceTest, NoiseAndFlatAreasAreNone) {
  EXPECT_FALSE(MayHoldCode(NoisePicture(kRows, kColumns, 1), All()));
  EXPECT_FALSE(MayHoldCode(FlatPicture(kRows, kColumns, 7), All()));
}

}  // namespace
}  // namespace burntin
