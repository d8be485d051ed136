#include "detector/phi/matcher.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace burntin {
namespace {

constexpr double kIdentifying = 0.8;

Header Jane() {
  Header header;
  const auto add = [&](std::string keyword, std::string value) {
    header.identifiers.push_back({std::move(keyword), PhiText(value)});
  };
  add("PatientName", "Holloway^Jane^Marie");
  add("OtherPatientNames", "Müller^Jane");
  add("PatientID", "MF0047113");
  add("AccessionNumber", "A20204711");
  add("PatientBirthDate", "19700402");
  add("StudyDate", "20200316");
  add("InstitutionName", "St. Elsewhere Hospital");
  add("ReferringPhysicianName", "Craig^Mark");
  return header;
}

Header Named(std::string name) {
  Header header;
  header.identifiers.push_back({"PatientName", PhiText(std::move(name))});
  return header;
}

TextRegion Line(std::string text, double confidence = 0.95, int x = 10,
                int y = 10) {
  TextRegion region;
  region.box = {x, y, 8 * static_cast<int>(text.size()), 14};
  region.readings = {{PhiText(std::move(text)), confidence}};
  return region;
}

class MatcherTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { matcher_ = PhiMatcher::Create().release(); }
  static void TearDownTestSuite() {
    delete matcher_;
    matcher_ = nullptr;
  }

  static Match One(const TextRegion& region, const Header& header) {
    const std::vector<Match> matches =
        matcher_->MatchPlane(std::span(&region, 1), header);
    EXPECT_EQ(matches.size(), 1u);
    return matches.at(0);
  }

  static PhiMatcher* matcher_;
};

PhiMatcher* MatcherTest::matcher_ = nullptr;

struct MatchCase {
  std::string name;
  std::string text;
  Category category;
  std::string attribute;
  bool identifying;
};

class MatchTest : public MatcherTest,
                  public testing::WithParamInterface<MatchCase> {};

TEST_P(MatchTest, SaysWhatTheTextMeans) {
  const MatchCase& row = GetParam();
  const Match match = One(Line(row.text), Jane());
  EXPECT_EQ(match.category, row.category);
  EXPECT_EQ(match.matched_attribute, row.attribute);
  EXPECT_EQ(match.score >= kIdentifying, row.identifying);
}

constexpr Category kName = Category::kPersonName;
constexpr Category kId = Category::kIdentifier;

INSTANTIATE_TEST_SUITE_P(
    Table, MatchTest,
    testing::ValuesIn(std::vector<MatchCase>{
        {"TheNameAsInTheHeader", "HOLLOWAY^JANE", kName, "PatientName", true},
        {"TheNameInAnotherOrder", "Jane Holloway", kName, "PatientName", true},
        {"TheNameWithoutBlanks", "JANEHOLLOWAY", kName, "PatientName", true},
        {"TheNameWithAnInitial", "J. Holloway", kName, "PatientName", true},
        {"TheNameInALongerLine", "NAME: HOLLOWAY JANE M", kName, "PatientName",
         true},
        {"TheNameWithinAWordOfMore", "XHOLLOWAYX2", kName, "PatientName", true},
        {"TheSurnameWithLookalikes", "H0LL0WAY", kName, "PatientName", true},
        {"TheSurnameWithALostLetter", "HOLOWAY", kName, "PatientName", true},
        {"TheSurnameWithAnAddedLetter", "HOLLOWWAY", kName, "PatientName",
         true},
        {"TheNameWithMarks", "Jäné Hölloway", kName, "PatientName", true},
        {"AnotherNameWithoutItsMarks", "MULLER", kName, "OtherPatientNames",
         true},
        {"AnotherNameWithTwoLetters", "MUELLER", kName, "OtherPatientNames",
         true},
        {"ThePatientId", "MF0047113", kId, "PatientID", true},
        {"ThePatientIdWithLookalikes", "MFOO47ll3", kId, "PatientID", true},
        {"ThePatientIdWithPunctuation", "MF-0047-113", kId, "PatientID", true},
        {"TheAccessionNumber", "Acc: A20204711", kId, "AccessionNumber", true},
        {"TheBirthDateYearFirst", "1970-04-02", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateDayFirst", "02.04.1970", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateMonthFirst", "4/2/70", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateWithAMonthName", "2 Apr 1970", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateWithLookalikes", "O2/O4/197O", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateWithALostSeparator", "0204/1970", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateAsThreeNumbers", "02 04 70", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateAsOneNumber", "020470", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateWithTwoSeparators", "02.04 70", Category::kDate,
         "PatientBirthDate", true},
        {"TheBirthDateLikeATime", "02:04:70", Category::kDate,
         "PatientBirthDate", true},
        {"ThreeOtherNumbers", "02 05 70", Category::kOther, "", false},
        {"TheStudyDate", "16.03.2020", Category::kDate, "StudyDate", false},
        {"ADateOfNoAttribute", "17.05.2011", Category::kDate, "", false},
        {"TheInstitution", "ST. ELSEWHERE HOSPITAL", Category::kInstitution,
         "InstitutionName", false},
        {"ThePhysician", "DR CRAIG", kName, "ReferringPhysicianName", true},
        {"AnotherLabelledName", "Name: Smith, John", kName, "", true},
        {"AnotherLongNumber", "4711471147", kId, "", true},
        {"AnAddress", "info@example.org", Category::kContact, "", true},
        {"OtherText", "Lorem 17 ipsum", Category::kOther, "", false},
        {"TextLikeAName", "Lorem Ipsum", kName, "", false},
        {"BenignText", "AP SUPINE 120 kVp", Category::kBenign, "", false},
        {"BenignTextWithAnotherWord", "AP SUPINE LOREM", Category::kOther, "",
         false},
        {"ASideMarker", "L", Category::kBenign, "", false},
        {"ALetterOfNoMeaning", "Y", Category::kOther, "", false},
        {"PunctuationAlone", "--", Category::kUnreadable, "", false},
        {"NoText", "", Category::kUnreadable, "", false},
    }),
    [](const testing::TestParamInfo<MatchCase>& row) {
      return row.param.name;
    });

TEST_F(MatcherTest, AMatchWithTheHeaderScoresAtLeastNineTenths) {
  for (const char* text : {"HOLLOWAY", "H0LOWAY", "MF0047113", "MF0047118",
                           "A20204711", "02.04.1970"}) {
    EXPECT_GE(One(Line(text), Jane()).score, 0.9);
  }
}

TEST_F(MatcherTest, AShortSurnameAloneIsWeakAndWithTheGivenNameStrong) {
  const Header header = Named("Doe^Jane");
  const Match alone = One(Line("DOE"), header);
  EXPECT_EQ(alone.category, kName);
  EXPECT_LT(alone.score, kIdentifying);
  EXPECT_GE(One(Line("DOE JANE"), header).score, 0.9);
  EXPECT_GE(One(Line("DOEJANE"), header).score, 0.9);
  EXPECT_EQ(One(Line("DOES"), header).category, Category::kOther);
  EXPECT_EQ(One(Line("D0E"), header).category, kName);
}

TEST_F(MatcherTest, ANameThatIsAlsoAHarmlessWordIsHeldButNamesNobody) {
  const Match match = One(Line("HEAD"), Named("Head^Edith"));
  EXPECT_EQ(match.category, kName);
  EXPECT_LT(match.score, kIdentifying);
  EXPECT_GE(One(Line("HEAD, EDITH"), Named("Head^Edith")).score, 0.9);
}

TEST_F(MatcherTest, APlaceholderInTheHeaderIsNoEvidenceAndProvesNothing) {
  EXPECT_EQ(One(Line("ANONYMOUS"), Named("ANONYMOUS")).category,
            Category::kOther);
}

TEST_F(MatcherTest, ANameSplitOverBoxesGivesAllOfThemTheMatch) {
  const std::vector<TextRegion> regions = {Line("WAY", 0.95, 62, 11),
                                           Line("HOLLO", 0.95, 10, 10),
                                           Line("12 cm", 0.95, 500, 300)};
  const std::vector<Match> matches = matcher_->MatchPlane(regions, Jane());
  EXPECT_EQ(matches[0].matched_attribute, "PatientName");
  EXPECT_EQ(matches[1].matched_attribute, "PatientName");
  EXPECT_EQ(matches[0].reading.text, PhiText("WAY"));
  EXPECT_EQ(matches[2].category, Category::kBenign);
}

TEST_F(MatcherTest, ANameOverTwoLinesIsFound) {
  const std::vector<TextRegion> regions = {Line("DOE", 0.95, 10, 10),
                                           Line("JANE", 0.95, 10, 28)};
  for (const Match& match : matcher_->MatchPlane(regions, Named("Doe^Jane"))) {
    EXPECT_GE(match.score, 0.9);
  }
}

TEST_F(MatcherTest, ALabelInOneBoxNamesTheValueInTheNext) {
  const std::vector<TextRegion> regions = {Line("Name:", 0.95, 10, 10),
                                           Line("Smith", 0.95, 60, 10)};
  const std::vector<Match> matches = matcher_->MatchPlane(regions, {});
  EXPECT_EQ(matches[1].category, kName);
  EXPECT_GE(matches[1].score, kIdentifying);
}

TEST_F(MatcherTest, TheGravestOfSeveralReadingsCounts) {
  TextRegion region = Line("CHEST");
  region.readings.push_back({PhiText("HOLLOWAY"), 0.6});
  EXPECT_EQ(One(region, Jane()).matched_attribute, "PatientName");
  region.readings[1].text = PhiText("CHRISTO");
  EXPECT_EQ(One(region, Jane()).category, Category::kOther);
}

TEST_F(MatcherTest, ADoubtfulForeignReadingSpoilsABenignOne) {
  TextRegion region = Line("LT", 0.55);
  region.box.width = 30;
  region.readings.push_back({PhiText("GERARDO"), 0.49});
  EXPECT_EQ(One(region, {}).category, Category::kOther);
  region.readings[1].confidence = 0.3;
  EXPECT_EQ(One(region, {}).category, Category::kOther);
  region.readings[1].confidence = 0.29;
  EXPECT_EQ(One(region, {}).category, Category::kBenign);
  region.readings[1] = {PhiText("GER"), 0.49};
  EXPECT_EQ(One(region, {}).category, Category::kBenign);
}

TEST_F(MatcherTest, ADoubtfulMisreadingOfTheSameTextSpoilsNothing) {
  TextRegion region = Line("AP SUPINE", 0.9);
  region.readings.push_back({PhiText("AP 5UPlNF"), 0.49});
  EXPECT_EQ(One(region, {}).category, Category::kBenign);
  region.readings[1].text = PhiText("SIDE");
  EXPECT_EQ(One(region, {}).category, Category::kOther);
}

TEST_F(MatcherTest, AMisreadOrCutBenignTextStaysBenign) {
  for (const char* other :
       {"STANDARD|", "JSTANDARD", "STANDA", "STANDE", "5TANDARD", "NDARD"}) {
    TextRegion region = Line("STANDARD", 0.95);
    region.readings.push_back({PhiText(other), 0.8});
    EXPECT_EQ(One(region, {}).category, Category::kBenign) << other;
  }
  TextRegion region = Line("8", 0.95);
  region.readings.push_back({PhiText("oQ"), 0.6});
  EXPECT_EQ(One(region, {}).category, Category::kBenign);
}

TEST_F(MatcherTest, AnotherTextSpoilsABenignReading) {
  for (const char* other :
       {"STANDARD LEE", "LEE STANDARD", "STANFORD X", "SANDRA D", "STANDISH"}) {
    TextRegion region = Line("STANDARD", 0.95);
    region.readings.push_back({PhiText(other), 0.8});
    EXPECT_NE(One(region, {}).category, Category::kBenign) << other;
  }
}

TEST_F(MatcherTest, WhatMayTellAPersonIsNoSlipOfHarmlessText) {
  const std::pair<const char*, const char*> kRows[] = {
      {"WHITE", "J WHITE"}, {"1954", "1954 F"}, {"67", "67 F"}};
  for (const auto& [benign, other] : kRows) {
    TextRegion region = Line(benign, 0.96);
    region.readings.push_back({PhiText(other), 0.8});
    EXPECT_NE(One(region, {}).category, Category::kBenign) << other;
  }
}

TEST_F(MatcherTest, ASurerReadingIsNotTakenForASlip) {
  TextRegion region = Line("STANDARD", 0.6);
  region.readings.push_back({PhiText("STANDABD"), 0.8});
  EXPECT_EQ(One(region, {}).category, Category::kOther);
}

// "CHEST PA", read by recognisers 0 and `second`, and what a third read.
TextRegion Chest(int second, double confidence, const std::string& third,
                 double third_confidence) {
  TextRegion region = Line("CHEST PA", 0.9);
  region.readings.push_back({PhiText("Chest PA"), confidence, second});
  region.readings.push_back({PhiText(third), third_confidence, 2});
  return region;
}

TEST_F(MatcherTest, TwoWhoReadTheSameHarmlessTextOutvoteAThird) {
  EXPECT_EQ(One(Chest(1, 0.8, "CREZT QA", 0.7), Jane()).category,
            Category::kBenign);
}

TEST_F(MatcherTest, NobodyIsOutvotedByOneRecogniserOrAnUnsureOne) {
  EXPECT_EQ(One(Chest(0, 0.8, "CREZT QA", 0.7), Jane()).category,
            Category::kOther);
  EXPECT_EQ(One(Chest(1, 0.7, "CREZT QA", 0.7), Jane()).category,
            Category::kOther);
  EXPECT_EQ(One(Chest(1, 0.8, "CREZT QA", 0.95), Jane()).category,
            Category::kOther);
}

TEST_F(MatcherTest, WhatMayTellAPersonIsNeverOutvoted) {
  EXPECT_NE(One(Chest(1, 0.8, "Y. 67 F", 0.7), Jane()).category,
            Category::kBenign);
  EXPECT_EQ(One(Chest(1, 0.8, "HOLLOWAY", 0.7), Jane()).category, kName);
}

TEST_F(MatcherTest, AVeryShortIdentifierIsHeldButNamesNobody) {
  Header header;
  header.identifiers.push_back({"PatientID", PhiText("P07")});
  for (const char* text : {"P07", "P-07", "AP P07"}) {
    const Match match = One(Line(text), header);
    EXPECT_EQ(match.matched_attribute, "PatientID");
    EXPECT_LT(match.score, kIdentifying);
  }
  EXPECT_EQ(One(Line("AP P0"), header).matched_attribute, "");
}

TEST_F(MatcherTest, ANumberInPartsIsFoundWhereHyphensJoinThem) {
  Header header;
  header.identifiers.push_back({"PatientID", PhiText("123-45")});
  EXPECT_EQ(One(Line("123-45"), header).matched_attribute, "PatientID");
  EXPECT_EQ(One(Line("12345"), header).matched_attribute, "PatientID");
  EXPECT_EQ(One(Line("123 45"), header).matched_attribute, "");
}

TEST_F(MatcherTest, TextThatMayBeAnIdentifierIsNotBenignWithoutAHeader) {
  for (const char* text : {"123-456", "1234.5678", "P12-34", "B1234", "92Y",
                           "12 05 64", "TRAN, LONG", "MIN HA"}) {
    EXPECT_NE(One(Line(text), {}).category, Category::kBenign);
  }
}

TEST_F(MatcherTest, APreparedHeaderGivesTheSameMatches) {
  const PreparedHeader prepared = matcher_->Prepare(Jane());
  for (const char* text : {"HOLLOWAY", "02 04 70", "CHEST", "LOREM"}) {
    const TextRegion region = Line(text);
    const std::span<const TextRegion> regions(&region, 1);
    const Match direct = matcher_->MatchPlane(regions, Jane()).at(0);
    const Match match = matcher_->MatchPrepared(regions, prepared).at(0);
    EXPECT_EQ(match.category, direct.category);
    EXPECT_EQ(match.score, direct.score);
    EXPECT_EQ(match.matched_attribute, direct.matched_attribute);
  }
}

TEST_F(MatcherTest, WhereTwoAreCertainAnUnsureReadingMakesNoName) {
  const auto read = [](double second, double third) {
    TextRegion region = Line("mA 586", 0.99);
    region.readings.push_back({PhiText("mA586"), second, 1});
    region.readings.push_back({PhiText("Raea Shs"), third, 2});
    return region;
  };
  EXPECT_EQ(One(read(0.96, 0.6), {}).category, Category::kBenign);
  EXPECT_EQ(One(read(0.96, 0.7), {}).category, Category::kPersonName);
  EXPECT_EQ(One(read(0.94, 0.6), {}).category, Category::kPersonName);
  // The header's name is one however unsure.
  EXPECT_EQ(One(read(0.96, 0.6), Named("Raea^Shs")).category,
            Category::kPersonName);
}

TEST_F(MatcherTest, WhatAReaderFindsPossibleIsFolded) {
  TextRegion region = Line("DFOV 44.8 cm", 0.98);
  region.readings.push_back({PhiText("Dfow zz.q cm"), 0.99, 1});
  EXPECT_NE(One(region, {}).category, Category::kBenign);
  region.readings[1].alternatives = {{PhiText("dfov 44.8 cm"), 0.1}};
  EXPECT_EQ(One(region, {}).category, Category::kBenign);
}

TEST_F(MatcherTest, ADoubtfulReadingMayShowAPerson) {
  const Match match = One(Line("HOLLOWAY", 0.1), Jane());
  EXPECT_EQ(match.matched_attribute, "PatientName");
  EXPECT_GE(match.score, kIdentifying);
}

TEST_F(MatcherTest, ADoubtfulPatternIsHeldButNamesNobody) {
  const Match match = One(Line("4711471147", 0.2), {});
  EXPECT_EQ(match.category, kId);
  EXPECT_LT(match.score, kIdentifying);
}

TEST_F(MatcherTest, NoDoubtfulOrEmptyReadingIsEverBenign) {
  for (const char* text : {"", " ", "L", "AP SUPINE", "120 kVp", "10", "??"}) {
    for (int step = 0; step < 50; ++step) {
      const Match match = One(Line(text, step / 100.0), Jane());
      EXPECT_EQ(match.category, Category::kUnreadable);
    }
  }
  for (const double confidence :
       {-1.0, std::nan(""), -std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(One(Line("L", confidence), {}).category, Category::kUnreadable);
  }
  for (const char* text : {"", " ", "-", "\xE2\x80\xA6"}) {
    EXPECT_EQ(One(Line(text, 1), {}).category, Category::kUnreadable);
  }
}

TEST_F(MatcherTest, ARegionThatNobodyReadIsUnreadable) {
  TextRegion region = Line("L");
  region.readings.clear();
  EXPECT_EQ(One(region, Jane()).category, Category::kUnreadable);
}

TEST_F(MatcherTest, OneLetterReadInALongBoxProvesNothing) {
  TextRegion region = Line("L");
  region.box = {10, 10, 200, 14};
  EXPECT_EQ(One(region, {}).category, Category::kUnreadable);
  region.box = {10, 10, 14, 200};
  region.orientation = 90;
  EXPECT_EQ(One(region, {}).category, Category::kUnreadable);
}

TEST_F(MatcherTest, BenignTextScoresNextToNothing) {
  EXPECT_LE(One(Line("CHEST"), Jane()).score, 0.05);
}

TEST_F(MatcherTest, APlaneWithoutRegionsHasNoMatches) {
  EXPECT_TRUE(matcher_->MatchPlane({}, Jane()).empty());
}

}  // namespace
}  // namespace burntin
