#include "detector/text/blanked.h"

#include <algorithm>
#include <array>
#include <opencv2/core.hpp>

#include "detector/text/opencv_edge.h"

namespace burntin {
namespace {

constexpr int kValues = 256;

using Counts = std::array<int, kValues>;

// The commonest value of one channel on the edge of `part`.
int CommonestOnEdge(const cv::Mat& part, int channel) {
  Counts counts = {};
  const int channels = part.channels();
  for (int row = 0; row < part.rows; ++row) {
    const bool is_edge = row == 0 || row == part.rows - 1;
    const int step = is_edge ? 1 : std::max(1, part.cols - 1);
    const auto* pixel = part.ptr<uint8_t>(row) + channel;
    for (int x = 0; x < part.cols; x += step) ++counts[pixel[x * channels]];
  }
  return static_cast<int>(std::max_element(counts.begin(), counts.end()) -
                          counts.begin());
}

}  // namespace

absl::StatusOr<Image> Blanked(const Image& view,
                              const std::vector<Box>& boxes) {
  return OpenCvCall(
      Reason::kEngineFailed,
      "A part of a frame could not be blanked. Look at it by hand.", [&] {
        Image blanked = view;
        cv::Mat picture = AsMat(blanked);
        for (const Box& box : boxes) {
          const Box inside = Intersect(box, {0, 0, view.columns, view.rows});
          if (inside.Area() == 0) continue;
          cv::Mat part = picture(
              cv::Rect(inside.x, inside.y, inside.width, inside.height));
          cv::Scalar colour;
          for (int i = 0; i < view.channels; ++i) {
            colour[i] = CommonestOnEdge(part, i);
          }
          part.setTo(colour);
        }
        return blanked;
      });
}

}  // namespace burntin
