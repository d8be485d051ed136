// Finds the numbers by which countries know their people.
#ifndef BURNTIN_DETECTOR_PHI_NATIONAL_NUMBERS_H_
#define BURNTIN_DETECTOR_PHI_NATIONAL_NUMBERS_H_

#include <string_view>
#include <vector>

#include "detector/phi/evidence.h"
#include "detector/phi/national_schemes.h"

namespace burntin {

// Every scheme that is known, of all countries.
const std::vector<NationalScheme>& NationalSchemes();

// The numbers in a folded text that have a scheme's shape, digits and letters
// exchanged for their look-alikes at most twice. Those that follow its rule
// score 1 - 0.2 c, where c is the chance that random characters follow the
// rule of any scheme of that shape: a number that long and without any rule
// scores 0.8. Those that break the rule score 0.7, for a check digit may be
// misread. They are left out where blanks part the characters, or nothing
// parts digits: any number has that shape.
std::vector<Evidence> FindNationalNumbers(std::string_view folded);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_NATIONAL_NUMBERS_H_
