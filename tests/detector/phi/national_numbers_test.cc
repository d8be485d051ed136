#include "detector/phi/national_numbers.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace burntin {
namespace {

constexpr double kAnyNumber = 0.8;

const NationalScheme* SchemeNamed(const std::string& name) {
  for (const NationalScheme& scheme : NationalSchemes()) {
    if (scheme.name == name) return &scheme;
  }
  return nullptr;
}

std::string WordCharacters(const std::string& text) {
  std::string characters;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c))) characters.push_back(c);
  }
  return characters;
}

double BestScore(const std::string& folded) {
  double best = 0;
  for (const Evidence& evidence : FindNationalNumbers(folded)) {
    EXPECT_EQ(evidence.category, Category::kIdentifier);
    best = std::max(best, evidence.score);
  }
  return best;
}

struct NumberCase {
  std::string scheme;
  // The example of the publication that the rule names, or made for the test.
  std::string text;
};

std::string RowName(const testing::TestParamInfo<NumberCase>& row) {
  return "Row" + std::to_string(row.index) + "_" +
         WordCharacters(row.param.scheme);
}

class NationalNumberTest : public testing::TestWithParam<NumberCase> {
 protected:
  // As the scheme sees it: a sign between digits is a part of the number in
  // Finland alone.
  static std::string Characters() {
    return GetParam().scheme == "HETU" ? GetParam().text
                                       : WordCharacters(GetParam().text);
  }
};

TEST_P(NationalNumberTest, FollowsItsRule) {
  const NationalScheme* scheme = SchemeNamed(GetParam().scheme);
  ASSERT_NE(scheme, nullptr);
  EXPECT_TRUE(scheme->holds(Characters()));
}

TEST_P(NationalNumberTest, ScoresMoreThanAnyNumber) {
  EXPECT_GT(BestScore(GetParam().text), kAnyNumber);
  EXPECT_GT(BestScore("ID: " + GetParam().text + " M"), kAnyNumber);
}

TEST_P(NationalNumberTest, IsReadWhole) {
  const std::vector<Evidence> found = FindNationalNumbers(GetParam().text);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].begin, 0);
  EXPECT_EQ(found[0].end, static_cast<int>(GetParam().text.size()));
}

TEST_P(NationalNumberTest, BreaksItsRuleWithAnotherLastCharacter) {
  // These end in no check digit.
  if (GetParam().scheme == "CPR number" ||
      GetParam().scheme == "Rodne cislo before 1954" ||
      GetParam().scheme == "SSN" || GetParam().scheme == "Medicare number") {
    return;
  }
  std::string characters = Characters();
  const NationalScheme* scheme = SchemeNamed(GetParam().scheme);
  char& last = characters[GetParam().scheme == "PPSN with two letters"
                              ? characters.size() - 2
                              : characters.size() - 1];
  const char right = last;
  for (char c = '0'; c <= '9' && right <= '9'; ++c) {
    last = c;
    EXPECT_EQ(scheme->holds(characters), c == right);
  }
  for (char c = 'A'; c <= 'Z' && right >= 'A'; ++c) {
    last = c;
    EXPECT_EQ(scheme->holds(characters), c == right);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, NationalNumberTest,
    testing::ValuesIn(std::vector<NumberCase>{
        {"NHS number", "943 476 5919"},
        {"NHS number", "9434765919"},
        {"NHS number", "943-476-5919"},
        {"CHI number", "0101901232"},
        {"Health and Care number", "320 000 0015"},
        {"PPSN", "1234567T"},
        {"PPSN with two letters", "1234567FA"},
        {"NIR", "2 55 08 14 168 025 38"},
        {"NIR", "255081416802538"},
        {"NIR", "1 84 12 2A 451 089 33"},
        {"AHV number", "756.9217.0769.85"},
        {"KVNR", "A123456780"},
        {"Steuer-ID", "86095742719"},
        {"Steuer-ID", "86 095 742 719"},
        {"SVNR", "1237 010180"},
        {"BSN", "111222333"},
        {"Belgian national number", "85.07.30-033.28"},
        {"DNI", "12345678Z"},
        {"DNI with a hyphen", "12345678-Z"},
        {"NIE", "X1234567L"},
        {"NIE with hyphens", "X-1234567-L"},
        {"Codice fiscale", "RSSMRA85T10A562S"},
        {"Codice fiscale with letters", "RSSMRA85T10A56NH"},
        {"Codice fiscale with letters", "RSSMRALRTMLARSNZ"},
        {"NIF of Portugal", "123456789"},
        {"AMKA", "01013099997"},
        {"Personnummer", "811228-9874"},
        {"Personnummer with the century", "19811228-9874"},
        // The number of examples in Skatteverket's texts.
        {"Personnummer from a hundred years on", "121212+1212"},
        {"Fodselsnummer", "151086 95088"},
        // The same person's D number and H number.
        {"Fodselsnummer", "551086 95586"},
        {"Fodselsnummer", "155086 95575"},
        {"CPR number", "070761-4285"},
        // Without the check digit of before 2007.
        {"CPR number", "070761-4286"},
        {"HETU", "131052-308T"},
        {"PESEL", "44051401359"},
        {"Rodne cislo", "710319/2745"},
        {"Rodne cislo before 1954", "530319/274"},
        {"Rodne cislo before 1954", "535319/274"},
        {"Code of Estonia or Lithuania", "37605030299"},
        {"Code of Estonia or Lithuania", "38703181745"},
        {"CNP", "1630615123457"},
        {"TAJ number", "123 456 788"},
        {"EGN", "7523169263"},
        {"OIB", "33392005961"},
        {"T.C. kimlik", "10000000146"},
        {"SSN", "078-05-1120"},
        {"SIN", "123 456 782"},
        {"Ontario health number", "9876 543 217"},
        {"Medicare number", "2123 45670 1"},
        {"IHI", "8003 6081 6669 0503"},
        {"CPF", "390.533.447-05"},
        {"CNS", "700 9179 4691 0122"},
        {"Aadhaar", "2341 2341 2346"},
        {"Identity number of China", "11010519491231002X"},
        {"RRN of Korea", "900101-1234568"},
        {"My Number", "1234 5678 9018"},
    }),
    RowName);

// Random characters in the shape of a scheme.
std::string RandomCharacters(std::string_view shape, std::mt19937& random) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::string both = std::string(kDigits) + std::string(kLetters);
  const auto one_of = [&](std::string_view from) {
    return from[std::uniform_int_distribution<size_t>(0,
                                                      from.size() - 1)(random)];
  };
  std::string characters;
  for (const char place : shape) {
    if (place == '9' || place == 'N') characters.push_back(one_of(kDigits));
    if (place == 'A') characters.push_back(one_of(kLetters));
    if (place == 'X') characters.push_back(one_of(both));
    if (place == 'S') characters.push_back('-');
    if (place == 'O') characters.push_back(one_of("0123456789LMNPQRSTUV"));
  }
  return characters;
}

TEST(NationalSchemesTest, StateTheChanceThatRandomCharactersPass) {
  constexpr int kDraws = 50000;
  std::mt19937 random(20);
  for (const NationalScheme& scheme : NationalSchemes()) {
    int passed = 0;
    for (int i = 0; i < kDraws; ++i) {
      passed += scheme.holds(RandomCharacters(scheme.shape, random));
    }
    const double expected = kDraws * scheme.chance;
    // Five standard deviations, and a tenth for the rounding of the table.
    EXPECT_NEAR(passed, expected, 5 * std::sqrt(expected) + 1 + expected / 10)
        << scheme.name;
  }
}

TEST(FindNationalNumbersTest, ReadsLookalikes) {
  for (const char* text :
       {"943 476 S919", "94E4765919", "756.92I7.O769.85", "RSSMRA8ST10A562S",
        "RSSMRA85T1OA5625", "12345G78Z", "3S0.533.447-05"}) {
    const bool is_readable = std::string(text) != "94E4765919" &&
                             std::string(text) != "3S0.533.447-05";
    EXPECT_EQ(BestScore(text) > kAnyNumber, is_readable) << text;
  }
}

TEST(FindNationalNumbersTest, FindsTheShapeWithABrokenRuleWeaker) {
  for (const char* text : {"943-476-5918", "756.9217.0769.84", "A123456781",
                           "RSSMRA85T10A562T", "131052-308V"}) {
    const double score = BestScore(text);
    EXPECT_GT(score, 0.5) << text;
    EXPECT_LT(score, kAnyNumber) << text;
  }
}

TEST(FindNationalNumbersTest, KnowsWhenOldNumbersEnded) {
  // Nine digits were given until the end of 1953.
  EXPECT_GT(BestScore("531231/123"), kAnyNumber);
  EXPECT_LT(BestScore("540101/123"), kAnyNumber);
}

TEST(FindNationalNumbersTest, FindsNoCodeOfLettersInWords) {
  EXPECT_TRUE(FindNationalNumbers("LOREMIPSUMTSRUNT").empty());
}

TEST(FindNationalNumbersTest, FindsNothingInOtherText) {
  for (const char* text :
       {"", "CHEST", "120 KVP", "14:23:53", "100 150 200", "100 200 300",
        "W 400 L 40", "943 476 5918", "1.9434765919", "9434765919.5",
        "19700402", "19700402 M", "02.04.1970", "94347659190000000000",
        "C5-1 L12-5", "SE 3 IM 12/48"}) {
    EXPECT_TRUE(FindNationalNumbers(text).empty()) << text;
  }
}

TEST(FindNationalNumbersTest, ReadsANumberThatTouchesItsLabel) {
  EXPECT_GT(BestScore("NHS9434765919"), kAnyNumber);
  EXPECT_GT(BestScore("AHV:756.9217.0769.85"), kAnyNumber);
}

}  // namespace
}  // namespace burntin
