#include "server/routing/equal_text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace burntin {
namespace {

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isascii(c); });
}

icu::UnicodeString Folded(std::string_view text, UErrorCode* error) {
  const icu::Normalizer2* fold =
      icu::Normalizer2::getNFKCCasefoldInstance(*error);
  if (U_FAILURE(*error) != 0) return {};
  return fold->normalize(icu::UnicodeString::fromUTF8(
                             {text.data(), static_cast<int32_t>(text.size())}),
                         *error);
}

}  // namespace

bool EqualText(std::string_view one, std::string_view other,
               LetterCase letter_case) {
  if (letter_case == LetterCase::kCounts) return one == other;
  if (IsAscii(one) && IsAscii(other)) {
    return absl::EqualsIgnoreCase({one.data(), one.size()},
                                  {other.data(), other.size()});
  }
  UErrorCode error = U_ZERO_ERROR;
  const bool equal = Folded(one, &error) == Folded(other, &error);
  // Case is ignored where that holds more, so what cannot be compared is equal.
  return equal || U_FAILURE(error) != 0;
}

}  // namespace burntin
