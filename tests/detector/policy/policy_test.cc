#include "detector/policy/policy.h"

#include <cmath>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Match Of(Category category, double score, std::string attribute = "") {
  return {category, score, std::move(attribute),
          Reading{PhiText("DOE^JANE"), 0.9}};
}

Match Benign() { return Of(Category::kBenign, 0.02); }
Match Name() { return Of(Category::kPersonName, 0.93, "PatientName"); }
Match Other() { return Of(Category::kOther, 0.45); }
Match Unreadable() { return Of(Category::kUnreadable, 0.5); }

Coverage Whole() { return {.frames_total = 3, .frames_inspected = 3}; }

Coverage Failed(Reason reason) {
  return {.frames_total = 3,
          .frames_inspected = 2,
          .failures = {{reason, "A frame failed."}}};
}

Header BurnedIn(std::string value) {
  Header header;
  header.burned_in_annotation = std::move(value);
  return header;
}

std::vector<Reason> Codes(const Assessment& assessment) {
  std::vector<Reason> codes;
  for (const VerdictReason& reason : assessment.reasons) {
    codes.push_back(reason.code);
  }
  return codes;
}

struct VerdictCase {
  std::string name;
  std::vector<Match> matches;
  std::string burned_in;
  Coverage coverage;
  Verdict verdict;
  std::vector<Reason> reasons;
};

class VerdictTest : public testing::TestWithParam<VerdictCase> {};

TEST_P(VerdictTest, FollowsFromMatchesHeaderAndCoverage) {
  const VerdictCase& row = GetParam();
  const Assessment assessment =
      Assess(row.matches, BurnedIn(row.burned_in), row.coverage);
  EXPECT_EQ(assessment.verdict, row.verdict);
  EXPECT_EQ(Codes(assessment), row.reasons);
}

INSTANTIATE_TEST_SUITE_P(
    Table, VerdictTest,
    testing::ValuesIn(std::vector<VerdictCase>{
        {"NoTextIsClear", {}, "", Whole(), Verdict::kClear, {}},
        {"BenignTextIsClear",
         {Benign(), Benign()},
         "",
         Whole(),
         Verdict::kClear,
         {}},
        {"ANameIsIdentifying",
         {Benign(), Name()},
         "",
         Whole(),
         Verdict::kIdentifying,
         {Reason::kHeaderMatch}},
        {"APatternIsIdentifying",
         {Of(Category::kIdentifier, 0.8)},
         "",
         Whole(),
         Verdict::kIdentifying,
         {Reason::kIdentifyingPattern}},
        {"AScoreThatIsNoNumberIsIdentifying",
         {Of(Category::kBenign, std::nan(""))},
         "",
         Whole(),
         Verdict::kIdentifying,
         {Reason::kUnprovenText}},
        {"ABareDateIsReviewed",
         {Of(Category::kDate, 0.6)},
         "",
         Whole(),
         Verdict::kReview,
         {Reason::kIdentifyingPattern}},
        {"UnprovenTextIsReviewed",
         {Benign(), Other()},
         "",
         Whole(),
         Verdict::kReview,
         {Reason::kUnprovenText}},
        {"UnreadableTextIsReviewed",
         {Unreadable()},
         "",
         Whole(),
         Verdict::kReview,
         {Reason::kUnreadableText}},
        {"YesWithoutTextIsReviewed",
         {},
         "YES",
         Whole(),
         Verdict::kReview,
         {Reason::kBurnedInAnnotationYes}},
        {"YesWithBenignTextIsReviewed",
         {Benign()},
         "YES",
         Whole(),
         Verdict::kReview,
         {Reason::kBurnedInAnnotationYes}},
        {"NoDoesNotClearOtherText",
         {Other()},
         "NO",
         Whole(),
         Verdict::kReview,
         {Reason::kUnprovenText}},
        {"NoDoesNotClearAName",
         {Name()},
         "NO",
         Whole(),
         Verdict::kIdentifying,
         {Reason::kHeaderMatch}},
        {"AFailedFrameIsNeverClear",
         {Benign()},
         "NO",
         Failed(Reason::kFrameDecodeFailed),
         Verdict::kIndeterminate,
         {Reason::kFrameDecodeFailed}},
        {"AFailureBesidesAllFramesIsNeverClear",
         {},
         "",
         {.frames_total = 1,
          .frames_inspected = 1,
          .failures = {{Reason::kUnsupportedPlace, "A document."}}},
         Verdict::kIndeterminate,
         {Reason::kUnsupportedPlace}},
        {"AMissedFrameWithoutFailureIsNeverClear",
         {},
         "",
         {.frames_total = 3, .frames_inspected = 2},
         Verdict::kIndeterminate,
         {Reason::kInternalFailure}},
        {"NoFramesAreNeverClear",
         {},
         "",
         {},
         Verdict::kIndeterminate,
         {Reason::kNoPixelData}},
        {"NegativeFramesAreNeverClear",
         {},
         "",
         {.frames_total = -1, .frames_inspected = -1},
         Verdict::kIndeterminate,
         {Reason::kNoPixelData}},
        {"NoFramesWithFailureGiveTheFailure",
         {},
         "",
         {.failures = {{Reason::kNotDicom, "Not DICOM."}}},
         Verdict::kIndeterminate,
         {Reason::kNotDicom}},
        {"AFailureOutweighsUnprovenText",
         {Other()},
         "",
         Failed(Reason::kCancelled),
         Verdict::kIndeterminate,
         {Reason::kCancelled, Reason::kUnprovenText}},
        {"ANameOutweighsAFailureAndBothAreListed",
         {Name()},
         "YES",
         Failed(Reason::kDeadlineExceeded),
         Verdict::kIdentifying,
         {Reason::kHeaderMatch, Reason::kDeadlineExceeded,
          Reason::kBurnedInAnnotationYes}},
        {"GraverReasonsStandFirst",
         {Other(), Unreadable(), Name()},
         "",
         Whole(),
         Verdict::kIdentifying,
         {Reason::kHeaderMatch, Reason::kUnreadableText,
          Reason::kUnprovenText}},
    }),
    [](const testing::TestParamInfo<VerdictCase>& row) {
      return row.param.name;
    });

struct CoverageCase {
  std::string name;
  Coverage coverage;
  bool in_full;
};

class InFullTest : public testing::TestWithParam<CoverageCase> {};

// Whatever was found, for a name in one frame makes the object IDENTIFYING.
TEST_P(InFullTest, SaysWhetherAllWasInspected) {
  const std::vector<std::vector<Match>> found = {{}, {Other()}, {Name()}};
  for (const std::vector<Match>& matches : found) {
    EXPECT_EQ(Assess(matches, {}, GetParam().coverage).inspected_in_full,
              GetParam().in_full);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, InFullTest,
    testing::Values(
        CoverageCase{"AllFrames", Whole(), true},
        CoverageCase{"AFailedFrame", Failed(Reason::kFrameDecodeFailed), false},
        CoverageCase{
            "AMissedFrame", {.frames_total = 3, .frames_inspected = 2}, false},
        CoverageCase{"AFailureBesideAllFrames",
                     {.frames_total = 1,
                      .frames_inspected = 1,
                      .failures = {{Reason::kUnsupportedPlace, "A page."}}},
                     false},
        CoverageCase{"NoFrames", {}, false}),
    [](const auto& tested) { return tested.param.name; });

TEST(BurnedInTest, AnyValueThatIsYesSaysSo) {
  for (const char* values :
       {"YES", "NO\\YES", "\\YES", "YES\\NO", "NO\\YES "}) {
    EXPECT_EQ(Assess({}, BurnedIn(values), Whole()).verdict, Verdict::kReview);
    EXPECT_GT(Assess({}, BurnedIn(values), Whole()).risk,
              Assess({}, BurnedIn("NO"), Whole()).risk);
  }
  for (const char* values : {"", "NO", "NO\\", "YESNO", "NO\\NO"}) {
    EXPECT_EQ(Assess({}, BurnedIn(values), Whole()).verdict, Verdict::kClear);
  }
}

TEST(ReasonsTest, MatchesOfOneAttributeAreOneReason) {
  const std::vector<Match> matches = {
      Name(), Name(), Of(Category::kIdentifier, 0.97, "PatientID")};
  const Assessment assessment = Assess(matches, {}, Whole());
  EXPECT_THAT(Codes(assessment),
              ElementsAre(Reason::kHeaderMatch, Reason::kHeaderMatch));
  EXPECT_THAT(assessment.reasons[0].message, HasSubstr("PatientID"));
  EXPECT_THAT(assessment.reasons[1].message, HasSubstr("PatientName"));
  EXPECT_THAT(assessment.reasons[1].message, HasSubstr("2 regions"));
}

TEST(ReasonsTest, NeverHoldTheText) {
  const std::vector<Match> matches = {Name(), Other(), Unreadable(),
                                      Of(Category::kPersonName, 0.85)};
  for (const VerdictReason& reason : Assess(matches, {}, Whole()).reasons) {
    EXPECT_THAT(reason.message, testing::Not(HasSubstr("DOE")));
  }
}

TEST(RiskTest, OfClearObjectsIsSmall) {
  EXPECT_LE(Assess({}, {}, Whole()).risk, 0.05);
  const std::vector<Match> many(50, Benign());
  EXPECT_LE(Assess(many, {}, Whole()).risk, 0.05);
}

TEST(RiskTest, IsOneWhenNothingWasInspected) {
  EXPECT_EQ(Assess({}, {}, {}).risk, 1);
  EXPECT_EQ(Assess({}, {}, {.frames_total = 3, .frames_inspected = 0}).risk, 1);
}

TEST(RiskTest, NeverFallsWithAnotherMatch) {
  const std::vector<Match> all = {Benign(),
                                  Other(),
                                  Benign(),
                                  Unreadable(),
                                  Of(Category::kDate, 0.6),
                                  Name(),
                                  Of(Category::kContact, 1.0)};
  std::vector<Match> some;
  double risk = Assess(some, {}, Whole()).risk;
  for (const Match& match : all) {
    some.push_back(match);
    const double more = Assess(some, {}, Whole()).risk;
    EXPECT_GE(more, risk);
    EXPECT_LE(more, 1);
    risk = more;
  }
}

TEST(RiskTest, NeverFallsWithAHigherScore) {
  double risk = 0;
  for (int step = 0; step <= 100; ++step) {
    const std::vector<Match> matches = {
        Other(), Of(Category::kIdentifier, step / 100.0)};
    const double more = Assess(matches, {}, Whole()).risk;
    EXPECT_GE(more, risk);
    risk = more;
  }
}

TEST(RiskTest, IsRaisedByYesAndNotLoweredByNo) {
  for (const std::vector<Match>& matches :
       {std::vector<Match>{}, {Benign()}, {Other()}, {Name()}}) {
    const double unsaid = Assess(matches, BurnedIn(""), Whole()).risk;
    EXPECT_GT(Assess(matches, BurnedIn("YES"), Whole()).risk, unsaid);
    EXPECT_EQ(Assess(matches, BurnedIn("NO"), Whole()).risk, unsaid);
  }
}

}  // namespace
}  // namespace burntin
