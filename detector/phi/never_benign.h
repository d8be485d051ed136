// Shapes that tell a person although words of the vocabulary could make them
// up.
#ifndef BURNTIN_DETECTOR_PHI_NEVER_BENIGN_H_
#define BURNTIN_DETECTOR_PHI_NEVER_BENIGN_H_

#include <string_view>

namespace burntin {

// All take a folded text.

// Whether a text holds a month with its year, as in "03.1954", or a year after
// what may be the end of a cut label: "TE:1926" of "Birthdate: 1926-10-27".
bool HoldsYear(std::string_view folded);

// Whether a text is nothing but a day and a month of two digits each, as they
// are left of a date whose year could not be read: "-05-13", "13.05.", "05-13".
// Numbers that are something else need no zero before them, nor a mark at the
// end.
bool IsDayAndMonth(std::string_view folded);

// Whether a text holds an age and a sex, which tell a person apart (PS3.15
// table E.1-1 removes both) and otherwise look like a metre, a foot or a mark
// for the feet. A single digit after M is a map of greys.
bool HoldsAgeAndSex(std::string_view folded);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_NEVER_BENIGN_H_
