// Finds the text on one plane in full. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_PLANE_LOOK_H_
#define BURNTIN_DETECTOR_PIPELINE_PLANE_LOOK_H_

#include <cstdint>
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

// What a call works with and adds its costs to.
struct FrameTools {
  DicomObject* object;
  PlaneReader* reader;
  PartReader* parts;  // null where only LookAt is called
  const Settles* settles;
  Timings* timings;
  int64_t* pixels;  // set to those of the plane
};

// Decodes all that `plane` shows and looks at every view in full; the views
// are left in `views`.
absl::StatusOr<std::vector<TextRegion>> LookAt(const PlaneId& plane,
                                               const FrameTools& tools,
                                               PlaneViews* views);

// Text that needs no reading.
TextRegion RegionOf(const StatedText& stated);

// Pixels of what a plane shows; 0 if that is no picture.
int64_t PixelsOf(const PlaneViews& views);

void AddTimings(const TextTimings& text, Timings* timings);

// The error of a picture that was decoded to none.
absl::Status NoPicture();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_PLANE_LOOK_H_
