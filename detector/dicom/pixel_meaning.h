// What a header says about the values of stored pixels. Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_PIXEL_MEANING_H_
#define BURNTIN_DETECTOR_DICOM_PIXEL_MEANING_H_

#include "absl/status/statusor.h"
#include "detector/dicom/functional_groups.h"
#include "detector/dicom/pixel_layout.h"
#include "detector/views/views.h"

class DcmItem;

namespace burntin {

// Reads windows, lookup tables and palettes of `item`; for one frame of an
// enhanced image, those of its functional `groups` before all
// others. `layout` is that of the decoded frame. A damaged palette is an
// error; a damaged window or lookup table is left out, since views of the
// whole range of values need none.
absl::StatusOr<PixelMeaning> ReadPixelMeaning(DcmItem& item,
                                              const FunctionalGroups& groups,
                                              const PixelLayout& layout,
                                              int frame);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_PIXEL_MEANING_H_
