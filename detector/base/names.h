// Names as the contract spells them, without prefix: "CLEAR", "PERSON_NAME".
#ifndef BURNTIN_DETECTOR_BASE_NAMES_H_
#define BURNTIN_DETECTOR_BASE_NAMES_H_

#include <string_view>

#include "detector/base/region.h"
#include "detector/base/verdict.h"

namespace burntin {

// A value from the future is named as the gravest.
std::string_view VerdictName(Verdict verdict);
std::string_view CategoryName(Category category);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_NAMES_H_
