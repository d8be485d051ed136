// Colour models as red, green and blue. Private to detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_COLOUR_H_
#define BURNTIN_DETECTOR_VIEWS_COLOUR_H_

#include "detector/base/image.h"
#include "detector/views/levels.h"
#include "detector/views/views.h"

namespace burntin {

// How many channels a pixel of this meaning has; 0 where any number will do.
int ChannelsOf(Photometric photometric);

// `levels` of RGB, YBR, HSV, ARGB or CMYK as those of red, green and blue,
// with as many bits stored up to 16. `levels` have ChannelsOf(photometric).
Levels ToRgb(const Levels& levels, Photometric photometric, int bits_stored);

// The brightness (ITU-R BT.601) of a picture of three channels; a grey
// picture as it is.
Image BrightnessOf(const Image& image);

// A picture's channels as they are.
Levels LevelsOf(const Image& image);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_COLOUR_H_
