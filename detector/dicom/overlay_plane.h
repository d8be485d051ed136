// Overlay planes (PS3.3 C.9.2): one bit for each pixel, in groups 6000 to
// 60FE. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_OVERLAY_PLANE_H_
#define BURNTIN_DETECTOR_DICOM_OVERLAY_PLANE_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "detector/dicom/dicom_object.h"
#include "detector/dicom/place.h"

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
  int bit_position = 0;  // in a cell of the pixel data; for these only
};

std::vector<OverlayPlane> FindOverlays(DcmItem& item);

// Overlays of their own data as places, with `index_base` added to the group
// for the index; what is wrong with others goes to `omissions`.
std::vector<std::unique_ptr<Place>> MakeOverlayPlaces(
    DcmItem& item, int index_base, const DicomLimits& limits,
    std::vector<absl::Status>* omissions);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_OVERLAY_PLANE_H_
