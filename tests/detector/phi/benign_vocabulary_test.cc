#include "detector/phi/benign_vocabulary.h"

#include <string>

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
        "NOTFOR DIAGNOSIS", "[FILE]", "{TOOLS}"),
    RowName);

class UncoveredTest : public testing::TestWithParam<std::string> {};

TEST_P(UncoveredTest, IsNotShownBenign) {
  EXPECT_FALSE(Vocabulary().Covers(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(
    Texts, UncoveredTest,
    testing::Values("", " ", "***", "DOE", "DOE JANE", "CHEST DOE",
                    "PAT: STONE", "TE:1926", "03.1954", "3/1954", "1926 F",
                    "DR WHITE", "A STONE", "AP SUPINE DOE", "L DOE", "12345",
                    "CT1234", "AB12CD34", "1A2B3C4D", "1234 5678", "1234-5678",
                    "12 345 679", "02/04/1970", "~", "L ~", "CHEST~",
                    "DOE^JANE", "A@B", "L & R", "KVPX", "SARA", "S A R A",
                    "D0E", "NAME:", "DOB", "ID", "MRN", "0.123456", "M",
                    "SEX: F", "LAPRAL", "12 05 64", "12.05 64", "12:05:64",
                    "120564", "123-456", "1234.5678", "12.34 56.78", "P12-34",
                    "P07", "B1234", "92Y", "C12 L34 12", "TM:64:05:12",
                    "64:05:12", "TRAN", "TRAN, LONG", "LONG, PAN", "MIN HA",
                    "HEAD, CHEST", "PAN-LONG", "FATIMA", "ARMAND", "WHITEHEAD",
                    "REINHART", "X4-21", "45F", "LOREM", "W8164", "B30X",
                    "W12345L40", "XY5865", "PRF11500", "D?E"),
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

TEST(HasWordTest, TakesLettersAlone) {
  EXPECT_TRUE(Vocabulary().HasWord("HEAD"));
  EXPECT_TRUE(Vocabulary().HasWord("HEADNECK"));
  EXPECT_FALSE(Vocabulary().HasWord("HEAD1"));
  EXPECT_FALSE(Vocabulary().HasWord(""));
}

}  // namespace
}  // namespace burntin
