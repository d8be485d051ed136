// A plane: one picture within a DICOM object, in which text can stand.
#ifndef BURNTIN_DETECTOR_BASE_PLANE_H_
#define BURNTIN_DETECTOR_BASE_PLANE_H_

#include <vector>

#include "detector/base/image.h"
#include "detector/base/phi_text.h"
#include "detector/base/source.h"

namespace burntin {

// Which plane of an object.
struct PlaneId {
  Source source = Source::kFrame;
  // Which of the object's places of this source; see `Source`. An overlay
  // plane's is its group, 0x6000 to 0x60FE.
  int source_index = 0;
  int frame = 0;  // counted from 0
  // What to add to a position on the plane to get one on the stored frame.
  // Not 0 for overlays with an origin of their own.
  int offset_x = 0;
  int offset_y = 0;

  friend bool operator==(const PlaneId&, const PlaneId&) = default;
};

// Views of the same pixels, equal in size. Text that is invisible in one
// (outside the header's window, say) shows in another.
using PlaneViews = std::vector<Image>;

// Text that needs no reading: what the object states beside its pixels, and
// where it shows it; or what a barcode on the views says.
struct StatedText {
  Box box;
  PhiText text;  // UTF-8
  bool is_barcode = false;
};

// `views` is empty only where the place has no picture (graphic text that is
// drawn by a presentation state, say).
struct DecodedPlane {
  PlaneViews views;
  std::vector<StatedText> stated;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_PLANE_H_
