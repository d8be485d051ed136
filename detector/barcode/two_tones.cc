#include "detector/barcode/two_tones.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace burntin {
namespace {

// The share of a cell's bright half, and of its dark half, that is within a
// quarter of the cell's range of its end. Crisp codes have 0.7 and more
// of both, blurred ones 0.6; speckle mostly has 0.3 of the bright one.
constexpr double kTwoTones = 0.6;
constexpr double kNearEnd = 0.25;
// Of a cell, what is bright and what is dark.
constexpr double kLeastHalf = 0.1;
// How often a line of pixels changes from one tone to the other within a cell,
// across or down, on average of a cell and those around it: at an edge once, in
// a code more often, where its modules are at most 5 pixels wide; others are
// seen on a reduced picture.
constexpr double kLeastChanges = 1.25;
constexpr double kAnEdge = 1.1;
// Of a cell, what may lie beyond the ends.
constexpr double kOutliers = 0.05;
// Cells that hang together side by side: the smallest code that can be read
// has as many.
constexpr int kLeastCells = 4;
constexpr int kGreys = 256;

using Counts = std::array<int, kGreys>;

Counts CountGreys(const cv::Mat& cell) {
  // Four tables, so that equal neighbours do not wait for each other.
  std::array<Counts, 4> tables{};
  for (int y = 0; y < cell.rows; ++y) {
    const auto* row = cell.ptr<uint8_t>(y);
    for (int x = 0; x < cell.cols; ++x) ++tables[x % 4][row[x]];
  }
  Counts counts;
  for (int grey = 0; grey < kGreys; ++grey) {
    counts[grey] =
        tables[0][grey] + tables[1][grey] + tables[2][grey] + tables[3][grey];
  }
  return counts;
}

// What is at most `dark` is of one tone, what is at least `bright` of the
// other; all between is of none.
struct Tones {
  double dark = 0;
  double bright = 0;
};

// How often a line changes from tone to tone, on average of the cell's rows.
double ChangesAcross(const cv::Mat& cell, const Tones& tones) {
  int changes = 0;
  for (int y = 0; y < cell.rows; ++y) {
    const auto* row = cell.ptr<uint8_t>(y);
    int tone = 0;
    for (int x = 0; x < cell.cols; ++x) {
      const int next = row[x] <= tones.dark ? -1 : row[x] >= tones.bright;
      if (next == 0) continue;
      if (next == -tone) ++changes;
      tone = next;
    }
  }
  return static_cast<double>(changes) / cell.rows;
}

// How often lines change from tone to tone, in a cell of two tones; else 0.
double ChangesOf(const cv::Mat& cell) {
  const Counts counts = CountGreys(cell);
  const double outliers = kOutliers * cell.rows * cell.cols;
  int low = 0;
  for (int beyond = counts[0]; beyond < outliers; beyond += counts[low]) ++low;
  int high = kGreys - 1;
  for (int beyond = counts[high]; beyond < outliers; beyond += counts[high]) {
    --high;
  }
  const double near = kNearEnd * (high - low);
  const Tones tones = {.dark = low + near, .bright = high - near};
  const double middle = 0.5 * (high + low);
  int dark = 0;
  int bright = 0;
  int at_low = 0;
  int at_high = 0;
  for (int grey = 0; grey < kGreys; ++grey) {
    (grey <= middle ? dark : bright) += counts[grey];
    if (grey <= tones.dark) at_low += counts[grey];
    if (grey >= tones.bright) at_high += counts[grey];
  }
  if (std::min(dark, bright) < kLeastHalf * cell.rows * cell.cols ||
      at_low < kTwoTones * dark || at_high < kTwoTones * bright) {
    return 0;
  }
  return std::max(ChangesAcross(cell, tones), ChangesAcross(cell.t(), tones));
}

}  // namespace

cv::Mat TwoTonedCells(const cv::Mat& grey, const cv::Mat& asked) {
  cv::Mat changes = cv::Mat::zeros(asked.size(), CV_64F);
  for (int y = 0; y < asked.rows; ++y) {
    for (int x = 0; x < asked.cols; ++x) {
      if (asked.at<uint8_t>(y, x) == 0) continue;
      changes.at<double>(y, x) = ChangesOf(CodeCell(grey, x, y));
    }
  }
  const cv::Mat two_toned = changes > 0;
  cv::Mat around;
  cv::Mat count;
  const auto sum = [](const cv::Mat& values, cv::Mat* sums) {
    cv::boxFilter(values, *sums, CV_64F, {3, 3}, {-1, -1}, /*normalize=*/false,
                  cv::BORDER_CONSTANT);
  };
  sum(changes, &around);
  sum(two_toned / 255, &count);
  cv::Mat like_code = (changes > kAnEdge) & (around >= kLeastChanges * count);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  cv::connectedComponentsWithStats(two_toned, labels, stats, centroids,
                                   /*connectivity=*/4);
  for (int y = 0; y < asked.rows; ++y) {
    for (int x = 0; x < asked.cols; ++x) {
      const int label = labels.at<int>(y, x);
      if (stats.at<int>(label, cv::CC_STAT_AREA) < kLeastCells) {
        like_code.at<uint8_t>(y, x) = 0;
      }
    }
  }
  return like_code;
}

}  // namespace burntin
