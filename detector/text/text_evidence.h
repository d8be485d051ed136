// Whether a box holds text at all, by what the detector and the readers make
// of it. Private to detector/text.
#ifndef BURNTIN_DETECTOR_TEXT_TEXT_EVIDENCE_H_
#define BURNTIN_DETECTOR_TEXT_TEXT_EVIDENCE_H_

#include <string>
#include <string_view>

#include "detector/base/region.h"

namespace burntin {

// Who read, as Reading::recognizer.
inline constexpr int kQuickReader = 0;
inline constexpr int kFirstReader = 1;
inline constexpr int kSecondReader = 2;

// What a reading says without blanks and marks: ASCII letters and digits, and
// whatever is not ASCII.
std::string Characters(const Reading& reading);

// How many letters and digits of these kinds it has.
int CountCharacters(const Reading& reading);

// Whether the first reader's reading shows that a box which the detector finds
// text with this `likelihood` holds text. The less likely, the surer the
// reading must be. Grids, scales and curves read as rows of like characters,
// as in "0008" and "lullul", which show nothing unless the detector is sure.
bool ShowsText(const Reading& first, double likelihood);

// Whether a text is a row of like characters, as grids, scales and curves are
// read.
bool IsOfLikeCharacters(std::string_view text);

// Whether most of a text's characters are what rings and buttons are read as,
// and it is no date.
bool IsOfRings(std::string_view text);

// Whether two readers saw about the same.
bool ReadAlike(const Reading& one, const Reading& other);

// Whether two readings together show text, whatever the detector thinks: each
// reader has mistakes of its own, so that they seldom agree on what is none.
bool ShowTextTogether(const Reading& one, const Reading& other);

// Whether the quick reader, which has been taught what is no text, and the
// detector say together that a box holds none: no other need look.
bool IsSurelyNoText(const Reading& quick, double likelihood);

// The same as ShowsText for the second reader, which reads much into noise.
bool ShowsTextToSecond(const Reading& second, double likelihood);

// Whether a box is text even if nobody can read it: another script, say, or a
// hand's writing. What little `first` says may show a grid.
bool IsTextUnread(const Reading& first, double likelihood, bool has_line_shape);

// Whether the second reader could still make a difference.
bool IsWorthASecondReading(const Reading& first, double likelihood);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_TEXT_TEXT_EVIDENCE_H_
