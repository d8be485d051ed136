#include "detector/phi/never_benign.h"

#include "re2/re2.h"

namespace burntin {

bool HoldsYear(std::string_view folded) {
  static const RE2* const kYear = new RE2(
      R"((?:^|[^0-9])(?:0?[1-9]|1[0-2])[./-](?:18|19|20)[0-9]{2}(?:[^0-9]|$))"
      R"(|(?:^| )(?:TE|[A-KM-VX-Z])[ :=.]*(?:18|19|20)[0-9]{2}(?: |$))"
      R"(|(?:^| )(?:18|19|20)[0-9]{2} ?[FM]$)");
  return RE2::PartialMatch(re2::StringPiece(folded.data(), folded.size()),
                           *kYear);
}

bool HoldsAgeAndSex(std::string_view folded) {
  static const RE2* const kAgeAndSex =
      new RE2(R"((?:^|[ (,;])(?:F[ :/-]?(?:\d{1,2}|0\d\d|1[01]\d))"
              R"(|M[ :/-]?(?:\d\d|0\d\d|1[01]\d))"
              R"(|(?:\d{1,2}|0\d\d|1[01]\d)[ :/-]?[FM])(?:$|[ ),;]))");
  return RE2::PartialMatch(re2::StringPiece(folded.data(), folded.size()),
                           *kAgeAndSex);
}

}  // namespace burntin
