// Compares the texts of rules with those of headers.
#ifndef BURNTIN_SERVER_ROUTING_EQUAL_TEXT_H_
#define BURNTIN_SERVER_ROUTING_EQUAL_TEXT_H_

#include <string_view>

#include "server/routing/pattern.h"

namespace burntin {

// Whether two UTF-8 texts are equal. Under LetterCase::kIgnored so are texts
// that differ in letter case, in any script, in how their letters are encoded
// (Unicode's NFKC_Casefold) or in characters that nobody sees.
bool EqualText(std::string_view one, std::string_view other,
               LetterCase letter_case);

}  // namespace burntin

#endif  // BURNTIN_SERVER_ROUTING_EQUAL_TEXT_H_
