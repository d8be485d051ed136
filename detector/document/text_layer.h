// Puts the words of a page's text layer together. Private to
// detector/document.
#ifndef BURNTIN_DETECTOR_DOCUMENT_TEXT_LAYER_H_
#define BURNTIN_DETECTOR_DOCUMENT_TEXT_LAYER_H_

#include <vector>

#include "detector/base/phi_text.h"
#include "detector/base/plane.h"

namespace burntin {

// A rectangle in fractions of pixels, rows downwards.
struct FineBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

struct LayerWord {
  FineBox box;
  int quarter_turns = 0;  // 0 to 3, clockwise
  PhiText text;           // UTF-8
};

// One entry for each run of words that follow one another in `words` and stand
// side by side on one line, equally turned. `StatedText` has no orientation,
// so a turned name that is stated in two words would not be read as one.
std::vector<StatedText> JoinLines(const std::vector<LayerWord>& words);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_TEXT_LAYER_H_
