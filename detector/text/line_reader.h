// Reads one line with two recognisers, in the orientation that reads best,
// and says whether it is text at all. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_LINE_READER_H_
#define BURNTIN_DETECTOR_TEXT_LINE_READER_H_

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/region.h"
#include "detector/text/text_finder.h"

namespace burntin {

// How text stands in a cut-out.
struct LinePose {
  int orientation = 0;  // 0, 90, 180 or 270 degrees clockwise
  bool mirrored = false;

  friend bool operator==(const LinePose&, const LinePose&) = default;
};

struct LineReading {
  LinePose pose;
  // Read so well that no pose after this one was tried.
  bool is_sure = false;
  bool is_text = true;  // false: nobody reads it, but the detector is sure
  std::vector<Reading> readings;
};

// What is known of a line before it is read.
struct LineHints {
  LinePose likeliest;  // tried before the others: that of the line before, say
  // What the quick reader read in the same place of another view, and another
  // reader as well.
  std::vector<Reading> confirmed = {};
};

// `line` is a cut-out as CutUpright makes it; it may be upside down, mirrored,
// or a column of letters that lies on its side. Nothing when no reader sees
// text in it, unless the detector is sure and it is long: on
// anatomy the detector is often wrong, but then its boxes are short or
// doubtful. What is kept and cannot be read has readings without confidence.
// Where the first reading `settles` what the line is, or was confirmed before,
// there is no second.
absl::StatusOr<std::optional<LineReading>> ReadLine(const Image& line,
                                                    double likelihood,
                                                    const LineHints& hints,
                                                    const Settles& settles,
                                                    TextEngines& engines);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_LINE_READER_H_
