#include "detector/phi/never_benign.h"

#include "re2/re2.h"

namespace burntin {

bool HoldsYear(std::string_view folded) {
  static const RE2* const kYear = new RE2(
      R"((?:^|[^0-9])(?:0?[1-9]|1[0-2])[./-](?:18|19|20)[0-9]{2}(?:[^0-9]|$))"
      R"(|(?:^| )(?:TE|[A-KM-VX-Z])[ :=.]*(?:18|19|20)[0-9]{2}(?: |$))"
      R"(|(?:^| )(?:18|19|20)[0-9]{2}[ :/,.(\[-]{0,3}[FM][ .)\]]{0,2}$)");
  return RE2::PartialMatch(re2::StringPiece(folded.data(), folded.size()),
                           *kYear);
}

bool IsDayAndMonth(std::string_view folded) {
  static const RE2* const kDayAndMonth =
      new RE2(R"(^ *(?:[-./] ?(?:0[1-9]|1[0-2])[-./](?:0[1-9]|[12][0-9]|3[01]))"
              R"(|[-./] ?(?:0[1-9]|[12][0-9]|3[01])[-./](?:0[1-9]|1[0-2]))"
              R"(|(?:0[1-9]|1[0-2])[-./](?:0[1-9]|[12][0-9]|3[01]) ?[-./])"
              R"(|(?:0[1-9]|[12][0-9]|3[01])[-./](?:0[1-9]|1[0-2]) ?[-./])"
              R"(|0[1-9][-./](?:0[1-9]|[12][0-9]|3[01]))"
              R"(|(?:[12][0-9]|3[01])[-./]0[1-9]) *$)");
  return RE2::PartialMatch(re2::StringPiece(folded.data(), folded.size()),
                           *kDayAndMonth);
}

bool HoldsAgeAndSex(std::string_view folded) {
  // Not the fraction of a measured value: "3.5 M".
  static const RE2* const kAgeAndSex =
      new RE2(R"((?:^|[ (,;\[])(?:F[ :/,.(\[-]{0,3}(?:\d{1,2}|0\d\d|1[01]\d))"
              R"(|M[ :/,.(\[-]{0,3}(?:\d\d|0\d\d|1[01]\d))"
              R"(|(?:\d{1,2}|0\d\d|1[01]\d)[ :/,.(\[-]{0,3}[FM]))"
              R"((?:$|\.$|[ ),;\]]))");
  return RE2::PartialMatch(re2::StringPiece(folded.data(), folded.size()),
                           *kAgeAndSex);
}

}  // namespace burntin
