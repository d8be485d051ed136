#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "detector/base/status_macros.h"
#include "detector/text/line_geometry.h"
#include "detector/text/opencv_edge.h"
#include "detector/text/text_detector.h"

namespace burntin {
namespace {

// Measured: without a border, a name line at row 0 was lost; without
// doubling, 100 instead of 115 of 117 identifying pictures were found.
constexpr int kBorder = 16;
constexpr int kSmallSide = 384;
// A picture smaller than this has no room for three letters of 5 pixels, and
// its doubled pixels look like digits.
constexpr int kLeastSide = 16;
// A tile holds a line of text with its surroundings; tiles overlap by more
// than the height of any line, so a line is whole in one of them or is cut
// across its length and mended by JoinLines.
constexpr int kTileSide = 1024;
constexpr int kTileOverlap = 192;

// First positions of tiles that cover [0, length).
std::vector<int> TileStarts(int length) {
  std::vector<int> starts = {0};
  while (starts.back() + kTileSide < length) {
    const int next = starts.back() + kTileSide - kTileOverlap;
    starts.push_back(std::min(next, length - kTileSide));
  }
  return starts;
}

cv::Mat Enlarge(const Image& image, int factor) {
  if (factor == 1) return AsMat(image);
  cv::Mat enlarged;
  cv::resize(AsMat(image), enlarged, {}, factor, factor, cv::INTER_CUBIC);
  return enlarged;
}

Image WithBorder(const cv::Mat& mat) {
  cv::Mat bordered;
  cv::copyMakeBorder(mat, bordered, kBorder, kBorder, kBorder, kBorder,
                     cv::BORDER_CONSTANT);
  return ToImage(bordered);
}

// Whether all pixels are equal: nothing can stand there.
bool IsFlat(const cv::Mat& mat) {
  double low = 0;
  double high = 0;
  cv::minMaxIdx(mat.reshape(1), &low, &high);
  return low == high;
}

class ScalingTextDetector final : public TextDetector {
 public:
  explicit ScalingTextDetector(std::unique_ptr<TextDetector> inner)
      : inner_(std::move(inner)) {}

  absl::StatusOr<std::vector<TextLine>> Detect(const Image& image) override {
    const int longer = std::max(image.rows, image.columns);
    if (longer < kLeastSide) return std::vector<TextLine>();
    const int factor = longer <= kSmallSide ? 2 : 1;
    ASSIGN_OR_RETURN(
        const cv::Mat pixels,
        OpenCvCall(Reason::kEngineFailed,
                   "A frame could not be enlarged. Look at it by hand.",
                   [&] { return Enlarge(image, factor); }));
    std::vector<TextLine> lines;
    const std::vector<cv::Rect> tiles = Tiles(pixels.size());
    for (const cv::Rect& tile : tiles) {
      RETURN_IF_ERROR(DetectTile(pixels(tile), tile.tl(), factor, &lines));
    }
    return tiles.size() == 1 ? lines : JoinLines(std::move(lines));
  }

 private:
  static std::vector<cv::Rect> Tiles(const cv::Size& size) {
    const bool whole =
        std::max(size.width, size.height) + 2 * kBorder <= kMaxDetectorSide;
    if (whole) return {cv::Rect({0, 0}, size)};
    std::vector<cv::Rect> tiles;
    for (const int y : TileStarts(size.height)) {
      for (const int x : TileStarts(size.width)) {
        const cv::Rect tile(x, y, kTileSide, kTileSide);
        tiles.push_back(tile & cv::Rect({0, 0}, size));
      }
    }
    return tiles;
  }

  absl::Status DetectTile(const cv::Mat& tile, const cv::Point& origin,
                          int factor, std::vector<TextLine>* lines) {
    if (IsFlat(tile)) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Image bordered,
                     OpenCvCall(Reason::kEngineFailed,
                                "A frame could not be cut. Look at it by hand.",
                                [&] { return WithBorder(tile); }));
    ASSIGN_OR_RETURN(std::vector<TextLine> found, inner_->Detect(bordered));
    const auto scale = static_cast<float>(factor);
    for (TextLine& line : found) {
      for (Corner& corner : line.corners) {
        corner.x = (corner.x - kBorder + static_cast<float>(origin.x)) / scale;
        corner.y = (corner.y - kBorder + static_cast<float>(origin.y)) / scale;
      }
      lines->push_back(line);
    }
    return absl::OkStatus();
  }

  std::unique_ptr<TextDetector> inner_;
};

}  // namespace

std::unique_ptr<TextDetector> MakeScalingTextDetector(
    std::unique_ptr<TextDetector> inner) {
  return std::make_unique<ScalingTextDetector>(std::move(inner));
}

}  // namespace burntin
