// The methods of check digits that several countries' numbers share. Texts
// are digits unless said otherwise.
#ifndef BURNTIN_DETECTOR_PHI_CHECK_DIGITS_H_
#define BURNTIN_DETECTOR_PHI_CHECK_DIGITS_H_

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace burntin {

// The number that at most 18 digits spell.
int64_t NumberOf(std::string_view digits);

// The sum of each of the first digits times its weight.
int WeightedSum(std::string_view digits, std::initializer_list<int> weights);

// ISO/IEC 7812-1, annex B: the last digit checks the others.
bool LuhnHolds(std::string_view digits);

// ISO/IEC 7064, MOD 11,10: the last digit checks the others.
bool Mod11And10Holds(std::string_view digits);

// ISO/IEC 7064, MOD 11-2: the last character, a digit or X, checks the others.
bool Mod11Minus2Holds(std::string_view characters);

// J. Verhoeff, Error detecting decimal codes, 1969: the last digit checks the
// others.
bool VerhoeffHolds(std::string_view digits);

// Whether two digits each can be a day and a month of the calendar.
bool IsDayAndMonth(std::string_view day, std::string_view month);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_CHECK_DIGITS_H_
