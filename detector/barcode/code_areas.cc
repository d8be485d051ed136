#include "detector/barcode/code_areas.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "detector/barcode/two_tones.h"

namespace burntin {
namespace {

// The thresholds were chosen on 3,000 drawn codes, many of them faint, blurred
// and noisy. Where every busy place was looked at in all poses, 989 were read,
// so 1,022, 44 less and 77 more, in a third of the time on pictures without
// codes.

// Mean difference of neighbouring pixels, in grey levels. A code of contrast
// 100 whose bars are 3 pixels wide on average has 33.
constexpr double kBusy = 8;
// How much more pixels differ across bars than along them.
constexpr double kBars = 2.5;
// How often a line changes from dark to bright and back within a cell: at an
// edge once, across bars more often, where they are at most some 4 pixels wide.
constexpr double kChanges = 1.75;
// Cells across the bars of the shortest code.
constexpr int kLeastBars = 3;
// Cells around those like a code that belong to it or to its quiet zone. More
// would move the middle, around which codes are found.
constexpr int kRoom = 1;
// Codes with wider bars are busy on a reduced picture.
constexpr int kLevels = 4;
constexpr double kMostOfArea = 0.7;

cv::Mat CellMeans(const cv::Mat& values) {
  const cv::Size cells((values.cols + kCodeCell - 1) / kCodeCell,
                       (values.rows + kCodeCell - 1) / kCodeCell);
  cv::Mat whole;
  cv::copyMakeBorder(values, whole, 0, cells.height * kCodeCell - values.rows,
                     0, cells.width * kCodeCell - values.cols,
                     cv::BORDER_REPLICATE);
  cv::Mat means;
  cv::resize(whole, means, cells, 0, 0, cv::INTER_AREA);
  return means;
}

// Mean differences of neighbours in each cell.
struct Differences {
  cv::Mat across;
  cv::Mat down;
};

Differences DifferencesOf(const cv::Mat& grey) {
  cv::Mat across;
  cv::Mat down;
  cv::absdiff(grey.colRange(1, grey.cols), grey.colRange(0, grey.cols - 1),
              across);
  cv::absdiff(grey.rowRange(1, grey.rows), grey.rowRange(0, grey.rows - 1),
              down);
  cv::copyMakeBorder(across, across, 0, 0, 0, 1, cv::BORDER_REPLICATE);
  cv::copyMakeBorder(down, down, 0, 1, 0, 0, cv::BORDER_REPLICATE);
  return {CellMeans(across), CellMeans(down)};
}

// 255 for the cells of `grey` that look like bars, whose neighbours differ so
// much `across` them and `along` them.
cv::Mat BarCells(const cv::Mat& grey, const cv::Mat& across,
                 const cv::Mat& along) {
  cv::Mat cells = (across >= kBusy) & (across >= kBars * along);
  for (int y = 0; y < cells.rows; ++y) {
    for (int x = 0; x < cells.cols; ++x) {
      if (cells.at<uint8_t>(y, x) == 0) continue;
      double low = 0;
      double high = 0;
      cv::minMaxLoc(CodeCell(grey, x, y), &low, &high);
      if (across.at<uint8_t>(y, x) * kCodeCell < kChanges * (high - low)) {
        cells.at<uint8_t>(y, x) = 0;
      }
    }
  }
  return cells;
}

// The boxes, in cells, around marked cells that hang together and what is
// beside them; they may reach beyond the picture.
std::vector<cv::Rect> Groups(const cv::Mat& marks) {
  cv::Mat grown;  // beyond the picture too, so that all groups grow alike
  cv::copyMakeBorder(marks, grown, kRoom, kRoom, kRoom, kRoom,
                     cv::BORDER_CONSTANT, 0);
  cv::dilate(grown, grown, {}, {-1, -1}, kRoom);
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count =
      cv::connectedComponentsWithStats(grown, labels, stats, centroids);
  std::vector<cv::Rect> groups;
  for (int label = 1; label < count; ++label) {
    groups.emplace_back(stats.at<int>(label, cv::CC_STAT_LEFT) - kRoom,
                        stats.at<int>(label, cv::CC_STAT_TOP) - kRoom,
                        stats.at<int>(label, cv::CC_STAT_WIDTH),
                        stats.at<int>(label, cv::CC_STAT_HEIGHT));
  }
  return groups;
}

void AddAreas(const cv::Mat& grey, int scale, const cv::Size& size,
              std::vector<CodeArea>* areas) {
  const Differences of = DifferencesOf(grey);
  const auto add = [&](CodeKind kind, const cv::Rect& cells) {
    const int side = kCodeCell * scale;
    areas->push_back({kind, cv::Rect(cells.x * side, cells.y * side,
                                     cells.width * side, cells.height * side) &
                                cv::Rect({0, 0}, size)});
  };
  for (const cv::Rect& cells : Groups(BarCells(grey, of.across, of.down))) {
    if (cells.width >= kLeastBars + 2 * kRoom) {
      add(CodeKind::kUprightBars, cells);
    }
  }
  for (const cv::Rect& cells : Groups(BarCells(grey, of.down, of.across))) {
    if (cells.height >= kLeastBars + 2 * kRoom) {
      add(CodeKind::kLyingBars, cells);
    }
  }
  for (const cv::Rect& cells :
       Groups(TwoTonedCells(grey, cv::max(of.across, of.down) >= kBusy))) {
    add(CodeKind::kMatrix, cells);
  }
}

}  // namespace

std::vector<CodeArea> CodeAreas(const cv::Mat& grey) {
  std::vector<CodeArea> areas;
  cv::Mat reduced = grey;
  for (int level = 0; level < kLevels; ++level) {
    if (std::min(reduced.rows, reduced.cols) < 2) break;
    AddAreas(reduced, 1 << level, grey.size(), &areas);
    cv::resize(reduced, reduced, {}, 0.5, 0.5, cv::INTER_AREA);
  }
  // An area that fills most of another one is looked at with it. A smaller one
  // is not: a two-dimensional code is found around the middle only.
  std::sort(areas.begin(), areas.end(), [](const auto& a, const auto& b) {
    return a.place.area() > b.place.area();
  });
  std::vector<CodeArea> distinct;
  for (const CodeArea& area : areas) {
    const bool is_seen = std::any_of(
        distinct.begin(), distinct.end(), [&](const CodeArea& other) {
          return other.kind == area.kind &&
                 (other.place & area.place) == area.place &&
                 area.place.area() >= kMostOfArea * other.place.area();
        });
    if (!is_seen) distinct.push_back(area);
  }
  return distinct;
}

}  // namespace burntin
