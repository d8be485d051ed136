// Overlay planes (PS3.3 C.9.2): one bit for each pixel, in groups 6000 to
// 60FE. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_OVERLAY_PLANE_H_
#define BURNTIN_DETECTOR_DICOM_OVERLAY_PLANE_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/image.h"
#include "detector/dicom/dicom_object.h"

class DcmItem;

namespace burntin {

struct OverlayPlane {
  int group = 0;  // 0x6000 to 0x60FE, even
  int rows = 0;
  int columns = 0;
  int frames = 1;
  int origin_row = 1;     // of the image, counted from 1
  int origin_column = 1;  // likewise
  // The bits stand in unused high bits of Pixel Data (retired, but met with).
  bool in_pixel_data = false;
};

std::vector<OverlayPlane> FindOverlays(DcmItem& item);

// Whether the overlay can be read: its layout, its length, the limits.
absl::Status CheckOverlay(DcmItem& item, const OverlayPlane& overlay,
                          const DicomLimits& limits);

// One overlay frame as a picture: 255 where the bit is set, else 0.
absl::StatusOr<Image> ReadOverlay(DcmItem& item, const OverlayPlane& overlay,
                                  int frame);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_OVERLAY_PLANE_H_
