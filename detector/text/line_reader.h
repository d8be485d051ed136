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

struct LineReading {
  int orientation = 0;  // of the text in `line`: 0, 90, 180, 270 clockwise
  std::vector<Reading> readings;
};

// `line` is a cut-out as CutUpright makes it; it may be upside down, mirrored,
// or a column of letters that lies on its side. Nothing when no reader sees
// text in it, unless the detector is sure (`likelihood`) and it is long: on
// anatomy the detector is often wrong, but then its boxes are short or
// doubtful. What is kept and cannot be read has readings without confidence.
// Where the first reading `settles` what the line is, there is no second.
absl::StatusOr<std::optional<LineReading>> ReadLine(const Image& line,
                                                    double likelihood,
                                                    const Settles& settles,
                                                    TextEngines& engines);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_LINE_READER_H_
