#include "detector/barcode/code_areas.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using ZXing::BarcodeFormat;

constexpr int kRows = 480;
constexpr int kColumns = 640;

cv::Mat Grey(uint8_t value) {
  return {kRows, kColumns, CV_8U, cv::Scalar(value)};
}

// A code of made-up content; returns where it is.
cv::Rect Draw(BarcodeFormat format, int module, int rows_of_bars,
              cv::Mat* grey) {
  const ZXing::BitMatrix code =
      ZXing::MultiFormatWriter(format).setMargin(0).encode("A47110815", 1, 1);
  const int height = rows_of_bars > 0 ? rows_of_bars : code.height() * module;
  const cv::Rect place(90, 70, code.width() * module, height);
  for (int y = 0; y < place.height; ++y) {
    for (int x = 0; x < place.width; ++x) {
      if (code.get(x / module, rows_of_bars > 0 ? 0 : y / module)) {
        grey->at<uint8_t>(place.y + y, place.x + x) = 20;
      }
    }
  }
  return place;
}

// Whether an area of this kind holds all of `place`.
bool Holds(const std::vector<CodeArea>& areas, CodeKind kind,
           const cv::Rect& place) {
  return std::any_of(areas.begin(), areas.end(), [&](const CodeArea& area) {
    return area.kind == kind && (area.place & place) == place;
  });
}

TEST(CodeAreasTest, BarsAreFoundInTheirDirection) {
  for (const int module : {1, 2, 3, 5}) {
    SCOPED_TRACE(module);
    cv::Mat upright = Grey(230);
    const cv::Rect place = Draw(BarcodeFormat::Code128, module, 40, &upright);
    EXPECT_TRUE(Holds(CodeAreas(upright), CodeKind::kUprightBars, place));
    EXPECT_TRUE(Holds(CodeAreas(upright.t()), CodeKind::kLyingBars,
                      {place.y, place.x, place.height, place.width}));
    EXPECT_FALSE(Holds(CodeAreas(upright), CodeKind::kLyingBars, place));
  }
}

TEST(CodeAreasTest, AMatrixIsFoundWhateverItsModulesMeasure) {
  for (const int module : {3, 5, 8, 12}) {
    SCOPED_TRACE(module);
    cv::Mat grey = Grey(230);
    const cv::Rect place = Draw(BarcodeFormat::QRCode, module, 0, &grey);
    EXPECT_TRUE(Holds(CodeAreas(grey), CodeKind::kMatrix, place));
    cv::GaussianBlur(grey, grey, {}, module / 5.0);
    EXPECT_TRUE(Holds(CodeAreas(grey), CodeKind::kMatrix, place));
  }
}

TEST(CodeAreasTest, ACodeAtTheEndOfAPictureOfAnySizeIsFound) {
  cv::Mat grey = Grey(230);
  const cv::Rect place = Draw(BarcodeFormat::Code128, 2, 40, &grey);
  for (const int room : {0, 1, 3, 9}) {
    SCOPED_TRACE(room);
    // Rows of the part do not follow each other in memory.
    const cv::Mat part = grey(cv::Rect(5, 7, place.x + place.width + room - 5,
                                       place.y + place.height + room - 7));
    const std::vector<CodeArea> areas = CodeAreas(part);
    EXPECT_TRUE(Holds(areas, CodeKind::kUprightBars, place - cv::Point(5, 7)));
    EXPECT_EQ(CodeAreas(part.clone()), areas);
  }
}

TEST(CodeAreasTest, SpeckleEdgesAndFlatGroundAreNone) {
  EXPECT_THAT(CodeAreas(Grey(7)), IsEmpty());
  Image noise = NoisePicture(kRows, kColumns, /*seed=*/1);
  EXPECT_THAT(CodeAreas(cv::Mat(kRows, kColumns, CV_8U, noise.pixels.data())),
              IsEmpty());
  cv::Mat edges = Grey(10);
  cv::rectangle(edges, {100, 60, 200, 300}, 240, cv::FILLED);
  cv::circle(edges, {450, 240}, 60, 240, cv::FILLED);
  EXPECT_THAT(CodeAreas(edges), IsEmpty());
}

TEST(CodeAreasTest, APictureOfAPixelHasNone) {
  EXPECT_THAT(CodeAreas(cv::Mat(1, 1, CV_8U, cv::Scalar(9))), IsEmpty());
  EXPECT_THAT(CodeAreas(cv::Mat(1, 500, CV_8U, cv::Scalar(9))), IsEmpty());
}

}  // namespace
}  // namespace burntin
