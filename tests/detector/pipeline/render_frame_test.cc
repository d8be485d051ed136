#include <gmock/gmock.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

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
                                       int frame = 0,
                                       const std::vector<Box>& outlined = {}) {
    return RenderFrame(
        Decoder(), folder_.Write("object", MakeDicom(SpecOf(image))),
        Source::kFrame, /*source_index=*/0, frame, max_side, outlined);
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

// Where the line of an outline runs.
cv::Rect Outlined(const RenderedFrame& rendered) {
  cv::Mat orange;
  cv::inRange(Picture(rendered), cv::Scalar(0, 140, 255),
              cv::Scalar(0, 140, 255), orange);
  return cv::boundingRect(orange);
}

TEST_F(RenderFrameTest, ABoxIsOutlinedAndLeftInSight) {
  const Image image = NoisePicture(100, 200, /*seed=*/1);
  const auto plain = Render(image, 200);
  const auto rendered = Render(image, 200, 0, {{40, 30, 50, 20}});
  ASSERT_THAT(plain, IsOk());
  ASSERT_THAT(rendered, IsOk());
  EXPECT_EQ(Outlined(*rendered), cv::Rect(39, 29, 52, 22));
  const cv::Rect box(40, 30, 50, 20);
  EXPECT_EQ(cv::norm(Picture(*rendered)(box), Picture(*plain)(box)), 0);
}

TEST_F(RenderFrameTest, ABoxOfAScaledFrameIsOutlinedWhereItIsThen) {
  const auto rendered = Render(FlatPicture(1000, 2000, /*grey=*/90), 200, 0,
                               {{400, 300, 500, 200}});
  ASSERT_THAT(rendered, IsOk());
  EXPECT_EQ(Outlined(*rendered), cv::Rect(39, 29, 52, 22));
}

TEST_F(RenderFrameTest, ABoxAtTheEdgeIsOutlinedWithinThePicture) {
  const auto rendered =
      Render(FlatPicture(100, 200, /*grey=*/90), 200, 0, {{0, 0, 200, 100}});
  ASSERT_THAT(rendered, IsOk());
  EXPECT_EQ(Outlined(*rendered), cv::Rect(0, 0, 200, 100));
}

TEST_F(RenderFrameTest, APictureIsShrunkToASideAndToBytes) {
  const auto whole = Render(NoisePicture(400, 300, /*seed=*/1), 200);
  ASSERT_THAT(whole, IsOk());
  const auto narrow = ShrinkPicture(*whole, 100, int64_t{1} << 20);
  ASSERT_THAT(narrow, IsOk());
  EXPECT_EQ(Picture(*narrow).size(), cv::Size(75, 100));
  EXPECT_DOUBLE_EQ(narrow->scale, 0.25);
  EXPECT_EQ(narrow->rows, 400);
  const auto small = ShrinkPicture(*whole, 200, 5'000);
  ASSERT_THAT(small, IsOk());
  EXPECT_LE(small->png.size(), 5'000u);
  EXPECT_GT(small->png.size(), 2'000u);
  EXPECT_DOUBLE_EQ(small->scale * 400, Picture(*small).rows);
}

TEST_F(RenderFrameTest, APictureThatFitsStaysAsItIs) {
  const auto whole = Render(NoisePicture(40, 30, /*seed=*/1), 200);
  ASSERT_THAT(whole, IsOk());
  const auto same = ShrinkPicture(*whole, 40, int64_t{1} << 20);
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->png, whole->png);
  EXPECT_EQ(same->scale, 1);
}

TEST_F(RenderFrameTest, WhatCannotBeShrunkIsAnError) {
  EXPECT_THAT(ShrinkPicture({.png = "no picture"}, 40, 1'000),
              FailsWith(Reason::kInternalFailure));
  const auto whole = Render(NoisePicture(40, 30, /*seed=*/1), 200);
  ASSERT_THAT(whole, IsOk());
  EXPECT_THAT(ShrinkPicture(*whole, 40, /*max_bytes=*/10),
              FailsWith(Reason::kInternalFailure));
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
