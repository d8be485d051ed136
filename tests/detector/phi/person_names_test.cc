#include "detector/phi/person_names.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace burntin {
namespace {

constexpr double kIdentifying = 0.8;
constexpr char kOwnNames[] =
    "# Made for the test\n[given]\nJANE MARK QUENTINA\n[surnames]\n"
    "HOLLOWAY LONG FROBNER\n[both]\nMARLOW\n[ordinary]\nMARK LONG\n";

const BenignVocabulary& Vocabulary() {
  static const auto* vocabulary =
      new BenignVocabulary(BuiltInBenignVocabulary());
  return *vocabulary;
}

// The best evidence of a name, as a category of strength.
double Best(const PersonNames& names, const std::string& folded) {
  double best = 0;
  for (const Evidence& evidence : names.Find(folded, Vocabulary())) {
    EXPECT_EQ(evidence.category, Category::kPersonName);
    best = std::max(best, evidence.score);
  }
  return best;
}

double Best(const std::string& folded) {
  return Best(PersonNames(kOwnNames), folded);
}

TEST(PersonNamesTest, AGivenNameBesideASurnameIsStrong) {
  for (const char* text :
       {"JANE HOLLOWAY", "HOLLOWAY JANE", "HOLLOWAY, JANE", "HOLLOWAY^JANE",
        "JANE Q. HOLLOWAY", "JANE MARLOW", "MARLOW MARLOW", "MARK HOLLOWAY",
        "CHEST JANE HOLLOWAY AP", "JANE H0LL0WAY", "QUENT1NA FR0BNER",
        "JANE-HOLLOWAY", "JANE QUENTINA", "HOLLOWAY, JANE32Y/M",
        "JANE HOLLOWAY081Y", "HOLLOWAYAJANE", "QUENTINAVFROBNER",
        "HOLLOWAY~JANE"}) {
    EXPECT_GE(Best(text), kIdentifying) << text;
  }
}

TEST(PersonNamesTest, AnythingLessIsWeak) {
  for (const char* text :
       {"JANE", "HOLLOWAY", "JANE 12 HOLLOWAY", "JANE XYZZY HOLLOWAY",
        "JANE LONG", "JANE MARK", "JANE HEAD", "JANEHOLLOWAY", "HOLLOWAY AP",
        "JANE32Y"}) {
    EXPECT_GT(Best(text), 0) << text;
    EXPECT_LT(Best(text), kIdentifying) << text;
  }
}

TEST(PersonNamesTest, OrdinaryAndHarmlessWordsAloneAreNone) {
  for (const char* text : {"", "LONG", "MARK", "CHEST", "LOREM IPSUM", "12",
                           "MAR", "LONG AXIS", "~~~~", "JANE3245", "JANE32X",
                           "JANE32", "MAR32Y", "MARKALONG", "HOLLOWAYEJANE"}) {
    EXPECT_EQ(Best(text), 0) << text;
  }
}

TEST(PersonNamesTest, ADigitOfADecimalNumberIsNoLetterOfAName) {
  const PersonNames names("[given]\nTISO MIO\n");
  EXPECT_EQ(Best(names, "TIS0.9"), 0);
  EXPECT_GT(Best(names, "TIS0"), 0);
  EXPECT_GT(Best(names, "TIS0 9"), 0);
  EXPECT_GT(Best(names, "TIS0."), 0);
  EXPECT_EQ(Best(names, "MI0.9"), 0);
  EXPECT_GT(Best(PersonNames("[given]\nQUENTINO\n"), "QUENTIN0.9"), 0);
}

TEST(PersonNamesTest, ALongWordIsSearchedForTwoNamesAtABoundedCost) {
  const PersonNames names(kOwnNames);
  // The longest of the names has eight letters.
  EXPECT_EQ(names.JoinedNameLookups(7), 0);
  EXPECT_EQ(names.JoinedNameLookups(8), 3);
  int most = 0;
  for (int length = 0; length < 2000; ++length) {
    most = std::max(most, names.JoinedNameLookups(length));
  }
  EXPECT_LE(most, 3 * 8);
  EXPECT_EQ(names.JoinedNameLookups(1'000'000), 0);
}

TEST(PersonNamesTest, TwoOfTheLongestNamesAreFoundWithoutABlank) {
  EXPECT_GT(Best("QUENTINAHOLLOWAY"), 0);
  EXPECT_GT(Best("JANEMARLOW"), 0);
  EXPECT_EQ(Best("QUENTINAHOLLOWAYX"), 0);
}

TEST(PersonNamesTest, ThePlaceIsThatOfTheWholeName) {
  const auto found =
      PersonNames(kOwnNames).Find("AP JANE HOLLOWAY", Vocabulary());
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const Evidence& e) {
    return e.begin == 3 && e.end == 16 && e.score >= kIdentifying;
  }));
}

TEST(BuiltInPersonNamesTest, HoldCommonNamesOfManyCountries) {
  const PersonNames names(BuiltInPersonNames());
  for (const char* text :
       {"MARY SMITH", "HANS MUELLER", "HANS MULLER", "MARIE DUPONT",
        "CARMEN GARCIA", "GIULIA ROSSI", "JOAO SILVA", "SVEN ANDERSSON",
        "ANNA KOWALSKI", "AYSE YILMAZ", "FATIMA KHAN", "SANJAY SHARMA",
        "NGUYEN THANH", "IVAN IVANOV", "MARIA PAPADOPOULOS", "ZHANG WEI"}) {
    EXPECT_GE(Best(names, text), 0.65) << text;
  }
}

// The names as words of their file.
std::vector<std::string> BuiltInWords() {
  std::vector<std::string> words;
  const std::string_view text = BuiltInPersonNames();
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string_view entry = text.substr(begin, end - begin);
    begin = end + 1;
    if (!entry.empty() && entry[0] == '#') begin = text.find('\n', end);
    if (!entry.empty() && entry[0] >= 'A' && entry[0] <= 'Z') {
      words.emplace_back(entry);
    }
  }
  return words;
}

TEST(BuiltInPersonNamesTest, AreHardlyEverCoveredByTheVocabulary) {
  const std::vector<std::string> words = BuiltInWords();
  ASSERT_GT(words.size(), 30000u);
  const auto covered = std::count_if(
      words.begin(), words.end(),
      [](const std::string& word) { return Vocabulary().HasWord(word); });
  // The names that are words, as in HEAD, and what two words make by chance.
  EXPECT_LT(200 * covered, static_cast<long>(words.size()));
}

TEST(BuiltInPersonNamesTest, MakeNoNameOfHarmlessText) {
  const PersonNames names(BuiltInPersonNames());
  for (const char* text :
       {"AP SUPINE PORTABLE", "LUNG BASE", "SAG LIVER", "LYMPH NODE",
        "GE MEDICAL SYSTEMS", "PHILIPS", "SIEMENS", "SMALL PARTS",
        "LEFT HIP LAT", "GEN THI", "MI TIS", "PAGE 1/3"}) {
    EXPECT_LT(Best(names, text), 0.65) << text;
  }
}

}  // namespace
}  // namespace burntin
