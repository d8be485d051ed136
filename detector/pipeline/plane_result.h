// What one worker found on one plane. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_PLANE_RESULT_H_
#define BURNTIN_DETECTOR_PIPELINE_PLANE_RESULT_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "detector/base/region.h"
#include "detector/dicom/dicom_object.h"
#include "detector/report.h"

namespace burntin {

// A region and what it means. Boxes are on the stored frame.
struct MatchedRegion {
  Box box;
  int orientation = 0;
  bool is_barcode = false;
  Match match;
};

struct PlaneResult {
  absl::Status status;  // ok: inspected to its end
  std::vector<MatchedRegion> regions;
  Timings timings;
  int64_t pixels = 0;  // of the plane, once it was decoded
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_PLANE_RESULT_H_
