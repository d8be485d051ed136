// Whether what changed could be a barcode. Private to detector/temporal.
#ifndef BURNTIN_DETECTOR_TEMPORAL_CODE_EVIDENCE_H_
#define BURNTIN_DETECTOR_TEMPORAL_CODE_EVIDENCE_H_

#include "detector/base/image.h"
#include "detector/temporal/cell_areas.h"

namespace burntin {

// Whether the `changed` cells of `view` may hold a barcode or a
// two-dimensional code: places that are as busy as detector/barcode wants them,
// at any of its scales and in any channel, and of two tones. Tissue and noise
// are as busy now and then, but of all tones.
bool MayHoldCode(const Image& view, const CellMarks& changed);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEMPORAL_CODE_EVIDENCE_H_
