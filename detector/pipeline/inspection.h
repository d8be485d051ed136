// Joins dicom, text, phi and policy: inspects one object over a runner.
// Private to detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_INSPECTION_H_
#define BURNTIN_DETECTOR_PIPELINE_INSPECTION_H_

#include <memory>
#include <vector>

#include "detector/base/runner.h"
#include "detector/detector.h"
#include "detector/dicom/dicom_object.h"
#include "detector/phi/matcher.h"
#include "detector/text/text_finder.h"

namespace burntin {

// What finds text on a plane. One object serves one thread at a time.
class PlaneReader {
 public:
  virtual ~PlaneReader() = default;
  virtual absl::StatusOr<std::vector<TextRegion>> Find(
      const std::vector<Image>& views, const Settles& settles,
      TextTimings* timings) = 0;
};

class PartReader;
class SeriesMemories;

// The parts that an inspection works with. Does not own them.
struct InspectionParts {
  Runner* runner;
  std::vector<PlaneReader*> readers;  // one for each worker of `runner`
  const PhiMatcher* matcher;
  // One for each worker. With them, the frames of a cine are inspected one
  // after the other, each only where it differs from those before; see
  // frame_inspector.h. Empty: every frame in full, the oracle.
  std::vector<PartReader*> part_readers = {};
  // With them, and with `part_readers`, the picture of an object that has one
  // is compared with others of its series. Null: each is looked at in full.
  SeriesMemories* series = nullptr;
};

// Never throws and never fails: whatever goes wrong is in the report, which is
// the same for any runner; with `series`, it depends on the pictures before.
InstanceReport InspectObject(DicomObject& object, const InspectionParts& parts,
                             const InspectOptions& options, int findings_limit);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_INSPECTION_H_
