// Finds the text on one plane in full. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_PLANE_LOOK_H_
#define BURNTIN_DETECTOR_PIPELINE_PLANE_LOOK_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/plane.h"
#include "detector/base/region.h"
#include "detector/dicom/dicom_object.h"
#include "detector/pipeline/inspection.h"
#include "detector/pipeline/part_reader.h"
#include "detector/report.h"
#include "detector/text/text_finder.h"

namespace burntin {

struct NumberedText;

// What a call works with and adds its costs to.
struct FrameTools {
  DicomObject* object;
  PlaneReader* reader;
  PartReader* parts;  // null: every frame is looked at in full
  const Settles* settles;
  Timings* timings;
  int64_t* pixels;  // set to those of the plane
  // Whether the verdict is certain whatever else this frame shows: texts that
  // stand on it, or frames before it, identify a person. For what is no cine,
  // nobody asks.
  std::function<bool(const std::vector<NumberedText>&)> is_identified = {};
  // The frame is an object of its own: what this one may leave open, the next
  // one's verdict needs.
  bool is_object = false;
};

// Decodes all that `plane` shows. A picture has views; what is none may have
// stated text only.
absl::StatusOr<DecodedPlane> DecodePlane(const PlaneId& plane,
                                         const FrameTools& tools);

// The text of a decoded plane, every view of which is looked at in full.
absl::StatusOr<std::vector<TextRegion>> LookAt(const DecodedPlane& decoded,
                                               const FrameTools& tools);

// Text that needs no reading.
TextRegion RegionOf(const StatedText& stated);

void AddTimings(const TextTimings& text, Timings* timings);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_PLANE_LOOK_H_
