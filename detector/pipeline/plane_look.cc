#include "detector/pipeline/plane_look.h"

#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"

namespace burntin {
TextRegion RegionOf(const StatedText& stated) {
  TextRegion region;
  region.box = stated.box;
  region.likelihood = 1;
  region.is_barcode = stated.is_barcode;
  region.readings.push_back({.text = stated.text, .confidence = 1});
  return region;
}

void AddTimings(const TextTimings& text, Timings* timings) {
  timings->candidates_ms += text.candidates_ms;
  timings->detect_ms += text.detect_ms;
  timings->recognize_ms += text.recognize_ms;
}

int64_t PixelsOf(const PlaneViews& views) {
  if (views.empty()) return 0;
  return int64_t{views.front().rows} * views.front().columns;
}

absl::Status NoPicture() {
  return Error(Reason::kFrameDecodeFailed,
               "A frame was decoded to no picture. Look at it by hand.");
}

absl::StatusOr<std::vector<TextRegion>> LookAt(const PlaneId& plane,
                                               const FrameTools& tools,
                                               PlaneViews* views) {
  absl::StatusOr<DecodedPlane> decoded = NoPicture();
  {
    const CpuStopwatch watch(&tools.timings->decode_ms);
    decoded = tools.object->Decode(plane);
  }
  RETURN_IF_ERROR(decoded.status());
  if (decoded->views.empty() && IsPicture(plane.source)) return NoPicture();
  *tools.pixels = PixelsOf(decoded->views);
  std::vector<TextRegion> regions;
  if (!decoded->views.empty()) {
    TextTimings timings;
    ASSIGN_OR_RETURN(
        regions, tools.reader->Find(decoded->views, *tools.settles, &timings));
    AddTimings(timings, tools.timings);
  }
  for (const StatedText& stated : decoded->stated) {
    regions.push_back(RegionOf(stated));
  }
  *views = std::move(decoded->views);
  return regions;
}

}  // namespace burntin
