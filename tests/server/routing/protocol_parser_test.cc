#include "server/routing/protocol_parser.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/server/routing/protocols.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> PlacesOf(const std::vector<ProtocolNote>& notes) {
  std::vector<std::string> places;
  for (const ProtocolNote& note : notes) {
    places.push_back(std::to_string(note.line) + ":" +
                     std::to_string(note.column));
  }
  return places;
}

TEST(ProtocolParserTest, EveryPartOfARuleIsRead) {
  const auto protocol = Parsed(R"(version: 1
rules:
  - name: rule one
    when:
      modality: [CT, MR]
      image_type: {all_of: [ORIGINAL, PRIMARY], none_of: LOCALIZER}
      station_name: {pattern: "CT[0-9]"}
      device_list: {none_of: burns_in}
      verdict: [CLEAR, REVIEW]
      risk: {below: 0.5, at_least: 0.1}
    then: {to_project: HOSPITAL_1}
  - name: rule two
    then: quarantine
)");
  ASSERT_NE(protocol, nullptr);
  EXPECT_EQ(protocol->quarantine_project, "QUARANTINE");
  ASSERT_THAT(protocol->rules, SizeIs(2));
  const Rule& rule = protocol->rules[0];
  EXPECT_EQ(rule.name, "rule one");
  EXPECT_EQ(rule.line, 3);
  EXPECT_EQ(rule.column, 5);
  EXPECT_EQ(rule.action, RouteAction::kToProject);
  EXPECT_EQ(rule.project, "HOSPITAL_1");
  ASSERT_THAT(rule.values, SizeIs(3));
  EXPECT_THAT(rule.values[0].any_of, ElementsAre("CT", "MR"));
  EXPECT_THAT(rule.values[1].all_of, ElementsAre("ORIGINAL", "PRIMARY"));
  EXPECT_THAT(rule.values[1].none_of, ElementsAre("LOCALIZER"));
  EXPECT_THAT(rule.values[2].patterns, SizeIs(1));
  ASSERT_THAT(rule.devices, SizeIs(1));
  EXPECT_FALSE(rule.devices[0].on_list);
  EXPECT_THAT(*rule.verdicts, ElementsAre(Verdict::kClear, Verdict::kReview));
  EXPECT_EQ(rule.risk_below, 0.5);
  EXPECT_EQ(rule.risk_at_least, 0.1);
  EXPECT_EQ(protocol->rules[1].action, RouteAction::kQuarantine);
}

TEST(ProtocolParserTest, AWordThatYamlTakesForSomethingElseStaysAText) {
  const auto protocol = WithRules(
      {"name: r, when: {burned_in_annotation: NO, software_versions: 4.10}, "
       "then: quarantine"});
  ASSERT_NE(protocol, nullptr);
  EXPECT_THAT(protocol->rules[0].values[0].any_of, ElementsAre("NO"));
  EXPECT_THAT(protocol->rules[0].values[1].any_of, ElementsAre("4.10"));
}

struct ErrorCase {
  std::string name;
  std::string rule;    // stands in line 3, from column 6 on
  std::string place;   // of the first error
  std::string naming;  // what its sentence has to name
};

class RuleErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(RuleErrorTest, IsToldWithItsPlace) {
  const ReadProtocol read =
      ParseYamlProtocol(ProtocolText({GetParam().rule}), {});
  EXPECT_EQ(read.protocol, nullptr);
  ASSERT_THAT(read.errors, Not(IsEmpty()));
  EXPECT_EQ(PlacesOf(read.errors).front(), GetParam().place)
      << read.errors.front().message;
  EXPECT_THAT(read.errors.front().message, HasSubstr(GetParam().naming));
}

INSTANTIATE_TEST_SUITE_P(
    All, RuleErrorTest,
    testing::Values(
        ErrorCase{"NoName", "then: quarantine", "3:5", "name"},
        ErrorCase{"NoThen", "name: r", "3:5", "then"},
        ErrorCase{"AnUnknownKey", "name: r, then: quarantine, wen: {}", "3:33",
                  "wen"},
        ErrorCase{"AKeyTwice", "name: r, name: s, then: quarantine", "3:15",
                  "twice"},
        ErrorCase{"AnUnknownAction", "name: r, then: release", "3:15", "then"},
        ErrorCase{"AProjectThatIsNoId",
                  "name: r, when: {modality: CT}, then: {to_project: a b}",
                  "3:37", "to_project"},
        ErrorCase{"TheQuarantineProject",
                  "name: r, when: {modality: CT}, then: {to_project: "
                  "quarantine}",
                  "3:56", "quarantine"},
        ErrorCase{"AnUnknownCondition",
                  "name: r, when: {colour: red}, then: quarantine", "3:22",
                  "colour"},
        ErrorCase{"AConditionTwice",
                  "name: r, when: {modality: CT, modality: MR}, then: "
                  "quarantine",
                  "3:36", "twice"},
        ErrorCase{"NoConditions", "name: r, when: {}, then: quarantine", "3:21",
                  "when"},
        ErrorCase{"NoValue", "name: r, when: {modality: }, then: quarantine",
                  "3:22", "modality"},
        ErrorCase{"AnEmptyText",
                  "name: r, when: {modality: ' '}, then: quarantine", "3:32",
                  "modality"},
        ErrorCase{"AnEmptyList",
                  "name: r, when: {modality: []}, then: quarantine", "3:22",
                  "modality"},
        ErrorCase{"AListOfLists",
                  "name: r, when: {modality: [[CT]]}, then: quarantine", "3:33",
                  "modality"},
        ErrorCase{"AnUnknownPartOfACondition",
                  "name: r, when: {modality: {contains: CT}}, then: quarantine",
                  "3:33", "contains"},
        ErrorCase{"AllOfASingleValue",
                  "name: r, when: {modality: {all_of: [CT]}}, then: quarantine",
                  "3:33", "all_of"},
        ErrorCase{"AListOfAMultipleValue",
                  "name: r, when: {image_type: [A, B]}, then: quarantine",
                  "3:22", "any_of"},
        ErrorCase{"ValuesPartedByBackslashes",
                  "name: r, when: {image_type: 'A\\B'}, then: quarantine",
                  "3:34", "backslash"},
        ErrorCase{"AClassByName",
                  "name: r, when: {sop_class_uid: CTImage}, then: quarantine",
                  "3:37", "UID"},
        ErrorCase{"AnOddBurnedInAnnotation",
                  "name: r, when: {burned_in_annotation: true}, then: "
                  "quarantine",
                  "3:44", "YES"},
        ErrorCase{"ABrokenPattern",
                  "name: r, when: {modality: {pattern: '('}}, then: quarantine",
                  "3:42", "RE2"},
        ErrorCase{"AValueThatIsExcluded",
                  "name: r, when: {modality: {any_of: CT, none_of: CT}}, then: "
                  "quarantine",
                  "3:22", "never fire"},
        ErrorCase{"AbsentAndPresent",
                  "name: r, when: {modality: {absent: true, any_of: CT}}, "
                  "then: quarantine",
                  "3:22", "never fire"},
        ErrorCase{"AbsentAndLetOut",
                  "name: r, when: {station_name: {absent: true}}, then: "
                  "{to_project: A}",
                  "3:37", "lets nothing out"},
        ErrorCase{"NotAbsent",
                  "name: r, when: {modality: {absent: false}}, then: "
                  "quarantine",
                  "3:33", "absent"},
        ErrorCase{"AnUnknownVerdict",
                  "name: r, when: {verdict: CLEAN}, then: quarantine", "3:22",
                  "CLEAN"},
        ErrorCase{"IndeterminateAndLetOut",
                  "name: r, when: {verdict: [CLEAR, INDETERMINATE]}, then: "
                  "{to_project: A}",
                  "3:22", "never let out"},
        ErrorCase{"AVerdictBeforeTheInspection",
                  "name: r, when: {verdict: CLEAR}, then: inspect_first",
                  "3:22", "inspect_first"},
        ErrorCase{"ARiskThatIsNoNumber",
                  "name: r, when: {risk: {below: low}}, then: quarantine",
                  "3:22", "risk"},
        ErrorCase{"ARiskAboveOne",
                  "name: r, when: {risk: {below: 1.5}}, then: quarantine",
                  "3:22", "risk"},
        ErrorCase{"ARiskThatIsNan",
                  "name: r, when: {risk: {below: nan}}, then: quarantine",
                  "3:22", "risk"},
        ErrorCase{"ARiskThatCannotBe",
                  "name: r, when: {risk: {below: 0.2, at_least: 0.2}}, then: "
                  "quarantine",
                  "3:22", "never fire"},
        ErrorCase{"AnUnknownListOfDevices",
                  "name: r, when: {device_list: mine}, then: quarantine",
                  "3:22", "burns_in"},
        ErrorCase{"AListOfHeldDevicesThatIsLetOut",
                  "name: r, when: {device_list: burns_in}, then: "
                  "{to_project: A}",
                  "3:22", "none_of"},
        ErrorCase{"WhateverComesIsLetOut", "name: r, then: {to_project: A}",
                  "3:5", "verdict: CLEAR"}),
    [](const auto& tested) { return tested.param.name; });

struct FileCase {
  std::string name;
  std::string text;
  std::string place;
};

class FileErrorTest : public testing::TestWithParam<FileCase> {};

TEST_P(FileErrorTest, IsToldWithItsPlace) {
  const ReadProtocol read = ParseYamlProtocol(GetParam().text, {});
  EXPECT_EQ(read.protocol, nullptr);
  ASSERT_THAT(read.errors, Not(IsEmpty()));
  EXPECT_EQ(PlacesOf(read.errors).front(), GetParam().place)
      << read.errors.front().message;
}

INSTANTIATE_TEST_SUITE_P(
    All, FileErrorTest,
    testing::Values(
        FileCase{"Empty", "", "1:1"}, FileCase{"OnlyAComment", "# x\n", "1:1"},
        FileCase{"AText", "hello", "1:1"}, FileCase{"AList", "- a\n", "1:1"},
        FileCase{"NoVersion", "rules: []\n", "1:1"},
        FileCase{"AnotherVersion", "version: 2\nrules: []\n", "1:1"},
        FileCase{"NoRules", "version: 1\n", "1:1"},
        FileCase{"RulesThatAreNoList", "version: 1\nrules: {}\n", "2:1"},
        FileCase{"ARuleThatIsAText", "version: 1\nrules:\n  - quarantine\n",
                 "3:5"},
        FileCase{"AnUnknownKey", "version: 1\nrule: []\nrules: []\n", "2:1"},
        FileCase{"AKeyThatIsAList", "version: 1\n? [a]\n: b\nrules: []\n",
                 "2:3"},
        FileCase{"BrokenYaml", "version: 1\nrules: [\n", "3:1"},
        FileCase{"ATab", "version: 1\nrules:\n\t- a\n", "3:2"},
        FileCase{"TwoDocuments", "version: 1\nrules: []\n---\nversion: 1\n",
                 "3:1"},
        FileCase{"AnAnchor", "version: 1\nrules: &a []\n", "2:8"},
        FileCase{"AnAliasOfItself", "version: 1\nrules: &a [*a]\n", "2:8"},
        FileCase{"NotUtf8", "version: 1\nrules: []\n# \xFF\n", "1:1"},
        FileCase{"Utf16", std::string("\xFE\xFF\0r", 4), "1:1"},
        FileCase{"ATag", "version: !!str 1\nrules: []\n", "1:10"}),
    [](const auto& tested) { return tested.param.name; });

TEST(ProtocolParserTest, AllErrorsOfAFileAreToldAtOnce) {
  const ReadProtocol read = ParseYamlProtocol(R"(version: 1
rules:
  - name: one
    when: {modality: [], colour: red}
    then: release
  - name: two
    then: quarantine
    extra: 1
  - name: two
    then: {to_project: A B}
)",
                                              {});
  EXPECT_EQ(read.protocol, nullptr);
  EXPECT_THAT(PlacesOf(read.errors),
              ElementsAre("4:12", "4:26", "5:5", "8:5", "9:5", "10:5"));
}

TEST(ProtocolParserTest, TwoRulesOfOneNameAreAnError) {
  const ReadProtocol read = ParseYamlProtocol(
      ProtocolText({"name: r, when: {modality: CT}, then: quarantine",
                    "name: r, when: {modality: MR}, then: quarantine"}),
      {});
  EXPECT_THAT(PlacesOf(read.errors), ElementsAre("4:5"));
}

TEST(ProtocolParserTest, ARuleThatCanNeverFireIsAnError) {
  const ReadProtocol read = ParseYamlProtocol(
      ProtocolText({"name: all, then: quarantine",
                    "name: ct, when: {modality: CT}, then: {to_project: A}"}),
      {});
  EXPECT_EQ(read.protocol, nullptr);
  EXPECT_THAT(PlacesOf(read.errors), ElementsAre("4:5"));
}

TEST(ProtocolParserTest, LettingOutMoreThanClearIsNoticed) {
  const ReadProtocol read = ParseYamlProtocol(
      ProtocolText({"name: r, when: {verdict: [CLEAR, REVIEW]}, then: "
                    "{to_project: A}"}),
      {});
  EXPECT_NE(read.protocol, nullptr);
  EXPECT_THAT(PlacesOf(read.notices), ElementsAre("3:5"));
}

TEST(ProtocolParserTest, AModalityThatTheStandardDoesNotHaveIsNoticed) {
  const ReadProtocol read = ParseYamlProtocol(
      ProtocolText({"name: r, when: {modality: [CT, PET]}, then: "
                    "{to_project: A}"}),
      {});
  EXPECT_NE(read.protocol, nullptr);
  ASSERT_THAT(PlacesOf(read.notices), ElementsAre("3:37"));
  EXPECT_THAT(read.notices[0].message, HasSubstr("PT"));
}

TEST(ProtocolParserTest, AProtocolThatLetsNothingOutIsNoticed) {
  const ReadProtocol read = ParseYamlProtocol(ProtocolText({}), {});
  EXPECT_NE(read.protocol, nullptr);
  EXPECT_THAT(read.notices, SizeIs(1));
}

TEST(ProtocolParserTest, AFileThatIsTooLargeIsRefused) {
  const ReadProtocol read =
      ParseYamlProtocol("# " + std::string((1 << 20) + 1, 'x'), {});
  EXPECT_EQ(read.protocol, nullptr);
}

TEST(ProtocolParserTest, TheNameOfTheFileTellsItsForm) {
  const std::string dasher =
      "0008,0060 Modality CT\n0008,1090 ManufacturersModelName ALL\n";
  const ProtocolSite site{.hospital_project = "HOSPITAL"};
  EXPECT_NE(ParseProtocol("p.txt", dasher, site).protocol, nullptr);
  EXPECT_EQ(ParseProtocol("p.yaml", dasher, site).protocol, nullptr);
  EXPECT_NE(ParseProtocol("p.yml", ProtocolText({}), site).protocol, nullptr);
  EXPECT_EQ(ParseProtocol("p.conf", ProtocolText({}), site).protocol, nullptr);
}

TEST(ProtocolParserTest, TheExampleIsAProtocolWithoutNotices) {
  std::ostringstream text;
  text << std::ifstream(EXAMPLE_PROTOCOL).rdbuf();
  const ReadProtocol read = ParseYamlProtocol(text.str(), {});
  EXPECT_THAT(Listed(read.errors, "protocol.yaml"), IsEmpty());
  EXPECT_THAT(Listed(read.notices, "protocol.yaml"), IsEmpty());
  ASSERT_NE(read.protocol, nullptr);
  EXPECT_GT(read.protocol->rules.size(), 5U);
}

TEST(ProtocolParserTest, NotesAreListedWithTheFilesName) {
  EXPECT_EQ(Listed({{1, 2, "One."}, {3, 4, "Two."}}, "p.yaml"),
            "p.yaml:1:2: One.\np.yaml:3:4: Two.");
}

ReadProtocol WithPixelless(const std::string& value) {
  return ParseYamlProtocol(
      "version: 1\nwithout_pixels: " + value + "\nrules: []\n", {});
}

TEST(ProtocolParserTest, KindsOfObjectsWithoutPixelsAreTheirClasses) {
  const ReadProtocol read = WithPixelless("[rt_plan, key_object_selection]");
  ASSERT_NE(read.protocol, nullptr) << Listed(read.errors, "protocol.yaml");
  EXPECT_THAT(read.protocol->pixelless,
              ElementsAre("1.2.840.10008.5.1.4.1.1.481.5",
                          "1.2.840.10008.5.1.4.1.1.481.8",
                          "1.2.840.10008.5.1.4.1.1.88.59"));
  // That their text goes out unseen is worth a notice.
  EXPECT_THAT(PlacesOf(read.notices), testing::Contains("2:1"));
}

TEST(ProtocolParserTest, OnlyKindsThatNeverHavePixelsMayBeNamed) {
  for (const char* value :
       {"[]", "structured_report", "[ct_image]", "[{}]", "[SR]",
        "[structured_report, '1.2.840.10008.5.1.4.1.1.2']"}) {
    const ReadProtocol read = WithPixelless(value);
    EXPECT_EQ(read.protocol, nullptr) << value;
    ASSERT_FALSE(read.errors.empty());
    EXPECT_EQ(read.errors.front().line, 2);
  }
}

TEST(ProtocolParserTest, WithoutTheKeyNoObjectGoesWithoutPixels) {
  EXPECT_THAT(Parsed("version: 1\nrules: []\n")->pixelless, IsEmpty());
}

}  // namespace
}  // namespace burntin
