#include "detector/phi/benign_vocabulary.h"

#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detector/phi/person_names.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

std::string RowName(const testing::TestParamInfo<std::string>& row) {
  std::string name = "Row" + std::to_string(row.index) + "_";
  for (const char c : row.param) {
    name.push_back(std::isalnum(static_cast<unsigned char>(c)) ? c : '_');
  }
  return name;
}

const BenignVocabulary& Vocabulary() {
  static const auto* vocabulary =
      new BenignVocabulary(BuiltInBenignVocabulary());
  return *vocabulary;
}

class CoveredTest : public testing::TestWithParam<std::string> {};

TEST_P(CoveredTest, SaysNothingAboutAPerson) {
  EXPECT_TRUE(Vocabulary().Covers(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CoveredTest,
    testing::Values(
        "L", "R", "LT", "AP SUPINE", "PA", "LAT", "RMLO", "L CC", "120 KVP",
        "120KVP", "KVP 120 MA 200", "15.0CM", "40HZ", "75 MM/S", "60%", "0",
        "10", "-.62", "0 50 100 150 200", "SE 3 IM 12/48", "SE:3/2", "IM#2",
        "W: 3498 L: 2000", "WL 40 WW 400", "TR 500 TE 12", "FOV 240 MM",
        "ZOOM 1.5", "MI 1.1", "TIS0.0", "TIS<0.4 MI=0.8 AO=100%", "GN 50",
        "L12-5", "C5-1", "6C1", "2D", "14:23:53", "2:56:22 PM", "05:24:54PM",
        "CHEST", "LYMPH NODE", "LYMPHNODE", "SAG LIVER", "GE", "PHILIPS",
        "3CM3CM", "1O0%", "H4.00 MHZ", "SEMI-UPRIGHT", "L5-S1", "PAGE 1/3",
        "LONG", "PAN", "MIN 0 MAX 80", "HEAD LAT", "0.5 1.0 1.5 2.0", "1234.56",
        "B1000", "L12-5 60%", "T12-L1", "4C-RS", "TM:14:23:53", "14:23:53,",
        "C50", "B30F", "BR40", "W816L-246", "WW 400 WL 40", "W 1117 L 142",
        "15F/S", "F/S", "W538", "DFOV 38.8 CM", "SL 2.5", "PRF1150 HZ",
        "TR5865", "EI2328", "123 MAS?", "AGD1.18MGY", "MO/RH", "174 N",
        "NOTFOR DIAGNOSIS", "[FILE]", "{TOOLS}", "BRAIN", "COLON", "LEFT FOOT",
        "FOOT 3 VIEWS", "SMALL PARTS", "TRANS LOWER LUNG", "LOW POWER 3",
        "TSE TRA", "M3", "BED 12", "75 M/S", "LOC F 67.5", "A F", "ET:19",
        "| LAO 23", "LAO 23 |", "IN 14/82", "TI TSE", "IM 05/13", "12-5"),
    RowName);

class UncoveredTest : public testing::TestWithParam<std::string> {};

TEST_P(UncoveredTest, IsNotShownBenign) {
  EXPECT_FALSE(Vocabulary().Covers(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Texts, UncoveredTest,
    testing::Values(
        "", " ", "***", "DOE", "DOE JANE", "CHEST DOE", "PAT: STONE", "TE:1926",
        "03.1954", "3/1954", "1926 F", "DR WHITE", "A STONE", "AP SUPINE DOE",
        "L DOE", "12345", "CT1234", "AB12CD34", "1A2B3C4D", "1234 5678",
        "1234-5678", "12 345 679", "02/04/1970", "~", "L ~", "CHEST~",
        "DOE^JANE", "A@B", "L & R", "KVPX", "SARA", "S A R A", "D0E",
        "NAME:", "DOB", "ID", "MRN", "0.123456", "M", "SEX: F", "LAPRAL",
        "12 05 64", "12.05 64", "12:05:64", "120564", "123-456", "1234.5678",
        "12.34 56.78", "P12-34", "P07", "B1234", "92Y", "C12 L34 12",
        "TM:64:05:12", "64:05:12", "TRAN", "TRAN, LONG", "LONG, PAN", "MIN HA",
        "HEAD, CHEST", "PAN-LONG", "FATIMA", "ARMAND", "WHITEHEAD", "REINHART",
        "X4-21", "45F", "LOREM", "67F", "67 F", "F 67", "F67", "F/67", "M 67",
        "67 M", "67M", "067Y/F", "(67 M)", "CHEST 67 F", "F12", "M12",
        "COLON FOOT", "BRAIN, COLON", "A BRAIN", "SMALL, PARTS",
        "STONE WHITE SMALL PARTS", "PARTS SMALL", "W8164", "B30X", "W12345L40",
        "XY5865", "PRF11500", "D?E", "B!LL", "H!LL", "S!MA", "4!82!3", "4182!",
        "67 / M", "M / 67", "67 (M)", "67 M.", "67, M", "[67 F]", "67 - F",
        "F: 67", "1954 / M", "1954 (M)", "1954-M", "GREEN, L", "WHITE, R.",
        "HART R WHITE", "W1954L0312", "WW4711C0815", "BW4711", "SID4711",
        "-05-13", "05-13", "13.05.", "/05/13", "|", "D|E", "TSE TI", "ET DOE"),
    RowName);

TEST(OwnVocabularyTest, HasSectionsAndComments) {
  const BenignVocabulary vocabulary(
      "# a comment with FOREIGN words\n[words]\nFOO # BAZ\n[units]\nBAR\n"
      "[tokens]\nQ\\d+\n");
  EXPECT_TRUE(vocabulary.Covers("FOO 12 BAR Q77"));
  EXPECT_FALSE(vocabulary.Covers("BAR"));
  EXPECT_FALSE(vocabulary.Covers("FOREIGN"));
  EXPECT_FALSE(vocabulary.Covers("BAZ"));
}

TEST(OwnVocabularyTest, HasNamesThatCountAsWordsButNotTwoOfThemAlone) {
  const BenignVocabulary vocabulary("[words]\nFOO\n[names]\nBAR\nQUX\n");
  EXPECT_TRUE(vocabulary.Covers("BAR"));
  EXPECT_TRUE(vocabulary.Covers("BAR FOO"));
  EXPECT_TRUE(vocabulary.Covers("BAR 1 QUX 2"));
  EXPECT_FALSE(vocabulary.Covers("BAR QUX"));
  EXPECT_FALSE(vocabulary.Covers("QUX, BAR"));
}

TEST(OwnVocabularyTest, HasPhrasesOfNamesThatNameNobody) {
  const BenignVocabulary vocabulary(
      "[names]\nBAR QUX BAZ\n[phrases]\nBAR-QUX\n");
  EXPECT_TRUE(vocabulary.Covers("BAR QUX"));
  EXPECT_FALSE(vocabulary.Covers("BAR QUX BAZ BAZ"));
  EXPECT_FALSE(vocabulary.Covers("QUX BAR"));
  EXPECT_FALSE(vocabulary.Covers("BAR, QUX"));
}

// The words of a text in the form of the two lists, without its comments.
std::vector<std::pair<std::string, std::string>> SectionsAndWords(
    std::string_view text) {
  std::vector<std::pair<std::string, std::string>> found;
  std::istringstream lines{std::string(text)};
  std::string line;
  std::string section;
  while (std::getline(lines, line)) {
    std::istringstream words(line.substr(0, line.find('#')));
    for (std::string word; words >> word;) {
      if (word[0] == '[' && word.find(']') == word.size() - 1) {
        section = word;
      } else {
        found.emplace_back(section, word);
      }
    }
  }
  return found;
}

TEST(BuiltInVocabularyTest, KnowsEachOfItsWordsThatPeopleAreCalledBy) {
  std::set<std::string> called;
  for (const auto& [section, word] : SectionsAndWords(BuiltInPersonNames())) {
    called.insert(word);
  }
  ASSERT_GT(called.size(), 10000u);
  std::set<std::string> names;
  std::set<std::string> shared;
  for (const auto& [section, word] :
       SectionsAndWords(BuiltInBenignVocabulary())) {
    if (section == "[names]") names.insert(word);
    if (section == "[words]" && called.count(word) > 0) shared.insert(word);
  }
  ASSERT_GT(shared.size(), 100u);
  for (const std::string& word : shared) {
    EXPECT_EQ(names.count(word), 1u) << word;
  }
}

TEST(BuiltInVocabularyTest, HasNoPhraseWithOtherWordsThanNames) {
  std::set<std::string> names;
  int phrases = 0;
  for (const auto& [section, word] :
       SectionsAndWords(BuiltInBenignVocabulary())) {
    if (section == "[names]") names.insert(word);
    if (section != "[phrases]") continue;
    ++phrases;
    const size_t hyphen = word.find('-');
    EXPECT_EQ(names.count(word.substr(0, hyphen)), 1u) << word;
    EXPECT_EQ(names.count(word.substr(hyphen + 1)), 1u) << word;
  }
  EXPECT_GT(phrases, 0);
}

TEST(HasWordTest, TakesLettersAlone) {
  EXPECT_TRUE(Vocabulary().HasWord("HEAD"));
  EXPECT_TRUE(Vocabulary().HasWord("HEADNECK"));
  EXPECT_FALSE(Vocabulary().HasWord("HEAD1"));
  EXPECT_FALSE(Vocabulary().HasWord(""));
}

}  // namespace
}  // namespace burntin
