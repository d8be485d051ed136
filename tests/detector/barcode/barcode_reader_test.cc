#include "detector/barcode/barcode_reader.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using ZXing::BarcodeFormat;

constexpr int kRows = 400;
constexpr int kColumns = 600;
const Box kPlace = {150, 100, 300, 120};

// A code of made-up content at kPlace, or about as large as that.
Image WithCode(BarcodeFormat format, const std::string& content, uint8_t paper,
               uint8_t ink) {
  Image image = FlatPicture(kRows, kColumns, paper);
  const ZXing::BitMatrix code =
      ZXing::MultiFormatWriter(format).setMargin(0).encode(
          content, kPlace.width, kPlace.height);
  for (int y = 0; y < code.height(); ++y) {
    for (int x = 0; x < code.width(); ++x) {
      if (!code.get(x, y)) continue;
      image
          .pixels[static_cast<size_t>(kPlace.y + y) * kColumns + kPlace.x + x] =
          ink;
    }
  }
  return image;
}

std::vector<StatedText> Read(const Image& image) {
  auto codes = BarcodeReader().Read({image});
  EXPECT_THAT(codes, IsOk());
  return *codes;
}

void ExpectCode(const std::vector<StatedText>& codes,
                const std::string& content) {
  ASSERT_THAT(codes, SizeIs(1));
  EXPECT_TRUE(codes[0].is_barcode);
  EXPECT_EQ(codes[0].text.Reveal(), content);
}

// Turned clockwise.
Image QuarterTurned(const Image& image) {
  Image turned{.rows = image.columns, .columns = image.rows};
  for (int y = 0; y < turned.rows; ++y) {
    for (int x = 0; x < turned.columns; ++x) {
      turned.pixels.push_back(
          image.pixels[static_cast<size_t>(image.rows - 1 - x) * image.columns +
                       y]);
    }
  }
  return turned;
}

Image Mirrored(Image image) {
  for (int y = 0; y < image.rows; ++y) {
    const auto row = image.pixels.begin() + y * image.columns;
    std::reverse(row, row + image.columns);
  }
  return image;
}

struct CodeCase {
  std::string name;
  BarcodeFormat format;
  std::string content;
};

class BarcodeTest : public testing::TestWithParam<CodeCase> {};

TEST_P(BarcodeTest, IsReadInEitherPolarity) {
  const CodeCase& code = GetParam();
  const Image dark = WithCode(code.format, code.content, 240, 15);
  ExpectCode(Read(dark), code.content);
  ExpectCode(Read(WithCode(code.format, code.content, 15, 240)), code.content);
  EXPECT_GT(OverlapOfSmaller(Read(dark)[0].box, kPlace), 0.5);
}

TEST_P(BarcodeTest, IsReadInEveryOrientationAndInAMirror) {
  const CodeCase& code = GetParam();
  Image image = WithCode(code.format, code.content, 240, 15);
  for (int quarter = 0; quarter < 4; ++quarter) {
    ExpectCode(Read(image), code.content);
    ExpectCode(Read(Mirrored(image)), code.content);
    image = QuarterTurned(image);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Symbologies, BarcodeTest,
    testing::Values(
        CodeCase{"Code128", BarcodeFormat::Code128, "MRN 4711 0815"},
        CodeCase{"Code39", BarcodeFormat::Code39, "PAT0004711"},
        CodeCase{"QrCode", BarcodeFormat::QRCode, "DOE^JANE^19700131"},
        CodeCase{"DataMatrix", BarcodeFormat::DataMatrix, "DOE^JANE 4711"},
        CodeCase{"Pdf417", BarcodeFormat::PDF417, "DOE^JANE 19700131"},
        CodeCase{"Aztec", BarcodeFormat::Aztec, "4711 DOE^JANE"}),
    [](const auto& tested) { return tested.param.name; });

// With modules of a few pixels, on a label.
Image SmallCode(const std::string& content, int x, int y, uint8_t paper,
                uint8_t ink, uint8_t around) {
  constexpr int kModule = 3;
  constexpr int kQuiet = 6;
  Image image = FlatPicture(kRows, kColumns, around);
  const ZXing::BitMatrix code =
      ZXing::MultiFormatWriter(BarcodeFormat::DataMatrix)
          .setMargin(0)
          .encode(content, 0, 0);
  const int side = code.width() * kModule + 2 * kQuiet;
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const int module_x = (column - kQuiet) / kModule;
      const int module_y = (row - kQuiet) / kModule;
      if (y + row >= kRows || x + column >= kColumns) continue;
      const bool dark = column >= kQuiet && row >= kQuiet &&
                        module_x < code.width() && module_y < code.height() &&
                        code.get(module_x, module_y);
      image.pixels[static_cast<size_t>(y + row) * kColumns + x + column] =
          dark ? ink : paper;
    }
  }
  return image;
}

TEST(BarcodeReaderTest, ASmallMatrixIsReadWhereverItStands) {
  for (const int x : {2, 70, 301, 480}) {
    for (const int y : {2, 33, 320}) {
      SCOPED_TRACE(std::to_string(x) + " " + std::to_string(y));
      ExpectCode(Read(SmallCode("05050313|19251102", x, y, 250, 10, 20)),
                 "05050313|19251102");
    }
  }
}

TEST(BarcodeReaderTest, ColoursThatAreEquallyBrightMakeACodeToo) {
  const Image red = SmallCode("H200515-6", 30, 30, 230, 0, 0);
  const Image green = SmallCode("H200515-6", 30, 30, 20, 137, 137);
  Image colour{.rows = kRows, .columns = kColumns, .channels = 3};
  for (size_t i = 0; i < red.pixels.size(); ++i) {
    colour.pixels.insert(colour.pixels.end(),
                         {red.pixels[i], green.pixels[i], 100});
  }
  ExpectCode(Read(colour), "H200515-6");
}

TEST(BarcodeReaderTest, ACodeOfOneViewIsFoundAndOfTwoViewsOnce) {
  const Image code = WithCode(BarcodeFormat::Code128, "MRN 4711 0815", 240, 15);
  const Image blank = FlatPicture(kRows, kColumns, 0);
  ExpectCode(*BarcodeReader().Read({blank, code}), "MRN 4711 0815");
  ExpectCode(*BarcodeReader().Read({code, code}), "MRN 4711 0815");
  EXPECT_THAT(*BarcodeReader().Read({}), IsEmpty());
  BarcodeReader reader;  // knows the code when it sees it again
  for (int frame = 0; frame < 3; ++frame) {
    ExpectCode(*reader.Read({code}), "MRN 4711 0815");
    EXPECT_THAT(*reader.Read({blank}), IsEmpty());
  }
}

// One picture below another of the same width.
Image Below(Image upper, const Image& lower) {
  upper.pixels.insert(upper.pixels.end(), lower.pixels.begin(),
                      lower.pixels.end());
  upper.rows += lower.rows;
  return upper;
}

TEST(BarcodeReaderTest, TwoCodesAreTwo) {
  const Image linear = WithCode(BarcodeFormat::Code128, "MRN 4711", 240, 15);
  const Image matrix = WithCode(BarcodeFormat::QRCode, "DOE^JANE", 240, 15);
  EXPECT_THAT(Read(Below(linear, matrix)), SizeIs(2));
}

// ZXing 1.4 ends the process when it is left to find both.
TEST(BarcodeReaderTest, TwoEqualLinearCodesAreTwoOnesInEveryOrientation) {
  const Image code = WithCode(BarcodeFormat::Code128, "MRN 4711", 240, 15);
  Image two = Below(code, code);
  for (int quarter = 0; quarter < 4; ++quarter) {
    EXPECT_THAT(Read(two), SizeIs(2));
    two = QuarterTurned(two);
  }
}

TEST(BarcodeReaderTest, ALowCodeIsReadAndItsBoxHoldsAllOfIt) {
  Image image = FlatPicture(30, kColumns, 240);
  const Image code = WithCode(BarcodeFormat::Code128, "MRN 4711", 240, 15);
  std::copy_n(code.pixels.begin() + 110 * kColumns, 16 * kColumns,
              image.pixels.begin() + 8 * kColumns);
  const std::vector<StatedText> codes = Read(image);
  ExpectCode(codes, "MRN 4711");
  EXPECT_EQ(codes[0].box.y, 8);
  EXPECT_EQ(codes[0].box.height, 16);
}

TEST(BarcodeReaderTest, NeitherNoiseNorTextIsACode) {
  EXPECT_THAT(Read(NoisePicture(kRows, kColumns, /*seed=*/5)), IsEmpty());
  Image text = FlatPicture(kRows, kColumns, 0);
  DrawText("DOE JANE 1970 IIIIIIIIIIII", 10, 50, {.letter_rows = 40}, &text);
  EXPECT_THAT(Read(text), IsEmpty());
  EXPECT_THAT(Read(FlatPicture(1, 1, 9)), IsEmpty());
}

}  // namespace
}  // namespace burntin
