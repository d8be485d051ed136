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

absl::StatusOr<DecodedPlane> DecodePlane(const PlaneId& plane,
                                         const FrameTools& tools) {
  const CpuStopwatch watch(&tools.timings->decode_ms);
  ASSIGN_OR_RETURN(DecodedPlane decoded, tools.object->Decode(plane));
  const PlaneViews& views = decoded.views;
  if (views.empty() && IsPicture(plane.source)) {
    return Error(Reason::kFrameDecodeFailed,
                 "A frame was decoded to no picture. Look at it by hand.");
  }
  *tools.pixels =
      views.empty() ? 0 : int64_t{views.front().rows} * views.front().columns;
  return decoded;
}

absl::StatusOr<std::vector<TextRegion>> LookAt(const DecodedPlane& decoded,
                                               const FrameTools& tools) {
  std::vector<TextRegion> regions;
  if (!decoded.views.empty()) {
    TextTimings timings;
    ASSIGN_OR_RETURN(
        regions, tools.reader->Find(decoded.views, *tools.settles, &timings));
    AddTimings(timings, tools.timings);
  }
  for (const StatedText& stated : decoded.stated) {
    regions.push_back(RegionOf(stated));
  }
  return regions;
}

}  // namespace burntin
