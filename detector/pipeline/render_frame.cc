#include <algorithm>
#include <limits>
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

RenderedFrame Encode(const Image& image, int max_side) {
  RenderedFrame rendered{.columns = image.columns, .rows = image.rows};
  const int longer = std::max(image.rows, image.columns);
  cv::Mat picture = ToBgr(image);
  if (longer > max_side) {
    rendered.scale = static_cast<double>(max_side) / longer;
    const auto scaled = [&](int side) {
      return std::max(1, cvRound(side * rendered.scale));
    };
    cv::resize(picture, picture,
               cv::Size(scaled(image.columns), scaled(image.rows)), 0, 0,
               cv::INTER_AREA);
  }
  std::vector<uint8_t> png;
  cv::imencode(".png", picture, png);
  rendered.png.assign(png.begin(), png.end());
  return rendered;
}

absl::StatusOr<RenderedFrame> Render(const Decoder& decoder,
                                     const std::string& path,
                                     const PlaneId& plane, int max_side) {
  ASSIGN_OR_RETURN(const std::unique_ptr<DicomObject> object,
                   OpenObject(decoder, path, InspectLimits()));
  ASSIGN_OR_RETURN(const DecodedPlane decoded, object->Decode(plane));
  if (decoded.views.empty()) {
    return Error(Reason::kUnsupportedPlace,
                 "The place has no picture. Read its text in the report.");
  }
  return Encode(decoded.views.front(), max_side);
}

}  // namespace

absl::StatusOr<RenderedFrame> RenderFrame(const Decoder& decoder,
                                          const std::string& path,
                                          Source source, int source_index,
                                          int frame, int max_side) {
  try {
    return Render(
        decoder, path,
        {.source = source, .source_index = source_index, .frame = frame},
        max_side);
  } catch (...) {
    return Error(Reason::kInternalFailure,
                 "A picture of the frame could not be made. Open the object "
                 "in a viewer.");
  }
}

}  // namespace burntin
