// The views of a plane as they come together. Private to detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_VIEW_SET_H_
#define BURNTIN_DETECTOR_VIEWS_VIEW_SET_H_

#include "detector/base/plane.h"

namespace burntin {

// Adds `view` unless it shows what one of `views` shows: no pixel differs by
// more than a few greys.
void AddIfNew(Image view, PlaneViews* views);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_VIEW_SET_H_
