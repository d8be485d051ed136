// Reports text that stands still on many frames once. Private to
// detector/pipeline.
#ifndef BURNTIN_DETECTOR_PIPELINE_FINDING_MERGER_H_
#define BURNTIN_DETECTOR_PIPELINE_FINDING_MERGER_H_

#include <span>
#include <vector>

#include "detector/pipeline/plane_result.h"

namespace burntin {

// The findings of all planes: what is called identifying first, then by risk
// and score, the highest first, then by place, so that whoever cuts the list
// loses the least. Risks are filled in. `planes`
// and `results` run in parallel, each source's frames ascending. Regions of
// one source become one finding if they stand in the same place and read the
// same, or match the same attribute; it has the match of the highest risk.
std::vector<Finding> MergeFindings(std::span<const PlaneId> planes,
                                   std::span<const PlaneResult> results);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PIPELINE_FINDING_MERGER_H_
