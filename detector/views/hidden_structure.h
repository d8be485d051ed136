// Finds writing whose contrast is too low for the other views: grey 2 on 0 in
// a picture that runs from 0 to 255, or 253 on 255. Private to detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_HIDDEN_STRUCTURE_H_
#define BURNTIN_DETECTOR_VIEWS_HIDDEN_STRUCTURE_H_

#include "detector/base/plane.h"
#include "detector/views/levels.h"

namespace burntin {

// For each channel of `levels`, at most one view that stretches what `shown`
// (grey views of the same pixels, at least one) leave flat. There is none for
// a channel without such structure, which is the rule.
//
// Structure is what writing is made of: in several neighbouring tiles of
// 16 x 16 pixels, strokes of one tone on another, of which no shown view
// makes more than a few greys. Noise has its values around one tone, its
// strokes are single pixels; shading has no strokes.
//
// With `colours`, a channel's strokes also count as hidden where the shown
// views have much less of their contrast: blue on black, say, or red on green
// of equal brightness.
PlaneViews HiddenStructure(const Levels& levels, const PlaneViews& shown,
                           bool colours);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_HIDDEN_STRUCTURE_H_
