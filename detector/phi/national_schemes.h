// The numbers by which countries know their people: shape, rule, and how
// often chance makes one. Each rule names where it is published.
#ifndef BURNTIN_DETECTOR_PHI_NATIONAL_SCHEMES_H_
#define BURNTIN_DETECTOR_PHI_NATIONAL_SCHEMES_H_

#include <span>
#include <string_view>

namespace burntin {

struct NationalScheme {
  const char* name;
  // 9: a digit. A: a letter. X: either. N: a digit, A or B. S: one of the
  // signs + - and letters that stand for a century in Finland. O: a digit or
  // one of the letters LMNPQRSTUV that stand for digits in Italy. +: that sign,
  // which is a separator. -: a separator
  // that must be there and is no blank. A blank: a separator, which all blanks
  // of a shape have or none.
  const char* shape;
  // Whether characters in the shape, separators left out, follow the rule.
  bool (*holds)(std::string_view characters);
  // That random characters in the shape follow the rule.
  double chance;
};

std::span<const NationalScheme> WesternEuropeanSchemes();
std::span<const NationalScheme> OtherEuropeanSchemes();
std::span<const NationalScheme> OverseasSchemes();

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_NATIONAL_SCHEMES_H_
