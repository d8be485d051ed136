// Stored values in a form that is quick to make views of. Private to
// detector/views.
#ifndef BURNTIN_DETECTOR_VIEWS_LEVELS_H_
#define BURNTIN_DETECTOR_VIEWS_LEVELS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "detector/base/cells.h"
#include "detector/views/views.h"

namespace burntin {

// Each value as a level, an index into an ascending table of what the levels
// mean. Values of up to 16 bits stored have a level each. So have others
// while few of them occur; where many do, neighbouring values share one.
struct Levels {
  int rows = 0;
  int columns = 0;
  int channels = 1;
  std::vector<uint16_t> cells;   // rows * columns * channels
  std::vector<double> meanings;  // finite; by level, in units of stored values
  bool is_even = true;           // meanings follow one another in equal steps
};

// Masks, sign-extends and indexes. Values that are no number count as the
// least that is one. `cells` fit `meaning`; see FitsWord.
Levels MakeLevels(const PixelCells& cells, const PixelMeaning& meaning);

// Whether the stored bits of `meaning` lie within a word of `cells`.
bool FitsWord(const PixelCells& cells, const PixelMeaning& meaning);

// The bits that vary although neither the stored value nor an overlay shows
// them, pushed together into as few levels as hold them; none as a rule.
// Copies of the sign do not count.
std::vector<Levels> UnusedBits(const PixelCells& cells,
                               const PixelMeaning& meaning);

// Whether `a`'s level at a pixel follows from `b`'s there.
bool Follows(const Levels& a, const Levels& b);

// One channel of several.
Levels ChannelOf(const Levels& levels, int channel);

// How often each level occurs.
std::vector<uint32_t> CountLevels(const Levels& levels);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_VIEWS_LEVELS_H_
