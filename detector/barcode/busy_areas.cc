#include "detector/barcode/busy_areas.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace burntin {
namespace {

constexpr int kCellSide = 16;
// Mean difference of neighbouring pixels, in grey levels. A code of contrast
// 100 whose bars are 3 pixels wide on average has 33.
constexpr double kBusy = 16;
// Areas that are shorter, both ways, have no room for a code that could be
// read; a linear code may be one cell high.
constexpr int kLeastCells = 2;
constexpr int kQuietZone = 16;
// Codes with wider bars are busy on a reduced picture.
constexpr int kLevels = 3;
constexpr double kMostOfArea = 0.7;

cv::Mat CellMeans(const cv::Mat& values) {
  const cv::Size cells((values.cols + kCellSide - 1) / kCellSide,
                       (values.rows + kCellSide - 1) / kCellSide);
  cv::Mat whole;
  cv::copyMakeBorder(values, whole, 0, cells.height * kCellSide - values.rows,
                     0, cells.width * kCellSide - values.cols,
                     cv::BORDER_REPLICATE);
  cv::Mat means;
  cv::resize(whole, means, cells, 0, 0, cv::INTER_AREA);
  return means;
}

// 255 for each busy cell.
cv::Mat BusyCells(const cv::Mat& grey) {
  cv::Mat across;
  cv::Mat down;
  cv::absdiff(grey.colRange(1, grey.cols), grey.colRange(0, grey.cols - 1),
              across);
  cv::absdiff(grey.rowRange(1, grey.rows), grey.rowRange(0, grey.rows - 1),
              down);
  cv::copyMakeBorder(across, across, 0, 0, 0, 1, cv::BORDER_REPLICATE);
  cv::copyMakeBorder(down, down, 0, 1, 0, 0, cv::BORDER_REPLICATE);
  return cv::max(CellMeans(across), CellMeans(down)) >= kBusy;
}

void AddAreas(const cv::Mat& grey, int scale, const cv::Size& size,
              std::vector<cv::Rect>* areas) {
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count = cv::connectedComponentsWithStats(BusyCells(grey), labels,
                                                     stats, centroids);
  const int side = kCellSide * scale;
  for (int label = 1; label < count; ++label) {
    const int width = stats.at<int>(label, cv::CC_STAT_WIDTH);
    const int height = stats.at<int>(label, cv::CC_STAT_HEIGHT);
    if (std::max(width, height) < kLeastCells) continue;
    const int quiet = kQuietZone * scale;
    const cv::Rect area(stats.at<int>(label, cv::CC_STAT_LEFT) * side - quiet,
                        stats.at<int>(label, cv::CC_STAT_TOP) * side - quiet,
                        width * side + 2 * quiet, height * side + 2 * quiet);
    areas->push_back(area & cv::Rect({0, 0}, size));
  }
}

}  // namespace

std::vector<cv::Rect> BusyAreas(const cv::Mat& grey) {
  std::vector<cv::Rect> areas;
  cv::Mat reduced = grey;
  for (int level = 0; level < kLevels; ++level) {
    if (std::min(reduced.rows, reduced.cols) < 2) break;
    AddAreas(reduced, 1 << level, grey.size(), &areas);
    cv::resize(reduced, reduced, {}, 0.5, 0.5, cv::INTER_AREA);
  }
  // An area that fills most of another one is looked at with it. A smaller one
  // is not: a two-dimensional code is found around the middle only.
  std::sort(
      areas.begin(), areas.end(),
      [](const cv::Rect& a, const cv::Rect& b) { return a.area() > b.area(); });
  std::vector<cv::Rect> distinct;
  for (const cv::Rect& area : areas) {
    const bool is_seen = std::any_of(
        distinct.begin(), distinct.end(), [&](const cv::Rect& other) {
          return (other & area) == area &&
                 area.area() >= kMostOfArea * other.area();
        });
    if (!is_seen) distinct.push_back(area);
  }
  return distinct;
}

}  // namespace burntin
