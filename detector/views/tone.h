// Tones: what grey each level is shown as. Private to detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_TONE_H_
#define BURNTIN_DETECTOR_VIEWS_TONE_H_

#include <cstdint>
#include <vector>

#include "detector/base/image.h"
#include "detector/views/levels.h"
#include "detector/views/views.h"

namespace burntin {

// A grey for each level; empty where a header's values make no sense.
using Tone = std::vector<uint8_t>;

// A level that occurs.
struct UsedLevel {
  double value = 0;  // its share of the greatest of all values, in [-1, 1]
  uint32_t level = 0;
  uint32_t pixels = 0;
};

// The levels with a count above 0, ascending by value. `values` are what they
// mean after the modality transformation.
std::vector<UsedLevel> UsedLevels(const std::vector<double>& values,
                                  const std::vector<uint32_t>& counts);

// From the least value to the greatest. Wide gaps between values are narrowed:
// one dead pixel would squeeze all others into a few greys.
Tone StretchTone(size_t levels, const std::vector<UsedLevel>& used);

// As above without the values that are rare at an end of the range, which are
// shown as the next that is not. Empty unless it doubles the contrast.
Tone CommonTone(size_t levels, const std::vector<UsedLevel>& used);

// PS3.3 C.11.2.1.2.1 and C.11.2.1.3.
Tone WindowTone(const std::vector<double>& values, const Window& window);

// From a table's least entry to its greatest.
Tone TableTone(const std::vector<double>& values, const LookUpTable& table);

// The entry for `value`. `table` is not empty.
double EntryOf(const LookUpTable& table, double value);

// Whether every two levels that differ in `tone` differ as much in `known`,
// or nearly so.
bool ShowsNoMore(const Tone& tone, const Tone& known,
                 const std::vector<UsedLevel>& used);

// `share` of white; black for less than 0 and for what is no number.
uint8_t GreyOf(double share);

// A picture with as many channels as `levels`.
Image Paint(const Levels& levels, const Tone& tone);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_TONE_H_
