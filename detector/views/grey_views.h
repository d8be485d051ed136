// Views of grey pixels. Private to detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_GREY_VIEWS_H_
#define BURNTIN_DETECTOR_VIEWS_GREY_VIEWS_H_

#include "detector/base/plane.h"
#include "detector/views/levels.h"
#include "detector/views/views.h"

namespace burntin {

// The whole range, the bulk of the values, the header's windows and tables.
// `levels` has one channel and at least one pixel.
PlaneViews GreyViews(const Levels& levels, const PixelMeaning& meaning);

// Channels as one picture of as many, over the whole range, and over the bulk
// of the values where they have more than 8 bits.
PlaneViews ChannelViews(const Levels& levels);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_GREY_VIEWS_H_
