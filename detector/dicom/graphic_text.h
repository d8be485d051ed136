// Text that presentation states draw over images (PS3.3 C.10.5). Private to
// detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_GRAPHIC_TEXT_H_
#define BURNTIN_DETECTOR_DICOM_GRAPHIC_TEXT_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/dicom/place.h"

class DcmItem;

namespace burntin {

// The text objects as one place with one plane, which has no picture.
// `text_objects` are items that hold Unformatted Text
// Value (0070,0006), at any depth of `dataset`, whose character set applies.
// A box is what the item says in pixels, else empty. UNSUPPORTED_PLACE where
// they are more than stated_text_limits.h allows.
absl::StatusOr<std::unique_ptr<Place>> MakeGraphicText(
    DcmItem& dataset, const std::vector<DcmItem*>& text_objects);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_GRAPHIC_TEXT_H_
