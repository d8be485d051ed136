#include "server/routing/dasher.h"

#include <gmock/gmock.h>

#include "tests/server/routing/protocols.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kHeld[] = "QUARANTINE";

std::string DasherText(const std::string& modalities,
                       const std::string& models) {
  return "0008,0060 \tModality   " + modalities +
         "\n0008,1090   ManufacturersModelName    " + models + "\n";
}

ReadProtocol Read(const std::string& text) {
  return ParseDasher(text, {.hospital_project = "HOSPITAL"});
}

struct RouteCase {
  std::string name;
  std::string modalities;
  std::string models;
  std::string modality;  // "-": the header has none
  std::string model;
  std::string strict;  // project of a clear session
  std::string legacy;
};

class DasherRouteTest : public testing::TestWithParam<RouteCase> {};

TEST_P(DasherRouteTest, IsStrictHereAndAsItIsThere) {
  const RouteCase& tested = GetParam();
  const ReadProtocol read = Read(DasherText(tested.modalities, tested.models));
  ASSERT_NE(read.protocol, nullptr) << Listed(read.errors, "protocol.txt");
  const auto there = [](const std::string& value) {
    return value == "-" ? "" : value;
  };
  const HeaderFacts header =
      CtHeader({{"modality", there(tested.modality)},
                {"manufacturer_model_name", there(tested.model)}});
  EXPECT_EQ(
      Decide(read.protocol, SessionOf({Instance("1", header)})).target_project,
      tested.strict);
  const auto value = [](const std::string& text) {
    return text == "-" ? std::nullopt : std::optional(text);
  };
  EXPECT_EQ(DasherProject(*read.protocol, RouteAsDasher(*read.protocol->dasher,
                                                        value(tested.modality),
                                                        value(tested.model))),
            tested.legacy);
}

INSTANTIATE_TEST_SUITE_P(
    All, DasherRouteTest,
    testing::Values(
        RouteCase{"AListedModality", "CT, MR", "ALLOW ALL", "MR", "Aera",
                  "HOSPITAL", "HOSPITAL"},
        RouteCase{"AnUnlistedModality", "CT, MR", "ALLOW ALL", "US", "Aera",
                  kHeld, kHeld},
        RouteCase{"AnExcludedModel", "ALL", "Aera", "MR", "Aera", kHeld, kHeld},
        RouteCase{"AnotherModel", "ALL", "Aera", "MR", "Skyra", "HOSPITAL",
                  "HOSPITAL"},
        RouteCase{"APartOfAListedModality", "RTSTRUCT", "ALLOW ALL", "CT",
                  "Aera", kHeld, "HOSPITAL"},
        RouteCase{"APartOfTheLineItself", "MR", "ALLOW ALL", "0060", "Aera",
                  kHeld, "HOSPITAL"},
        RouteCase{"AModalityThatHoldsAll", "BALL, MR", "ALLOW ALL", "US",
                  "Aera", kHeld, "HOSPITAL"},
        RouteCase{"AModelThatHoldsAll", "MR", "ALLEGRA, Aera", "MR", "Aera",
                  kHeld, "HOSPITAL"},
        RouteCase{"AnEmptyModality", "CT, MR", "ALLOW ALL", "", "Aera", kHeld,
                  "HOSPITAL"},
        RouteCase{"NoModality", "CT, MR", "ALLOW ALL", "-", "Aera", kHeld,
                  "Unassigned"},
        RouteCase{"AnEmptyModalityWhereAllGo", "ALL", "ALLOW ALL", "", "Aera",
                  kHeld, "HOSPITAL"},
        RouteCase{"AnEmptyModel", "MR", "Aera", "MR", "", kHeld, kHeld},
        RouteCase{"NoModel", "MR", "Aera", "MR", "-", kHeld, "Unassigned"},
        RouteCase{"AModelThatIsPartOfAnother", "MR", "Aera XT", "MR", "Aera",
                  "HOSPITAL", kHeld},
        RouteCase{"AModelInOtherLetterCase", "MR", "Aera", "MR", "AERA", kHeld,
                  "HOSPITAL"},
        RouteCase{"ModalitiesBesideAll", "ALL,CT,RTSTRUCT, MR", "ALL", "US",
                  "Aera", "HOSPITAL", "HOSPITAL"}),
    [](const auto& tested) { return tested.param.name; });

TEST(DasherTest, OnlyAClearSessionGoesToTheHospital) {
  const ReadProtocol read = Read(DasherText("ALL", "ALLOW ALL"));
  ASSERT_NE(read.protocol, nullptr);
  for (const Verdict verdict :
       {Verdict::kReview, Verdict::kIdentifying, Verdict::kIndeterminate}) {
    EXPECT_EQ(
        Decide(read.protocol, SessionOf({Instance("1", CtHeader(), verdict)}))
            .action,
        RouteAction::kQuarantine);
  }
}

TEST(DasherTest, TheRulesHaveTheLinesOfTheFile) {
  const ReadProtocol read =
      Read("clinical_trial_names a,b\r\n\r\n" + DasherText("CT", "Aera"));
  ASSERT_NE(read.protocol, nullptr) << Listed(read.errors, "p");
  ASSERT_THAT(read.protocol->rules, SizeIs(2));
  EXPECT_EQ(read.protocol->rules[0].name, "ManufacturersModelName");
  EXPECT_EQ(read.protocol->rules[0].line, 4);
  EXPECT_EQ(read.protocol->rules[1].name, "Modality");
  EXPECT_EQ(read.protocol->rules[1].line, 3);
}

struct BrokenCase {
  std::string name;
  std::string text;
  int line;
  int column;
};

class DasherErrorTest : public testing::TestWithParam<BrokenCase> {};

TEST_P(DasherErrorTest, IsToldWithItsPlace) {
  const ReadProtocol read = Read(GetParam().text);
  EXPECT_EQ(read.protocol, nullptr);
  ASSERT_THAT(read.errors, SizeIs(1)) << Listed(read.errors, "protocol.txt");
  EXPECT_EQ(read.errors[0].line, GetParam().line);
  EXPECT_EQ(read.errors[0].column, GetParam().column);
}

INSTANTIATE_TEST_SUITE_P(
    All, DasherErrorTest,
    testing::Values(
        BrokenCase{"NoModelLine", "0008,0060 Modality CT\n", 1, 1},
        BrokenCase{"NoModalityLine", "0008,1090 ManufacturersModelName ALL\n",
                   1, 1},
        BrokenCase{"ALineTwice",
                   DasherText("CT", "ALL") + "0008,0060 Modality MR\n", 3, 1},
        BrokenCase{"AComment", "# ours\n" + DasherText("CT", "ALL"), 1, 1},
        BrokenCase{"AnotherTag",
                   DasherText("CT", "ALL") + "  0008,0070 Manufacturer X\n", 3,
                   3},
        BrokenCase{"NoModality", DasherText("", "ALL"), 1, 1},
        BrokenCase{"NoModel", DasherText("CT", ""), 2, 1},
        BrokenCase{"ModalitiesPartedBySpaces", DasherText("CT, MR US", "ALL"),
                   1, 27},
        BrokenCase{"AllBesideModels", DasherText("CT", "Aera, ALL"), 2, 45},
        BrokenCase{"ModelsPartedBySemicolons", DasherText("CT", "Aera; Skyra"),
                   2, 39},
        BrokenCase{"ModelsPartedByBars", DasherText("CT", "Biograph,Aera|Sky"),
                   2, 48},
        BrokenCase{"ModelsPartedByATab", DasherText("CT", "Aera\tSkyra"), 2,
                   39},
        BrokenCase{"ModelsPartedByAWideComma",
                   DasherText("CT", "Aera\uff0cSkyra"), 2, 39},
        BrokenCase{"AModelWithASpaceThatIsNotAscii",
                   DasherText("CT", "Aera\u00a0XT"), 2, 39},
        BrokenCase{"AModelThatEndsInOne", DasherText("CT", "Aera\u00a0"), 2,
                   39},
        BrokenCase{"NotUtf8", DasherText("CT", "Aera\xFF"), 1, 1}),
    [](const auto& tested) { return tested.param.name; });

TEST(DasherTest, TheHospitalProjectHasToBeNamed) {
  const std::string text = DasherText("CT", "ALL");
  EXPECT_EQ(ParseDasher(text, {}).protocol, nullptr);
  EXPECT_EQ(ParseDasher(text, {.hospital_project = "QUARANTINE"}).protocol,
            nullptr);
}

TEST(DasherTest, TheHospitalProjectIsAProjectAndNotTheQuarantine) {
  const std::string text = DasherText("CT", "ALL");
  for (const char* project :
       {"quarantine", "Unassigned", "unassigned", "A B", "A/B", "\xC3\x84"}) {
    EXPECT_EQ(ParseDasher(text, {.hospital_project = project}).protocol,
              nullptr)
        << project;
  }
}

TEST(DasherTest, AModelOfSeveralWordsIsNoticed) {
  const ReadProtocol read = Read(DasherText("CT", "Aera, Aera XT"));
  ASSERT_NE(read.protocol, nullptr) << Listed(read.errors, "p");
  ASSERT_THAT(read.notices, SizeIs(1));
  EXPECT_EQ(read.notices[0].column, 45);
}

TEST(DasherTest, AWrongFileIsNotToldInFull) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "DOE^JANE 19700101\n";
  const ReadProtocol read = Read(text);
  EXPECT_EQ(read.protocol, nullptr);
  EXPECT_THAT(read.errors, SizeIs(50));
  EXPECT_THAT(Listed(read.errors, "p"),
              ::testing::Not(::testing::HasSubstr("DOE")));
}

TEST(DasherTest, AModalityThatIsNoneIsNoticed) {
  const ReadProtocol read = Read(DasherText("CT,PET", "ALL"));
  ASSERT_NE(read.protocol, nullptr);
  ASSERT_THAT(read.notices, SizeIs(1));
  EXPECT_EQ(read.notices[0].column, 26);
}

TEST(DasherTest, AMissingLineIsReadAsDasherDoes) {
  const DasherLines no_models = DasherLinesOf("0008,0060 Modality CT\n");
  EXPECT_EQ(no_models.models, "error2");
  EXPECT_EQ(RouteAsDasher(no_models, "CT", "Aera"), DasherRoute::kHospital);
  const DasherLines nothing = DasherLinesOf("");
  EXPECT_EQ(RouteAsDasher(nothing, "CT", "Aera"), DasherRoute::kQuarantine);
}

TEST(DasherTest, DasherTakesTheFirstLineThatHoldsTheWord) {
  const DasherLines lines =
      DasherLinesOf("# Modality of this site: ALL\n" + DasherText("CT", "X"));
  EXPECT_EQ(RouteAsDasher(lines, "US", "Aera"), DasherRoute::kHospital);
}

}  // namespace
}  // namespace burntin
