#include "detector/barcode/two_tones.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/core/hal/intrin.hpp>
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

// The pixels of a cell one after the other.
struct CellPixels {
  std::array<uint8_t, kCodeCell * kCodeCell> values;
  int count = 0;
};

CellPixels PixelsOf(const cv::Mat& cell) {
  CellPixels pixels;
  for (int y = 0; y < cell.rows; ++y) {
    std::copy_n(cell.ptr<uint8_t>(y), cell.cols, &pixels.values[pixels.count]);
    pixels.count += cell.cols;
  }
  return pixels;
}

// How many pixels are at most `grey`.
int CountUpTo(const CellPixels& pixels, int grey) {
  constexpr int kAtOnce = cv::v_uint8x16::nlanes;
  static_assert(kCodeCell * kCodeCell / kAtOnce < kGreys);  // so counts fit
  const auto most = static_cast<uint8_t>(grey);
  const uint8_t* pixel = pixels.values.data();
  const uint8_t* end = pixel + pixels.count;
  cv::v_uint8x16 counts = cv::v_setzero_u8();
  for (; end - pixel >= kAtOnce; pixel += kAtOnce) {
    // Where a comparison holds it says 255, which counts as -1.
    counts = cv::v_sub_wrap(counts, cv::v_load(pixel) <= cv::v_setall_u8(most));
  }
  auto count = static_cast<int>(cv::v_reduce_sum(counts));
  for (; pixel < end; ++pixel) count += *pixel <= most;
  return count;
}

// The first grey up to which so many pixels are, at least.
int GreyWithUpTo(const CellPixels& pixels, int least) {
  int low = 0;
  int high = kGreys - 1;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (CountUpTo(pixels, middle) < least) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
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
  const CellPixels pixels = PixelsOf(cell);
  // So many pixels are at most `low`, and at least `high`.
  const int outliers = static_cast<int>(std::ceil(kOutliers * pixels.count));
  const int low = GreyWithUpTo(pixels, outliers);
  const int high = GreyWithUpTo(pixels, pixels.count - outliers + 1);
  if (low == high) return 0;
  const double near = kNearEnd * (high - low);
  const Tones tones = {.dark = low + near, .bright = high - near};
  const double middle = 0.5 * (high + low);
  const int dark = CountUpTo(pixels, static_cast<int>(middle));
  const int bright = pixels.count - dark;
  const int at_low = CountUpTo(pixels, static_cast<int>(tones.dark));
  const int at_high =
      pixels.count -
      CountUpTo(pixels, static_cast<int>(std::ceil(tones.bright)) - 1);
  if (std::min(dark, bright) < kLeastHalf * pixels.count ||
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
