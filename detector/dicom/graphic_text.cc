#include "detector/dicom/graphic_text.h"

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "dcmtk/dcmdata/dctk.h"
#include "detector/base/error.h"
#include "detector/base/stated_text_limits.h"
#include "detector/dicom/utf8_text.h"

namespace burntin {
namespace {

// Positions beyond this are no pixels of any image.
constexpr float kFarthest = 1e6;

struct Point {
  float x = 0;
  float y = 0;
};

// Column and row, counted from 1 (PS3.3 C.10.5.1.2).
std::optional<Point> PointAt(DcmItem& item, const DcmTagKey& tag) {
  Point point;
  if (item.findAndGetFloat32(tag, point.x, 0).bad() ||
      item.findAndGetFloat32(tag, point.y, 1).bad() ||
      !(std::abs(point.x) < kFarthest) || !(std::abs(point.y) < kFarthest)) {
    return std::nullopt;
  }
  return point;
}

bool IsInPixels(DcmItem& item, const DcmTagKey& units_tag) {
  OFString units;
  item.findAndGetOFString(units_tag, units);
  return units == "PIXEL";
}

Box BoxOf(DcmItem& item) {
  const auto first = PointAt(item, DCM_BoundingBoxTopLeftHandCorner);
  const auto last = PointAt(item, DCM_BoundingBoxBottomRightHandCorner);
  if (first && last && IsInPixels(item, DCM_BoundingBoxAnnotationUnits)) {
    // The text may run along any side: corners come in any order.
    const auto left = static_cast<int>(std::min(first->x, last->x)) - 1;
    const auto top = static_cast<int>(std::min(first->y, last->y)) - 1;
    const auto right = static_cast<int>(std::max(first->x, last->x));
    const auto bottom = static_cast<int>(std::max(first->y, last->y));
    return {left, top, right - left, bottom - top};
  }
  const auto anchor = PointAt(item, DCM_AnchorPoint);
  if (anchor && IsInPixels(item, DCM_AnchorPointAnnotationUnits)) {
    return {static_cast<int>(anchor->x) - 1, static_cast<int>(anchor->y) - 1, 1,
            1};
  }
  return {};
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::string line;
  for (const char c : text + '\n') {
    if (c != '\n' && c != '\r') {
      line += c;
    } else if (!line.empty()) {
      lines.push_back(std::exchange(line, {}));
    }
  }
  return lines;
}

// `part` of `count` parts of a length. Both may be large.
int PartOf(int length, int part, int count) {
  return static_cast<int>(int64_t{length} * part / count);
}

absl::Status TooMuch() {
  return Error(Reason::kUnsupportedPlace,
               "A presentation state draws more text than can be inspected. "
               "Look at it by hand.");
}

class GraphicText final : public Place {
 public:
  explicit GraphicText(std::vector<StatedText> texts)
      : texts_(std::move(texts)) {}

  std::vector<PlaneId> Planes() const override {
    return {{.source = Source::kGraphicAnnotation}};
  }

  absl::StatusOr<DecodedPlane> Decode(int) override {
    return DecodedPlane{.stated = texts_};
  }

 private:
  const std::vector<StatedText> texts_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Place>> MakeGraphicText(
    DcmItem& dataset, const std::vector<DcmItem*>& text_objects) {
  Utf8Text utf8(dataset);
  std::vector<StatedText> texts;
  StatedTextCount stated;
  for (DcmItem* object : text_objects) {
    OFString value;
    object->findAndGetOFStringArray(DCM_UnformattedTextValue, value);
    const std::vector<std::string> lines = Lines(utf8.Convert(value));
    const auto count = static_cast<int>(lines.size());
    const Box box = BoxOf(*object);
    for (int i = 0; i < count; ++i) {
      // One below another within the box.
      const int top = PartOf(box.height, i, count);
      const int height = PartOf(box.height, i + 1, count) - top;
      stated.Add(lines[static_cast<size_t>(i)].size());
      if (!stated.IsWithinLimits()) return TooMuch();
      texts.push_back({.box = {box.x, box.y + top, box.width, height},
                       .text = PhiText(lines[static_cast<size_t>(i)])});
    }
  }
  return std::make_unique<GraphicText>(std::move(texts));
}

}  // namespace burntin
