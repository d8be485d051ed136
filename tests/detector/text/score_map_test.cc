#include "detector/text/score_map.h"

#include <gmock/gmock.h>

#include <opencv2/imgproc.hpp>
#include <vector>

#include "detector/text/line_geometry.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kSide = 200;
constexpr ScoreMapRules kRules = {.pixel_threshold = 0.3,
                                  .line_threshold = 0.5,
                                  .least_side = 3,
                                  .grow_by_area = 1.6F};

std::vector<TextLine> Lines(const cv::Mat& map) {
  return LinesOfScoreMap(map, kRules);
}

cv::Mat Empty() { return cv::Mat::zeros(kSide, kSide, CV_32F); }

// A map with one filled rectangle, turned by `degrees`.
cv::Mat Bar(const cv::Size2f& size, float degrees, double probability = 0.9) {
  cv::Mat map = Empty();
  cv::Point2f corners[4];
  cv::RotatedRect({100, 100}, size, degrees).points(corners);
  std::vector<cv::Point> polygon;
  for (const cv::Point2f& corner : corners) polygon.emplace_back(corner);
  cv::fillConvexPoly(map, polygon, cv::Scalar(probability));
  return map;
}

double LengthOf(const TextLine& line) {
  return std::hypot(line.corners[2].x - line.corners[1].x,
                    line.corners[2].y - line.corners[1].y);
}

double HeightOf(const TextLine& line) {
  return std::hypot(line.corners[0].x - line.corners[1].x,
                    line.corners[0].y - line.corners[1].y);
}

TEST(ScoreMapTest, AnEmptyMapHasNoLine) {
  EXPECT_THAT(Lines(Empty()), IsEmpty());
}

TEST(ScoreMapTest, ABarIsALineGrownOnAllSides) {
  const std::vector<TextLine> lines = Lines(Bar({100, 10}, /*degrees=*/0));
  ASSERT_THAT(lines, SizeIs(1));
  const Box box = BoundingBox(lines[0], kSide, kSide);
  EXPECT_LT(box.x, 50);
  EXPECT_GT(box.x, 30);
  EXPECT_LT(box.y, 95);
  EXPECT_GT(box.y, 80);
  EXPECT_NEAR(box.x + box.width / 2, 100, 2);
  EXPECT_NEAR(box.y + box.height / 2, 100, 2);
  EXPECT_NEAR(lines[0].likelihood, 0.9, 0.01);
  EXPECT_EQ(QuarterTurn(lines[0]), 0);
}

TEST(ScoreMapTest, ATurnedBarIsATurnedLine) {
  for (const float degrees : {-80.0F, -45.0F, -20.0F, 20.0F, 45.0F, 80.0F}) {
    const std::vector<TextLine> lines = Lines(Bar({100, 10}, degrees));
    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_GT(LengthOf(lines[0]), 100);
    EXPECT_LT(HeightOf(lines[0]), 40);
  }
}

TEST(ScoreMapTest, AnUprightBarRunsAlongItsLength) {
  const std::vector<TextLine> lines = Lines(Bar({10, 100}, /*degrees=*/0));
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_GT(LengthOf(lines[0]), HeightOf(lines[0]));
  EXPECT_EQ(QuarterTurn(lines[0]) % 180, 90);
}

TEST(ScoreMapTest, TwoBarsAreTwoLines) {
  cv::Mat map = Empty();
  map(cv::Rect(20, 20, 100, 8)) = 0.9;
  map(cv::Rect(20, 60, 100, 8)) = 0.9;
  EXPECT_THAT(Lines(map), SizeIs(2));
}

TEST(ScoreMapTest, ABarInsideARingIsALine) {
  cv::Mat map = Bar({100, 10}, /*degrees=*/0);
  cv::rectangle(map, cv::Rect(20, 40, 160, 120), cv::Scalar(0.9), 4);
  const std::vector<TextLine> lines = Lines(map);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_LT(BoundingBox(lines[0], kSide, kSide).height, 40);
}

TEST(ScoreMapTest, AnUnsureBarIsNoLine) {
  EXPECT_THAT(Lines(Bar({100, 10}, 0, /*probability=*/0.4)), IsEmpty());
  EXPECT_THAT(Lines(Bar({100, 10}, 0, /*probability=*/0.2)), IsEmpty());
}

struct SpeckCase {
  std::string name;
  cv::Rect speck;
};

class SpeckTest : public testing::TestWithParam<SpeckCase> {};

TEST_P(SpeckTest, IsNoLineAndHidesNone) {
  cv::Mat map = Bar({100, 10}, /*degrees=*/0);
  map(GetParam().speck) = 0.9;
  EXPECT_THAT(Lines(map), SizeIs(1));
}

// OpenCV's own reader of such maps fails on components of no width.
INSTANTIATE_TEST_SUITE_P(
    Specks, SpeckTest,
    testing::Values(SpeckCase{"OnePixel", {10, 10, 1, 1}},
                    SpeckCase{"OnePixelInTheCorner", {0, 0, 1, 1}},
                    SpeckCase{"ALineOfOneRow", {10, 10, 50, 1}},
                    SpeckCase{"ALineOfOneColumn", {10, 10, 1, 50}},
                    SpeckCase{"ALineOfTwoRows", {10, 198, 90, 2}}),
    [](const auto& tested) { return tested.param.name; });

TEST(ScoreMapTest, AMapThatIsAllTextIsOneLine) {
  EXPECT_THAT(Lines(cv::Mat(kSide, kSide, CV_32F, 0.9F)), SizeIs(1));
}

}  // namespace
}  // namespace burntin
