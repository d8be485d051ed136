#include "detector/barcode/barcode_reader.h"

// ZXing then gives text as UTF-8.
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "detector/barcode/area_memory.h"
#include "detector/barcode/code_areas.h"
#include "detector/base/error.h"

namespace burntin {
namespace {

// Lines of pixels that have to agree on a linear code: noise reads as one now
// and then, never so often alike.
constexpr uint8_t kAgreeingLines = 3;
// Readings of one text that are this close, in pixels, are of one code.
constexpr int kSameCode = 16;
// Rows of one linear code differ by less than this on average, in grey levels.
constexpr double kSameBars = 40;
// Codes that are looked for in one pose of one area.
constexpr int kMostCodes = 64;
// An area is the same if another picture's covers so much of it.
constexpr double kSameArea = 0.8;

// How a part of the picture is shown to ZXing.
struct Pose {
  bool inverse = false;   // bright for dark
  bool mirrored = false;  // left for right
  bool turned = false;    // a quarter clockwise, after that
};

// PDF417 is among both: its rows may be so low that it looks like a matrix.
const ZXing::BarcodeFormats kMatrix = ZXing::BarcodeFormat::MatrixCodes;
const ZXing::BarcodeFormats kBars =
    ZXing::BarcodeFormats(ZXing::BarcodeFormat::LinearCodes) |
    ZXing::BarcodeFormat::PDF417;

// ZXing turns, inverts and reduces pictures itself when asked to, finds many
// codes at a time, and then compares what it found. Version 1.4 ends the
// process when it compares linear codes that it saw on several lines (an
// assertion), so it is asked for one code of one picture at a time.
//
// It reads each line of pixels forwards and backwards for linear codes, so that
// a mirror shows it others only.
ZXing::DecodeHints HintsFor(CodeKind kind, const Pose& pose) {
  ZXing::DecodeHints hints;
  if (kind == CodeKind::kMatrix) {
    hints.setFormats(kMatrix);
  } else {
    hints.setFormats(pose.mirrored ? ZXing::BarcodeFormat::PDF417 : kBars);
  }
  hints.setTryHarder(true);
  hints.setTryRotate(false);
  hints.setTryDownscale(false);
  hints.setMinLineCount(kAgreeingLines);
  hints.setMaxNumberOfSymbols(1);
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

// The smallest rectangle around `points`, within a picture of this size.
cv::Rect Around(const std::vector<cv::Point>& points, const cv::Size& size) {
  return cv::boundingRect(points) & cv::Rect({0, 0}, size);
}

bool IsLinear(const ZXing::Result& code) {
  return ZXing::BarcodeFormats(ZXing::BarcodeFormat::LinearCodes)
      .testFlag(code.format());
}

// Where `code` is on the posed picture. Of a linear one ZXing tells some lines
// only; its bars go on as long as rows are alike.
cv::Rect PlaceOf(const ZXing::Result& code, const cv::Mat& posed) {
  std::vector<cv::Point> corners;
  for (const auto& corner : code.position()) {
    corners.emplace_back(corner.x, corner.y);
  }
  cv::Rect place = Around(corners, posed.size());
  if (place.empty() || !IsLinear(code)) return place;
  const cv::Mat columns = posed.colRange(place.x, place.x + place.width);
  const cv::Mat line = columns.row(place.y + place.height / 2).clone();
  const auto is_alike = [&](int row) {
    return cv::norm(columns.row(row), line, cv::NORM_L1) <
           kSameBars * line.cols;
  };
  int top = place.y;
  int bottom = place.y + place.height;
  while (top > 0 && is_alike(top - 1)) --top;
  while (bottom < posed.rows && is_alike(bottom)) ++bottom;
  return {place.x, top, place.width, bottom - top};
}

// The same place on the part that was posed, whose size this is.
cv::Rect Unposed(const cv::Rect& place, const Pose& pose,
                 const cv::Size& size) {
  const cv::Point last(place.x + place.width - 1, place.y + place.height - 1);
  return Around({Unposed(place.tl(), pose, size), Unposed(last, pose, size)},
                size);
}

void ReadPose(const cv::Mat& part, CodeKind kind, const Pose& pose,
              std::vector<PlacedCode>* codes) {
  cv::Mat posed = Posed(part, pose);
  const ZXing::DecodeHints hints = HintsFor(kind, pose);
  const auto add = [&](std::string text, const cv::Rect& place) {
    if (!text.empty()) codes->push_back({PhiText(std::move(text)), place});
  };
  for (int i = 0; i < kMostCodes; ++i) {
    const ZXing::ImageView shown(posed.data, posed.cols, posed.rows,
                                 ZXing::ImageFormat::Lum,
                                 static_cast<int>(posed.step));
    const ZXing::Result code = ZXing::ReadBarcode(shown, hints);
    if (!code.isValid()) return;
    const cv::Rect place = PlaceOf(code, posed);
    if (place.empty()) {
      add(code.text(), {{0, 0}, part.size()});
      return;
    }
    add(code.text(), Unposed(place, pose, part.size()));
    posed(place).setTo(cv::mean(posed(place)));  // to see the next one
  }
}

// Bars are read in their direction, all else in both.
std::vector<PlacedCode> CodesIn(const cv::Mat& part, CodeKind kind) {
  std::vector<PlacedCode> codes;
  for (const bool turned : {false, true}) {
    if (kind == (turned ? CodeKind::kUprightBars : CodeKind::kLyingBars)) {
      continue;
    }
    for (const bool inverse : {false, true}) {
      for (const bool mirrored : {false, true}) {
        ReadPose(part, kind, {inverse, mirrored, turned}, &codes);
      }
    }
  }
  return codes;
}

// Reads the codes of one plane.
class PlaneReading {
 public:
  explicit PlaneReading(AreaMemory& memory) : memory_(memory) {}

  void Read(const Image& view) {
    const cv::Mat picture(view.rows, view.columns, CV_8UC(view.channels),
                          const_cast<uint8_t*>(view.pixels.data()));
    if (view.channels == 1) {
      ReadCodeAreas(picture, {});
      return;
    }
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
    const std::vector<CodeArea> seen = ReadCodeAreas(grey, {});
    // Colours may be equally bright.
    std::vector<cv::Mat> colours;
    cv::split(picture, colours);
    for (const cv::Mat& colour : colours) ReadCodeAreas(colour, seen);
  }

  std::vector<StatedText> Take() { return std::move(codes_); }

 private:
  // Reads and returns those areas that are not in `seen` as well.
  std::vector<CodeArea> ReadCodeAreas(const cv::Mat& grey,
                                      const std::vector<CodeArea>& seen) {
    std::vector<CodeArea> areas = CodeAreas(grey);
    std::erase_if(areas, [&](const CodeArea& area) {
      return std::any_of(seen.begin(), seen.end(), [&](const CodeArea& other) {
        return other.kind == area.kind && (other.place & area.place).area() >=
                                              kSameArea * area.place.area();
      });
    });
    for (const CodeArea& area : areas) ReadArea(grey, area);
    return areas;
  }

  void ReadArea(const cv::Mat& grey, const CodeArea& area) {
    const cv::Mat part = grey(area.place);
    std::optional<std::vector<PlacedCode>> codes =
        memory_.Find(area.kind, part);
    if (!codes) {
      codes = CodesIn(part, area.kind);
      memory_.Add(area.kind, part, *codes);
    }
    for (const PlacedCode& code : *codes) Add(code, area.place.tl());
  }

  // A code is seen in several poses.
  void Add(const PlacedCode& code, const cv::Point& area) {
    const Box box = {code.place.x + area.x, code.place.y + area.y,
                     code.place.width, code.place.height};
    const Box around = {box.x - kSameCode, box.y - kSameCode,
                        box.width + 2 * kSameCode, box.height + 2 * kSameCode};
    for (StatedText& known : codes_) {
      if (known.text.Reveal() != code.text.Reveal() ||
          Intersect(known.box, around).Area() == 0) {
        continue;
      }
      known.box = Unite(known.box, box);
      return;
    }
    codes_.push_back({.box = box, .text = code.text, .is_barcode = true});
  }

  AreaMemory& memory_;
  std::vector<StatedText> codes_;
};

}  // namespace

BarcodeReader::BarcodeReader() : memory_(std::make_unique<AreaMemory>()) {}

BarcodeReader::~BarcodeReader() = default;

absl::StatusOr<std::vector<StatedText>> BarcodeReader::Read(
    const PlaneViews& views) {
  try {
    static std::once_flag once;  // a decoding process may start no thread
    std::call_once(once, [] { cv::setNumThreads(1); });
    PlaneReading reading(*memory_);
    for (const Image& view : views) {
      if (!view.empty()) reading.Read(view);
    }
    return reading.Take();
  } catch (const std::exception&) {
    return Error(Reason::kEngineFailed,
                 "The barcode reader failed. Look at the object by hand.");
  }
}

}  // namespace burntin
