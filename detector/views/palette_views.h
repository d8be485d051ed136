// Views of pixels that a palette colours. Private to detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_PALETTE_VIEWS_H_
#define BURNTIN_DETECTOR_VIEWS_PALETTE_VIEWS_H_

#include "detector/base/image.h"
#include "detector/base/plane.h"
#include "detector/views/levels.h"
#include "detector/views/views.h"

namespace burntin {

// Whether the tables have entries at all.
bool HasColours(const Palette& palette);

// The picture in its colours, of which the used range is stretched where it
// is narrow. `levels` has one channel and at least one pixel.
Image PaletteView(const Levels& levels, const Palette& palette);

// Adds the picture of grey values below the palette's first and coloured ones
// from there on, where there are such.
void AddSupplementalView(const Levels& levels, const Palette& palette,
                         PlaneViews* views);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_PALETTE_VIEWS_H_
