#include "server/routing/rule_match.h"

#include <gmock/gmock.h>

#include "tests/server/routing/protocols.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

SessionState Inspected(Verdict verdict, double risk = 0) {
  return {verdict, risk, verdict != Verdict::kIndeterminate};
}

const SessionState kClear = Inspected(Verdict::kClear);

// The action that `rule` alone leads to; not set if it is passed over.
std::optional<RouteAction> ActionOf(const std::string& rule,
                                    const HeaderFacts& header,
                                    const SessionState& session) {
  const auto protocol = WithRules({"name: r, " + rule});
  if (!protocol) return std::nullopt;
  return TryRule(protocol->rules.front(), header, session).action;
}

struct ConditionCase {
  std::string name;
  std::string when;
  std::map<std::string, std::string> header;
  Truth truth;  // whether the condition is met
};

class ConditionTest : public testing::TestWithParam<ConditionCase> {};

// What is met lets out; what is not known does not, and holds.
TEST_P(ConditionTest, LetsOutOnlyIfMetAndHoldsUnlessUnmet) {
  const HeaderFacts header = CtHeader(GetParam().header);
  const std::string when = "when: {" + GetParam().when + "}, then: ";
  const bool lets_out =
      ActionOf(when + "{to_project: A}", header, kClear).has_value();
  const bool holds = ActionOf(when + "quarantine", header, kClear).has_value();
  EXPECT_EQ(lets_out, GetParam().truth == Truth::kYes);
  EXPECT_EQ(holds, GetParam().truth != Truth::kNo);
}

INSTANTIATE_TEST_SUITE_P(
    All, ConditionTest,
    testing::Values(
        ConditionCase{"TheValueItself", "modality: CT", {}, Truth::kYes},
        ConditionCase{"APartOfTheValue",
                      "modality: CT",
                      {{"modality", "RTSTRUCT"}},
                      Truth::kNo},
        ConditionCase{"AValueOfAList", "modality: [MR, CT]", {}, Truth::kYes},
        ConditionCase{"NoValueOfAList", "modality: [MR, US]", {}, Truth::kNo},
        ConditionCase{
            "NoValue", "modality: CT", {{"modality", ""}}, Truth::kUnknown},
        ConditionCase{"ExcludedAndThere",
                      "modality: {none_of: [CT, US]}",
                      {},
                      Truth::kNo},
        ConditionCase{"ExcludedAndNotThere",
                      "modality: {none_of: [MR, US]}",
                      {},
                      Truth::kYes},
        ConditionCase{"ExcludedAndUnknown",
                      "modality: {none_of: [MR, US]}",
                      {{"modality", ""}},
                      Truth::kUnknown},
        ConditionCase{"APatternOfAll",
                      "manufacturer_model_name: {pattern: 'Scan.*'}",
                      {},
                      Truth::kYes},
        ConditionCase{"APatternOfAPart",
                      "manufacturer_model_name: {pattern: 'can'}",
                      {},
                      Truth::kNo},
        ConditionCase{"OneOfTwoPatterns",
                      "station_name: {pattern: ['MR.', 'CT.']}",
                      {},
                      Truth::kYes},
        ConditionCase{"OneOfTheValues", "image_type: PRIMARY", {}, Truth::kYes},
        ConditionCase{"AllOfTheValues",
                      "image_type: {all_of: [AXIAL, ORIGINAL]}",
                      {},
                      Truth::kYes},
        ConditionCase{"NotAllOfTheValues",
                      "image_type: {all_of: [AXIAL, DERIVED]}",
                      {},
                      Truth::kNo},
        ConditionCase{"OneValueIsExcluded",
                      "image_type: {all_of: [ORIGINAL], none_of: [AXIAL]}",
                      {},
                      Truth::kNo},
        ConditionCase{"TwoConditionsOfWhichOneIsUnmet",
                      "modality: MR, station_name: X",
                      {{"station_name", ""}},
                      Truth::kNo},
        ConditionCase{"TwoConditionsOfWhichOneIsUnknown",
                      "modality: CT, station_name: X",
                      {{"station_name", ""}},
                      Truth::kUnknown},
        ConditionCase{"AbsenceIsAValueOfBurnedInAnnotation",
                      "burned_in_annotation: [NO, ABSENT]",
                      {},
                      Truth::kYes},
        ConditionCase{"AnOddBurnedInAnnotation",
                      "burned_in_annotation: [NO, ABSENT]",
                      {{"burned_in_annotation", "PERHAPS"}},
                      Truth::kUnknown},
        ConditionCase{"NotOnTheListOfDevices",
                      "device_list: {none_of: burns_in}",
                      {},
                      Truth::kYes},
        ConditionCase{"OnTheListOfDevices",
                      "device_list: {none_of: burns_in}",
                      {{"modality", "US"},
                       {"manufacturer", "GE Medical Systems"},
                       {"manufacturer_model_name", "LOGIQE9"}},
                      Truth::kNo},
        ConditionCase{"PerhapsOnTheListOfDevices",
                      "device_list: {none_of: burns_in}",
                      {{"modality", "US"},
                       {"manufacturer", "GE Medical Systems"},
                       {"manufacturer_model_name", ""}},
                      Truth::kUnknown}),
    [](const auto& tested) { return tested.param.name; });

TEST(RuleMatchTest, LetterCaseCountsOnlyWhereItHolds) {
  const HeaderFacts header = CtHeader({{"manufacturer", "Acme"}});
  const std::string is = "when: {manufacturer: ACME}, then: ";
  const std::string is_not = "when: {manufacturer: {none_of: ACME}}, then: ";
  EXPECT_EQ(ActionOf(is + "quarantine", header, kClear),
            RouteAction::kQuarantine);
  EXPECT_EQ(ActionOf(is + "{to_project: A}", header, kClear), std::nullopt);
  EXPECT_EQ(ActionOf(is_not + "quarantine", header, kClear),
            RouteAction::kQuarantine);
  EXPECT_EQ(ActionOf(is_not + "{to_project: A}", header, kClear), std::nullopt);
}

TEST(RuleMatchTest, LetterCaseIsThatOfEveryScript) {
  const HeaderFacts header = CtHeader({{"manufacturer", "M\u00fcller"}});
  EXPECT_EQ(ActionOf("when: {manufacturer: 'M\u00dcLLER'}, then: quarantine",
                     header, kClear),
            RouteAction::kQuarantine);
  EXPECT_EQ(ActionOf("when: {manufacturer: {none_of: 'M\u00dcLLER'}}, then: "
                     "{to_project: A}",
                     header, kClear),
            std::nullopt);
}

TEST(RuleMatchTest, AbsenceIsHeldWhereARuleAsksForIt) {
  const std::string rule =
      "when: {station_name: {absent: true}}, then: "
      "quarantine";
  EXPECT_EQ(ActionOf(rule, CtHeader({{"station_name", ""}}), kClear),
            RouteAction::kQuarantine);
  EXPECT_EQ(ActionOf(rule, CtHeader(), kClear), std::nullopt);
}

TEST(RuleMatchTest, NothingWithoutModalityOrClassIsLetOut) {
  const std::string rule = "when: {verdict: CLEAR}, then: {to_project: A}";
  EXPECT_EQ(ActionOf(rule, CtHeader(), kClear), RouteAction::kToProject);
  for (const char* key : {"modality", "sop_class_uid"}) {
    EXPECT_EQ(ActionOf(rule, CtHeader({{key, ""}}), kClear), std::nullopt);
  }
}

struct VerdictCase {
  std::string name;
  std::string rule;
  SessionState session;
  std::optional<RouteAction> action;
};

class VerdictTest : public testing::TestWithParam<VerdictCase> {};

TEST_P(VerdictTest, IsTakenOrPassedOver) {
  EXPECT_EQ(ActionOf(GetParam().rule, CtHeader(), GetParam().session),
            GetParam().action);
}

constexpr char kLetsClearOut[] = "when: {modality: CT}, then: {to_project: A}";
constexpr char kLetsReviewOut[] =
    "when: {verdict: [CLEAR, REVIEW]}, then: {to_project: A}";
constexpr char kLetsAllOut[] =
    "when: {verdict: [CLEAR, REVIEW, IDENTIFYING]}, then: {to_project: A}";
constexpr char kHoldsReview[] = "when: {verdict: REVIEW}, then: quarantine";
constexpr char kLowRisk[] = "when: {risk: {below: 0.1}}, then: quarantine";
constexpr char kHighRisk[] = "when: {risk: {at_least: 0.1}}, then: quarantine";
constexpr char kInspects[] = "when: {modality: CT}, then: inspect_first";

INSTANTIATE_TEST_SUITE_P(
    All, VerdictTest,
    testing::Values(
        VerdictCase{"AClearSessionIsLetOut", kLetsClearOut, kClear,
                    RouteAction::kToProject},
        VerdictCase{"OnlyAClearOneIsLetOutUnlessTheRuleSaysMore", kLetsClearOut,
                    Inspected(Verdict::kReview), std::nullopt},
        VerdictCase{"ARuleMayNameReview", kLetsReviewOut,
                    Inspected(Verdict::kReview), RouteAction::kToProject},
        VerdictCase{"OneThatNamesReviewLetsNoOtherOut", kLetsReviewOut,
                    Inspected(Verdict::kIdentifying), std::nullopt},
        VerdictCase{"IndeterminateIsNeverLetOut", kLetsAllOut,
                    Inspected(Verdict::kIndeterminate), std::nullopt},
        VerdictCase{"NorIsAWorseOneWithAnObjectThatIsSo",
                    kLetsAllOut,
                    {Verdict::kIdentifying, 1, false},
                    std::nullopt},
        VerdictCase{"BeforeAnInspectionItIsAskedFor",
                    kLetsClearOut,
                    {},
                    RouteAction::kInspectFirst},
        VerdictCase{"AlsoWhereEveryVerdictWouldDo",
                    kLetsAllOut,
                    {},
                    RouteAction::kInspectFirst},
        VerdictCase{"AndWhereARuleHoldsByTheVerdict",
                    kHoldsReview,
                    {},
                    RouteAction::kInspectFirst},
        VerdictCase{"ARuleHoldsByTheVerdict", kHoldsReview,
                    Inspected(Verdict::kReview), RouteAction::kQuarantine},
        VerdictCase{"AndLeavesOthersAlone", kHoldsReview, kClear, std::nullopt},
        VerdictCase{"ARiskBelow", kLowRisk, Inspected(Verdict::kClear, 0.09),
                    RouteAction::kQuarantine},
        VerdictCase{"TheLimitIsNotBelowItself", kLowRisk,
                    Inspected(Verdict::kClear, 0.1), std::nullopt},
        VerdictCase{"TheLimitIsAtLeastItself", kHighRisk,
                    Inspected(Verdict::kClear, 0.1), RouteAction::kQuarantine},
        VerdictCase{"BeforeAnInspectionNoRiskIsKnown",
                    kLowRisk,
                    {},
                    RouteAction::kInspectFirst},
        VerdictCase{"AnInspectionMayBeAskedFor",
                    kInspects,
                    {},
                    RouteAction::kInspectFirst},
        VerdictCase{"AndIsNotAskedForTwice", kInspects, kClear, std::nullopt}),
    [](const auto& tested) { return tested.param.name; });

TEST(RuleMatchTest, TheFirstRuleThatFiresDecides) {
  const auto protocol =
      WithRules({"name: us, when: {modality: US}, then: quarantine",
                 "name: ct, when: {modality: CT}, then: {to_project: A}",
                 "name: all, when: {verdict: CLEAR}, then: {to_project: B}"});
  EXPECT_EQ(RouteObject(*protocol, CtHeader(), kClear).rule, 1);
  EXPECT_EQ(RouteObject(*protocol, CtHeader({{"modality", "MR"}}), kClear).rule,
            2);
}

TEST(RuleMatchTest, WithoutARuleThatFiresItIsQuarantine) {
  const auto protocol =
      WithRules({"name: ct, when: {modality: CT}, then: {to_project: A}"});
  const ObjectRoute route =
      RouteObject(*protocol, CtHeader({{"modality", "US"}}), kClear);
  EXPECT_EQ(route.action, RouteAction::kQuarantine);
  EXPECT_EQ(route.rule, -1);
}

TEST(RuleMatchTest, ATraceEndsWithTheRuleThatFired) {
  const auto protocol =
      WithRules({"name: us, when: {modality: US}, then: quarantine",
                 "name: ct, when: {modality: CT}, then: {to_project: A}",
                 "name: all, then: quarantine"});
  const std::vector<TriedRule> trace = Trace(*protocol, CtHeader(), kClear);
  ASSERT_EQ(trace.size(), 2U);
  EXPECT_FALSE(trace[0].fired);
  EXPECT_TRUE(trace[1].fired);
}

// A header's value may name a person where a device puts one.
TEST(RuleMatchTest, AnExplanationNamesTheConditionAndNotTheHeader) {
  const auto protocol = WithRules(
      {"name: a, when: {station_name: CT7}, then: quarantine",
       "name: b, when: {image_type: {all_of: [X, Y], none_of: [Z]}}, then: "
       "quarantine",
       "name: c, when: {software_versions: V7, modality: CT}, then: "
       "{to_project: A}",
       "name: d, when: {verdict: [REVIEW]}, then: quarantine",
       "name: e, then: quarantine"});
  const HeaderFacts header = CtHeader({{"station_name", "DOE^JANE"},
                                       {"software_versions", ""},
                                       {"image_type", "DOE\\JANE"}});
  for (const SessionState& session : {SessionState(), kClear}) {
    for (const TriedRule& tried : Trace(*protocol, header, session)) {
      EXPECT_THAT(tried.explanation, Not(HasSubstr("DOE")));
      EXPECT_THAT(tried.explanation, Not(HasSubstr("JANE")));
      EXPECT_FALSE(tried.explanation.empty());
    }
  }
  EXPECT_THAT(Trace(*protocol, header, kClear)[0].explanation,
              HasSubstr("Station Name is CT7"));
}

TEST(RuleMatchTest, AnExplanationNamesAllThatWasMet) {
  const auto protocol = WithRules(
      {"name: r, when: {modality: CT, verdict: CLEAR, risk: {below: 0.2}}, "
       "then: {to_project: A}"});
  const std::string explanation =
      Trace(*protocol, CtHeader(), kClear)[0].explanation;
  EXPECT_THAT(explanation, HasSubstr("Modality is CT"));
  EXPECT_THAT(explanation, HasSubstr("verdict is CLEAR"));
  EXPECT_THAT(explanation, HasSubstr("risk is below 0.2"));
}

TEST(RuleMatchTest, AnExplanationOfALongRuleStaysShort) {
  std::string list;
  for (int i = 0; i < 900; ++i) list += "MODEL-" + std::to_string(i) + ", ";
  const auto protocol =
      WithRules({"name: r, when: {manufacturer_model_name: [" + list +
                 "Scanner 1], station_name: [" + list +
                 "CT1], manufacturer: [" + list + "ACME]}, then: quarantine"});
  const std::vector<TriedRule> trace = Trace(*protocol, CtHeader(), kClear);
  ASSERT_EQ(trace.size(), 1U);
  EXPECT_LE(trace[0].explanation.size(), 512U);
}

}  // namespace
}  // namespace burntin
