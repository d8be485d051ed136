#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "detector/base/boxes.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/text_candidates.h"

namespace burntin {
namespace {

// Pixels are judged by cells of this side. The smallest letters fill one.
constexpr int kCellSide = 8;
// Cells around one that shows something which are looked at as well: the
// detector wants to see letters' surroundings.
constexpr int kMarginCells = 4;
// Grey levels squared. Four pixels of a letter that stands out by 12 give a
// cell a variance of 8; what JPEG leaves in black stays below this.
constexpr double kFlatVariance = 4;
// What a view before leaves unexplained of a cell, in all and as a share of the
// cell's variance, up to which it shows all that the cell does.
constexpr double kExplainedVariance = 36;
constexpr double kUnexplainedShare = 0.5;
// A view before shows a cell well enough with this variance, or with this
// share of the later view's.
constexpr double kPlainVariance = 400;
constexpr double kEqualShare = 0.5;
// Larger views, and views with more areas, are looked at whole: the floats of
// one channel take 4 bytes a pixel, and joining areas takes the square of their
// number.
constexpr int64_t kMostPixels = int64_t{1} << 24;
constexpr int kMostAreas = 500;

// Means over cells, of floats.
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

// One channel of a view with its statistics by cell.
struct Channel {
  explicit Channel(const cv::Mat& grey) {
    grey.convertTo(values, CV_32F);
    means = CellMeans(values);
    variances = CellMeans(values.mul(values)) - means.mul(means);
  }

  cv::Mat values;
  cv::Mat means;
  cv::Mat variances;
};

std::vector<Channel> ChannelsOf(const Image& view) {
  std::vector<cv::Mat> greys;
  cv::split(AsMat(view), greys);
  return {greys.begin(), greys.end()};
}

// 255 for each cell of which `shown` shows all that `channel` does: one is
// nearly a linear function of the other, and of no much higher contrast.
cv::Mat ShownAsWell(const Channel& channel, const Channel& shown) {
  const cv::Mat covariances = CellMeans(channel.values.mul(shown.values)) -
                              channel.means.mul(shown.means);
  cv::Mat explained;
  cv::divide(covariances.mul(covariances), shown.variances + 1e-3, explained);
  const cv::Mat unexplained = channel.variances - explained;
  return (unexplained <= kExplainedVariance) &
         (unexplained <= kUnexplainedShare * channel.variances) &
         ((shown.variances >= kPlainVariance) |
          (shown.variances >= kEqualShare * channel.variances));
}

// 255 for each cell of `view` that holds something new.
cv::Mat NewCells(const std::vector<Channel>& view,
                 const std::vector<Channel>& shown) {
  cv::Mat cells = cv::Mat::zeros(view.front().means.size(), CV_8U);
  for (const Channel& channel : view) {
    cv::Mat fresh = channel.variances > kFlatVariance;
    for (const Channel& before : shown) {
      if (cv::countNonZero(fresh) == 0) break;
      fresh &= ~ShownAsWell(channel, before);
    }
    cells |= fresh;
  }
  return cells;
}

// Boxes, in pixels, around the cells that hang together.
std::vector<Box> AreasOf(const cv::Mat& cells, const cv::Size& pixels) {
  constexpr int kSide = 2 * kMarginCells + 1;
  cv::Mat grown;
  cv::dilate(cells, grown,
             cv::getStructuringElement(cv::MORPH_RECT, {kSide, kSide}));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centroids;
  const int count =
      cv::connectedComponentsWithStats(grown, labels, stats, centroids);
  if (count > kMostAreas) return {{0, 0, pixels.width, pixels.height}};
  std::vector<Box> areas;
  for (int label = 1; label < count; ++label) {
    const auto at = [&](int what) {
      return stats.at<int>(label, what) * kCellSide;
    };
    const Box box = {at(cv::CC_STAT_LEFT), at(cv::CC_STAT_TOP),
                     at(cv::CC_STAT_WIDTH), at(cv::CC_STAT_HEIGHT)};
    areas.push_back(Intersect(box, {0, 0, pixels.width, pixels.height}));
  }
  return JoinOverlapping(std::move(areas));
}

class ContrastCandidates final : public TextCandidates {
 public:
  absl::StatusOr<std::vector<Box>> Find(const std::vector<Image>& views,
                                        size_t index) override {
    return OpenCvCall(Reason::kEngineFailed,
                      "A frame could not be searched. Look at it by hand.",
                      [&] { return Run(views, index); });
  }

 private:
  static std::vector<Box> Run(const std::vector<Image>& views, size_t index) {
    const Image& view = views[index];
    if (view.empty()) return {};
    if (int64_t{view.rows} * view.columns > kMostPixels) {
      return {{0, 0, view.columns, view.rows}};
    }
    std::vector<Channel> shown;
    for (size_t i = 0; i < index; ++i) {
      for (Channel& channel : ChannelsOf(views[i])) {
        shown.push_back(std::move(channel));
      }
    }
    return AreasOf(NewCells(ChannelsOf(view), shown),
                   {view.columns, view.rows});
  }
};

}  // namespace

std::unique_ptr<TextCandidates> MakeContrastCandidates() {
  return std::make_unique<ContrastCandidates>();
}

}  // namespace burntin
