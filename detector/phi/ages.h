// Ages as machines print them, from a birth date and the day of a study.
#ifndef BURNTIN_DETECTOR_PHI_AGES_H_
#define BURNTIN_DETECTOR_PHI_AGES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detector/phi/dates.h"

namespace burntin {

// Completed years; nothing when that is no age of a person.
std::optional<int> AgeInYears(const CalendarDate& birth,
                              const CalendarDate& day);

// The years of a DICOM AS value, as 62 of "062Y"; nothing for other units.
std::optional<int> ParseDicomAge(std::string_view value);

// Folded and compact, as in "062Y", "62YRS" and "AGE62".
std::vector<std::string> AgeSpellings(int years);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_AGES_H_
