#include "detector/policy/match_reasons.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::HasSubstr;
using testing::Not;

Match WithSign(Sign sign) {
  return {.category = sign.category,
          .score = sign.score,
          .matched_attribute = sign.attribute,
          .reading = {PhiText("DOE^JANE"), 0.9},
          .signs = {sign}};
}

Match HeaderName(double slips) {
  return WithSign({.kind = SignKind::kHeader,
                   .category = Category::kPersonName,
                   .score = 0.95,
                   .attribute = "PatientName",
                   .slips = slips});
}

std::string OnlyMessage(const std::vector<Match>& matches) {
  const std::vector<VerdictReason> reasons = MatchReasons(matches);
  EXPECT_EQ(reasons.size(), 1U);
  return reasons.empty() ? "" : reasons.front().message;
}

TEST(MatchReasonsTest, TellHowExactlyAHeadersValueWasFound) {
  EXPECT_EQ(OnlyMessage({HeaderName(0)}),
            "Text in the pixels matches PatientName (1 region).");
  EXPECT_EQ(OnlyMessage({HeaderName(0.25)}),
            "Text in the pixels matches PatientName but for characters that "
            "look alike (1 region).");
  EXPECT_THAT(OnlyMessage({HeaderName(1)}), HasSubstr("about one character"));
  EXPECT_THAT(OnlyMessage({HeaderName(1.5)}), HasSubstr("about 2 characters"));
}

TEST(MatchReasonsTest, TakeTheMostExactOfSeveralMatches) {
  EXPECT_EQ(OnlyMessage({HeaderName(1), HeaderName(0)}),
            "Text in the pixels matches PatientName (2 regions).");
}

struct KindCase {
  std::string name;
  SignKind kind;
  Category category;
  std::string words;
};

class KindTest : public testing::TestWithParam<KindCase> {};

TEST_P(KindTest, IsNamedInWordsWithoutTheText) {
  const std::string message =
      OnlyMessage({WithSign({.kind = GetParam().kind,
                             .category = GetParam().category,
                             .score = 0.9})});
  EXPECT_THAT(message, HasSubstr(GetParam().words));
  EXPECT_THAT(message, Not(HasSubstr("DOE")));
}

INSTANTIATE_TEST_SUITE_P(
    Table, KindTest,
    testing::Values(KindCase{"ALabelledField", SignKind::kField,
                             Category::kDate, "after a label for a date"},
                    KindCase{"ANationalNumber", SignKind::kNationalNumber,
                             Category::kIdentifier, "country's number"},
                    KindCase{"ADate", SignKind::kDate, Category::kDate,
                             "date that the header does not hold"},
                    KindCase{"AListedName", SignKind::kListedName,
                             Category::kPersonName, "lists of persons' names"},
                    KindCase{"AShape", SignKind::kShape, Category::kContact,
                             "looks like a way to reach a person"}),
    [](const testing::TestParamInfo<KindCase>& row) { return row.param.name; });

TEST(MatchReasonsTest, TheStrongestSignSpeaksForARegion) {
  Match match = HeaderName(0);
  match.signs.push_back({.kind = SignKind::kListedName,
                         .category = Category::kPersonName,
                         .score = 0.6});
  EXPECT_THAT(OnlyMessage({match}), HasSubstr("PatientName"));
}

}  // namespace
}  // namespace burntin
