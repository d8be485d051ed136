#include "detector/barcode/barcode_reader.h"

// ZXing then gives text as UTF-8.
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>

#include "detector/barcode/busy_areas.h"
#include "detector/base/error.h"

namespace burntin {
namespace {

// Lines of pixels that have to agree on a linear code: noise reads as one now
// and then, never so often alike.
constexpr uint8_t kAgreeingLines = 3;
// Two codes share less of the smaller one's box.
constexpr double kSamePlace = 0.5;

// How a part of the picture is shown to ZXing.
struct Pose {
  bool inverse;   // bright for dark
  bool mirrored;  // left for right
  bool turned;    // a quarter clockwise, after that
};

// ZXing turns, inverts and reduces pictures itself when asked to, and then
// compares what it found in each. Version 1.4 ends the process when it
// compares linear codes that it saw on several lines (an assertion), so it is
// never asked to.
ZXing::DecodeHints Hints() {
  ZXing::DecodeHints hints;
  hints.setTryHarder(true);
  hints.setTryRotate(false);
  hints.setTryDownscale(false);
  hints.setMinLineCount(kAgreeingLines);
  return hints;
}

cv::Mat Posed(const cv::Mat& part, const Pose& pose) {
  cv::Mat posed = part.clone();
  if (pose.inverse) cv::bitwise_not(posed, posed);
  if (pose.mirrored) cv::flip(posed, posed, /*flipCode=*/1);
  if (pose.turned) cv::rotate(posed, posed, cv::ROTATE_90_CLOCKWISE);
  return posed;
}

// Where a point of the posed picture is in the part, whose size this is.
cv::Point Unposed(cv::Point point, const Pose& pose, const cv::Size& size) {
  if (pose.turned) point = {point.y, size.height - 1 - point.x};
  if (pose.mirrored) point.x = size.width - 1 - point.x;
  return point;
}

cv::Rect PlaceOf(const ZXing::Result& code, const Pose& pose,
                 const cv::Rect& part) {
  std::vector<cv::Point> corners;
  for (const auto& corner : code.position()) {
    corners.push_back(Unposed({corner.x, corner.y}, pose, part.size()) +
                      part.tl());
  }
  return cv::boundingRect(corners) & part;
}

class Reader {
 public:
  void Read(const Image& view) {
    const cv::Mat picture(view.rows, view.columns, CV_8UC(view.channels),
                          const_cast<uint8_t*>(view.pixels.data()));
    cv::Mat grey = picture;
    if (view.channels != 1) cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
    for (const cv::Rect& area : BusyAreas(grey)) {
      ReadArea(grey(area), area);
    }
  }

  std::vector<StatedText> Take() { return std::move(codes_); }

 private:
  void ReadArea(const cv::Mat& part, const cv::Rect& area) {
    for (const bool inverse : {false, true}) {
      for (const bool mirrored : {false, true}) {
        for (const bool turned : {false, true}) {
          ReadPose(part, area, {inverse, mirrored, turned});
        }
      }
    }
  }

  void ReadPose(const cv::Mat& part, const cv::Rect& area, const Pose& pose) {
    const cv::Mat posed = Posed(part, pose);
    const ZXing::ImageView shown(posed.data, posed.cols, posed.rows,
                                 ZXing::ImageFormat::Lum,
                                 static_cast<int>(posed.step));
    for (const ZXing::Result& code : ZXing::ReadBarcodes(shown, hints_)) {
      Add(code.text(), PlaceOf(code, pose, area));
    }
  }

  // A code is seen in several poses.
  void Add(std::string text, const cv::Rect& place) {
    const Box box = {place.x, place.y, place.width, place.height};
    const bool is_known =
        std::any_of(codes_.begin(), codes_.end(), [&](const StatedText& known) {
          return OverlapOfSmaller(known.box, box) > kSamePlace;
        });
    if (is_known || box.Area() == 0 || text.empty()) return;
    codes_.push_back(
        {.box = box, .text = PhiText(std::move(text)), .is_barcode = true});
  }

  const ZXing::DecodeHints hints_ = Hints();
  std::vector<StatedText> codes_;
};

}  // namespace

absl::StatusOr<std::vector<StatedText>> ReadBarcodes(const PlaneViews& views) {
  try {
    cv::setNumThreads(1);  // a decoding process may start none
    Reader reader;
    for (const Image& view : views) {
      if (!view.empty()) reader.Read(view);
    }
    return reader.Take();
  } catch (const std::exception&) {
    return Error(Reason::kEngineFailed,
                 "The barcode reader failed. Look at the object by hand.");
  }
}

}  // namespace burntin
