#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"
#include "detector/dicom/dicom_object.h"
#include "detector/pipeline/decoder.h"

namespace burntin {
namespace {

cv::Mat ToBgr(const Image& image) {
  const cv::Mat shared(image.rows, image.columns, CV_8UC(image.channels),
                       const_cast<uint8_t*>(image.pixels.data()));
  cv::Mat bgr;
  cv::cvtColor(shared, bgr,
               image.channels == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_RGB2BGR);
  return bgr;
}

int LongerSide(const cv::Mat& picture) {
  return std::max(picture.rows, picture.cols);
}

cv::Mat ScaledDown(const cv::Mat& picture, int max_side) {
  const double scale = static_cast<double>(max_side) / LongerSide(picture);
  const auto scaled = [&](int side) {
    return std::max(1, cvRound(side * scale));
  };
  cv::Mat small;
  cv::resize(picture, small,
             cv::Size(scaled(picture.cols), scaled(picture.rows)), 0, 0,
             cv::INTER_AREA);
  return small;
}

std::string ToPng(const cv::Mat& picture) {
  std::vector<uint8_t> png;
  cv::imencode(".png", picture, png);
  return {png.begin(), png.end()};
}

// Around the box, but within the picture where the box reaches its edge.
void Outline(const Box& box, double scale, cv::Mat* picture) {
  const int width = std::max(1, LongerSide(*picture) / 500);
  const auto draw = [&](int distance, const cv::Scalar& colour) {
    const int left = static_cast<int>(box.x * scale) - distance;
    const int top = static_cast<int>(box.y * scale) - distance;
    const int right = cvCeil((box.x + box.width) * scale) - 1 + distance;
    const int bottom = cvCeil((box.y + box.height) * scale) - 1 + distance;
    cv::rectangle(*picture, {std::max(left, 0), std::max(top, 0)},
                  {std::min(right, picture->cols - 1),
                   std::min(bottom, picture->rows - 1)},
                  colour, width);
  };
  // Blue, green, red: an orange that stands out of grey images, beside black,
  // which shows it on whatever is bright.
  draw(2 * width, {0, 0, 0});
  draw(width, {0, 140, 255});
}

RenderedFrame Encode(const Image& image, int max_side,
                     const std::vector<Box>& outlined) {
  RenderedFrame rendered{.columns = image.columns, .rows = image.rows};
  cv::Mat picture = ToBgr(image);
  if (LongerSide(picture) > max_side) {
    rendered.scale = static_cast<double>(max_side) / LongerSide(picture);
    picture = ScaledDown(picture, max_side);
  }
  for (const Box& box : outlined) Outline(box, rendered.scale, &picture);
  rendered.png = ToPng(picture);
  return rendered;
}

absl::StatusOr<RenderedFrame> Render(const Decoder& decoder,
                                     const std::string& path,
                                     const PlaneId& plane, int max_side,
                                     const std::vector<Box>& outlined) {
  ASSIGN_OR_RETURN(const std::unique_ptr<DicomObject> object,
                   OpenObject(decoder, path, InspectLimits()));
  ASSIGN_OR_RETURN(const DecodedPlane decoded, object->Decode(plane));
  if (decoded.views.empty()) {
    return Error(Reason::kUnsupportedPlace,
                 "The place has no picture. Read its text in the report.");
  }
  return Encode(decoded.views.front(), max_side, outlined);
}

absl::Status CannotShrink() {
  return Error(Reason::kInternalFailure,
               "The picture cannot be scaled down. Open the object in a "
               "viewer.");
}

absl::StatusOr<RenderedFrame> Shrink(RenderedFrame rendered, int max_side,
                                     int64_t max_bytes) {
  const auto too_large = [&] {
    return static_cast<int64_t>(rendered.png.size()) > max_bytes;
  };
  const cv::Mat whole = cv::imdecode(
      std::vector<uint8_t>(rendered.png.begin(), rendered.png.end()),
      cv::IMREAD_COLOR);
  if (whole.empty()) return CannotShrink();
  int side = LongerSide(whole);
  const double scale_of_whole = rendered.scale / side;
  while (side > max_side || too_large()) {
    // A fifth less at a time, so that not much more is lost than has to be.
    const int smaller = std::min(max_side, side - std::max(1, side / 5));
    if (smaller < 1 || smaller >= side) return CannotShrink();
    side = smaller;
    rendered.png = ToPng(ScaledDown(whole, side));
    rendered.scale = scale_of_whole * side;
  }
  return rendered;
}

}  // namespace

absl::StatusOr<RenderedFrame> RenderFrame(const Decoder& decoder,
                                          const std::string& path,
                                          Source source, int source_index,
                                          int frame, int max_side,
                                          const std::vector<Box>& outlined) {
  try {
    return Render(
        decoder, path,
        {.source = source, .source_index = source_index, .frame = frame},
        max_side, outlined);
  } catch (...) {
    return Error(Reason::kInternalFailure,
                 "A picture of the frame could not be made. Open the object "
                 "in a viewer.");
  }
}

absl::StatusOr<RenderedFrame> ShrinkPicture(RenderedFrame rendered,
                                            int max_side, int64_t max_bytes) {
  try {
    return Shrink(std::move(rendered), max_side, max_bytes);
  } catch (...) {
    return CannotShrink();
  }
}

}  // namespace burntin
