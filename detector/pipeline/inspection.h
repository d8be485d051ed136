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

// The parts that an inspection works with. Does not own them.
struct InspectionParts {
  Runner* runner;
  std::vector<PlaneReader*> readers;  // one for each worker of `runner`
  const PhiMatcher* matcher;
};

// Never throws and never fails: whatever goes wrong is in the report.
InstanceReport InspectObject(DicomObject& object, const InspectionParts& parts,
                             const InspectOptions& options, int findings_limit);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_INSPECTION_H_
