#include "detector/text/score_map.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

namespace burntin {
namespace {

// A line steeper than this is turned by a quarter, not tilted.
constexpr float kSteepDegrees = 60;

double MeanWithin(const cv::Mat& map, const std::vector<cv::Point>& contour) {
  const cv::Rect bounds = cv::boundingRect(contour);
  cv::Mat mask = cv::Mat::zeros(bounds.size(), CV_8U);
  const std::vector<std::vector<cv::Point>> contours = {contour};
  cv::drawContours(mask, contours, 0, 255, cv::FILLED, cv::LINE_8,
                   cv::noArray(), 0, -bounds.tl());
  return cv::mean(map(bounds), mask)[0];
}

// The same rectangle with its width along the reading direction.
cv::RotatedRect AlongText(cv::RotatedRect box) {
  const bool turned = box.size.width < box.size.height ||
                      (box.size.width < 1.5F * box.size.height &&
                       std::fabs(box.angle) >= kSteepDegrees);
  if (turned) {
    std::swap(box.size.width, box.size.height);
    box.angle += box.angle > 0 ? -90.0F : 90.0F;
  }
  return box;
}

std::optional<TextLine> LineOf(const cv::Mat& map,
                               const std::vector<cv::Point>& contour,
                               const ScoreMapRules& rules) {
  cv::RotatedRect box = AlongText(cv::minAreaRect(contour));
  // The rectangle runs through the centres of the outermost pixels.
  box.size.width += 1;
  box.size.height += 1;
  if (std::min(box.size.width, box.size.height) < rules.least_side) {
    return std::nullopt;
  }
  const double likelihood = MeanWithin(map, contour);
  if (likelihood < rules.line_threshold) return std::nullopt;
  const float circumference = 2 * (box.size.width + box.size.height);
  const float grow =
      rules.grow_by_area * box.size.area() / circumference +
      rules.grow_by_side * std::min(box.size.width, box.size.height);
  box.size.width += 2 * grow;
  box.size.height += 2 * grow;
  cv::Point2f points[4];  // bottom left, top left, top right, bottom right
  box.points(points);
  TextLine line{.likelihood = likelihood};
  for (size_t i = 0; i < line.corners.size(); ++i) {
    line.corners[i] = {points[i].x, points[i].y};
  }
  return line;
}

}  // namespace

std::vector<TextLine> LinesOfScoreMap(const cv::Mat& map,
                                      const ScoreMapRules& rules) {
  const cv::Mat binary = map > rules.pixel_threshold;
  std::vector<std::vector<cv::Point>> contours;
  // Two levels: outlines of components, whether or not they stand in another
  // one's hole, and below them the holes' outlines.
  std::vector<cv::Vec4i> hierarchy;
  cv::findContours(binary, contours, hierarchy, cv::RETR_CCOMP,
                   cv::CHAIN_APPROX_SIMPLE);
  std::vector<TextLine> lines;
  for (size_t i = 0; i < contours.size(); ++i) {
    const bool is_hole = hierarchy[i][3] >= 0;
    if (is_hole) continue;
    if (const auto line = LineOf(map, contours[i], rules))
      lines.push_back(*line);
  }
  return lines;
}

}  // namespace burntin
