#include <gmock/gmock.h>

#include <opencv2/imgcodecs.hpp>
#include <string>

#include "detector/detector.h"
#include "tests/testutil/dicom_maker.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

class RenderFrameTest : public testing::Test {
 protected:
  absl::StatusOr<RenderedFrame> Render(const Image& image, int max_side,
                                       int frame = 0) {
    return RenderFrame(Decoder(),
                       folder_.Write("object", MakeDicom(SpecOf(image))),
                       Source::kFrame, /*source_index=*/0, frame, max_side);
  }

  TempDir folder_;
};

cv::Mat Picture(const RenderedFrame& rendered) {
  return cv::imdecode(
      {rendered.png.data(), static_cast<int>(rendered.png.size())},
      cv::IMREAD_COLOR);
}

TEST_F(RenderFrameTest, ASmallFrameKeepsItsSize) {
  const auto rendered = Render(NoisePicture(30, 50, /*seed=*/1), 100);
  ASSERT_THAT(rendered, IsOk());
  EXPECT_EQ(rendered->rows, 30);
  EXPECT_EQ(rendered->columns, 50);
  EXPECT_EQ(rendered->scale, 1);
  EXPECT_EQ(Picture(*rendered).size(), cv::Size(50, 30));
}

TEST_F(RenderFrameTest, ALargeFrameIsScaledToItsLongerSide) {
  const auto rendered = Render(NoisePicture(300, 200, /*seed=*/1), 60);
  ASSERT_THAT(rendered, IsOk());
  EXPECT_EQ(rendered->rows, 300);
  EXPECT_EQ(rendered->columns, 200);
  EXPECT_DOUBLE_EQ(rendered->scale, 0.2);
  EXPECT_EQ(Picture(*rendered).size(), cv::Size(40, 60));
}

TEST_F(RenderFrameTest, AVeryNarrowFrameIsStillAPicture) {
  const auto rendered = Render(NoisePicture(4000, 2, /*seed=*/1), 100);
  ASSERT_THAT(rendered, IsOk());
  EXPECT_EQ(Picture(*rendered).rows, 100);
}

TEST_F(RenderFrameTest, ColoursStayInTheirOrder) {
  Image red{.rows = 1, .columns = 2, .channels = 3};
  red.pixels = {255, 0, 0, 255, 0, 0};
  const auto rendered = Render(red, 100);
  ASSERT_THAT(rendered, IsOk());
  EXPECT_EQ(Picture(*rendered).at<cv::Vec3b>(0, 0), cv::Vec3b(0, 0, 255));
}

TEST_F(RenderFrameTest, AFrameThatIsNotThereIsAnError) {
  for (const int frame : {-1, 1, 7}) {
    EXPECT_THAT(Render(NoisePicture(30, 50, /*seed=*/1), 100, frame),
                FailsWith(Reason::kUnsupportedPlace));
  }
}

TEST_F(RenderFrameTest, AFileThatIsNotThereIsUnreadable) {
  EXPECT_THAT(
      RenderFrame(Decoder(), folder_.File("none"), Source::kFrame, 0, 0, 100),
      FailsWith(Reason::kFileUnreadable));
}

}  // namespace
}  // namespace burntin
