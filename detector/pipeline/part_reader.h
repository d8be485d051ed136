// Looks at parts of a plane: what temporal inspection needs beside a
// PlaneReader. Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_PART_READER_H_
#define BURNTIN_DETECTOR_PIPELINE_PART_READER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/base/region.h"
#include "detector/text/text_finder.h"

namespace burntin {

// One object serves one thread at a time. See TextFinder for both calls.
class PartReader {
 public:
  virtual ~PartReader() = default;
  virtual absl::StatusOr<GlanceMap> Glance(const Image& view, const Box& area,
                                           TextTimings* timings) = 0;
  virtual absl::StatusOr<PartText> FindIn(
      const std::vector<Image>& views,
      const std::vector<std::vector<Box>>& areas, const std::vector<Box>& known,
      const Settles& settles, TextTimings* timings) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_PART_READER_H_
