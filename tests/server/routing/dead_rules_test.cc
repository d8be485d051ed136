#include "server/routing/dead_rules.h"

#include <gmock/gmock.h>

#include "tests/server/routing/protocols.h"

namespace burntin {
namespace {

constexpr char kQ[] = "then: quarantine";
constexpr char kA[] = "then: {to_project: A}";

struct DeadCase {
  std::string name;
  std::string first;
  std::string second;
  bool dead;  // the second rule
};

class DeadRulesTest : public testing::TestWithParam<DeadCase> {};

TEST_P(DeadRulesTest, ARuleThatAnotherTakesAllFromIsFound) {
  const std::string text = ProtocolText({"name: first, " + GetParam().first,
                                         "name: second, " + GetParam().second});
  const ReadProtocol read = ParseYamlProtocol(text, {});
  EXPECT_EQ(read.protocol == nullptr, GetParam().dead)
      << Listed(read.errors, "p");
  if (GetParam().dead) {
    ASSERT_EQ(read.errors.size(), 1U);
    EXPECT_EQ(read.errors[0].line, 4);
    EXPECT_THAT(read.errors[0].message, testing::HasSubstr("never fire"));
  }
}

DeadCase Case(const std::string& name, const std::string& first,
              const char* first_then, const std::string& second,
              const char* second_then, bool dead) {
  const auto rule = [](const std::string& when, const char* then) {
    return (when.empty() ? "" : "when: {" + when + "}, ") + then;
  };
  return {name, rule(first, first_then), rule(second, second_then), dead};
}

INSTANTIATE_TEST_SUITE_P(
    All, DeadRulesTest,
    testing::Values(
        Case("AfterARuleForAll", "", kQ, "modality: CT", kA, true),
        Case("TheSame", "modality: CT", kQ, "modality: CT", kQ, true),
        Case("ALongerList", "modality: [CT, MR]", kQ, "modality: CT", kA, true),
        Case("AShorterList", "modality: CT", kQ, "modality: [CT, MR]", kQ,
             false),
        Case("OneConditionMore", "modality: CT", kQ,
             "modality: CT, station_name: X", kA, true),
        Case("OneConditionLess", "modality: CT, station_name: X", kQ,
             "modality: CT", kA, false),
        Case("AnotherAttribute", "modality: CT", kQ, "station_name: CT", kA,
             false),
        Case("AValueOfAPattern", "modality: {pattern: 'C.'}", kQ,
             "modality: CT", kA, true),
        Case("AValueOutsideAPattern", "modality: {pattern: 'C.'}", kQ,
             "modality: MR", kA, false),
        Case("TheSamePattern", "station_name: {pattern: 'C.'}", kQ,
             "station_name: {pattern: 'C.'}", kA, true),
        Case("OtherPatternsAreNotCompared", "station_name: {pattern: 'C.'}", kQ,
             "station_name: {pattern: 'CT'}", kA, false),
        Case("CaseThatCountsTakesLess", "manufacturer: ACME", kA,
             "manufacturer: ACME, verdict: CLEAR", kQ, false),
        Case("MoreExcluded", "modality: {none_of: CT}", kQ,
             "modality: {none_of: [CT, MR]}", kQ, true),
        Case("LessExcluded", "modality: {none_of: [CT, MR]}", kQ,
             "modality: {none_of: CT}", kQ, false),
        Case("AValueThatIsNotExcluded", "modality: {none_of: [US]}", kQ,
             "modality: CT", kA, true),
        Case("AnExcludedValue", "modality: {none_of: [US]}", kQ, "modality: US",
             kA, false),
        Case("MoreThanAll", "image_type: {all_of: [A]}", kQ,
             "image_type: {all_of: [A, B]}", kA, true),
        Case("LessThanAll", "image_type: {all_of: [A, B]}", kQ,
             "image_type: {all_of: [A]}", kA, false),
        Case("AnyOfManyValuesMayHaveExcludedOnes", "image_type: {none_of: [B]}",
             kQ, "image_type: A", kA, false),
        Case("HoldingWhatNamesNoModality", "modality: [CT, US]", kA,
             "modality: US, verdict: CLEAR", kQ, false),
        Case("HoldingWhatNamesNoDevice", "device_list: {none_of: burns_in}", kA,
             "device_list: {none_of: burns_in}, verdict: CLEAR", kQ, false),
        Case("HoldingAfterAllThatIsClearWentOut", "verdict: CLEAR", kA,
             "modality: US, verdict: CLEAR", kQ, true),
        Case("AValueOfAPatternInAnyCase", "modality: {pattern: 'C.'}", kQ,
             "modality: CT", kQ, false),
        Case("ATakenVerdict", "modality: CT", kA,
             "modality: CT, verdict: CLEAR", kA, true),
        Case("AnotherVerdict", "modality: CT", kA,
             "modality: CT, verdict: REVIEW", kA, false),
        Case("EveryVerdict", "modality: CT", kA, "modality: CT", kQ, false),
        Case("AnInspectionOfWhatIsHeld", "modality: CT", kQ, "modality: CT",
             "then: inspect_first", true),
        Case("AfterTheInspection", "modality: CT", "then: inspect_first",
             "modality: CT", kA, false),
        Case("ALowerRisk", "risk: {below: 0.5}", kQ, "risk: {below: 0.2}", kQ,
             true),
        Case("AHigherRisk", "risk: {below: 0.5}", kQ, "risk: {below: 0.7}", kQ,
             false),
        Case("TheSameListOfDevices", "device_list: burns_in", kQ,
             "device_list: burns_in, modality: US", kQ, true),
        Case("TheOtherDevices", "device_list: burns_in", kQ,
             "device_list: {none_of: burns_in}", kA, false),
        Case("AbsenceTwice", "station_name: {absent: true}", kQ,
             "station_name: {absent: true}, modality: CT", kQ, true),
        Case("AbsenceAndAValue", "station_name: {absent: true}", kQ,
             "station_name: X", kQ, false)),
    [](const auto& tested) { return tested.param.name; });

TEST(DeadRulesTest, SeveralRulesTogetherMayTakeAll) {
  const ReadProtocol read = ParseYamlProtocol(
      ProtocolText(
          {"name: a, when: {modality: CT, verdict: CLEAR}, then: quarantine",
           "name: b, when: {modality: CT, verdict: [REVIEW, "
           "IDENTIFYING, INDETERMINATE]}, then: quarantine",
           "name: c, when: {modality: CT}, then: quarantine"}),
      {});
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0].line, 5);
}

}  // namespace
}  // namespace burntin
