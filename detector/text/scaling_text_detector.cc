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
// Pictures up to this side go to the network whole.
constexpr int kWholeSide = kMaxDetectorSide - 2 * kBorder;
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

cv::Mat Scaled(const Image& image, double scale) {
  if (scale == 1) return AsMat(image);
  cv::Mat scaled;
  cv::resize(AsMat(image), scaled, {}, scale, scale,
             scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  return scaled;
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
    if (longer <= kSmallSide) return DetectScaled(image, 2);
    if (longer <= kWholeSide) return DetectScaled(image, 1);
    std::vector<TextLine> lines;
    for (const cv::Rect& tile : Tiles({image.columns, image.rows})) {
      RETURN_IF_ERROR(DetectPart(AsMat(image)(tile), tile.tl(), 1, &lines));
    }
    lines = JoinLines(std::move(lines));
    // Letters that are high for a tile have the height that the network knows
    // on the picture as a whole.
    ASSIGN_OR_RETURN(
        const std::vector<TextLine> coarse,
        DetectScaled(image, static_cast<double>(kWholeSide) / longer));
    AddUnseen(coarse, &lines);
    return lines;
  }

 private:
  static std::vector<cv::Rect> Tiles(const cv::Size& size) {
    std::vector<cv::Rect> tiles;
    for (const int y : TileStarts(size.height)) {
      for (const int x : TileStarts(size.width)) {
        const cv::Rect tile(x, y, kTileSide, kTileSide);
        tiles.push_back(tile & cv::Rect({0, 0}, size));
      }
    }
    return tiles;
  }

  absl::StatusOr<std::vector<TextLine>> DetectScaled(const Image& image,
                                                     double scale) {
    ASSIGN_OR_RETURN(
        const cv::Mat pixels,
        OpenCvCall(Reason::kEngineFailed,
                   "A frame could not be scaled. Look at it by hand.",
                   [&] { return Scaled(image, scale); }));
    std::vector<TextLine> lines;
    RETURN_IF_ERROR(DetectPart(pixels, {0, 0}, scale, &lines));
    return lines;
  }

  // `part` begins at `origin` of a picture that is `scale` times the frame.
  absl::Status DetectPart(const cv::Mat& part, const cv::Point& origin,
                          double scale, std::vector<TextLine>* lines) {
    if (IsFlat(part)) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Image bordered,
                     OpenCvCall(Reason::kEngineFailed,
                                "A frame could not be cut. Look at it by hand.",
                                [&] { return WithBorder(part); }));
    ASSIGN_OR_RETURN(std::vector<TextLine> found, inner_->Detect(bordered));
    const auto factor = static_cast<float>(scale);
    for (TextLine& line : found) {
      for (Corner& corner : line.corners) {
        corner.x = (corner.x - kBorder + static_cast<float>(origin.x)) / factor;
        corner.y = (corner.y - kBorder + static_cast<float>(origin.y)) / factor;
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
