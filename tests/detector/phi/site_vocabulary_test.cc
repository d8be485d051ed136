#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "detector/base/error.h"
#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/matcher.h"
#include "detector/phi/vocabulary_text.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SiteVocabularyTest, AddsToTheBuiltInOne) {
  const auto site = BenignVocabulary::ForSite(
      "# Our own rooms\n[words]\nROOM SONOX\n[units]\nFURLONG\n[tokens]\n"
      "RM\\d\n");
  ASSERT_TRUE(site.ok());
  EXPECT_TRUE(site->Covers("ROOM 3 SONOX RM2 12 FURLONG CHEST"));
  EXPECT_FALSE(site->Covers("DOE"));
  EXPECT_FALSE(BenignVocabulary(BuiltInBenignVocabulary()).Covers("SONOX"));
}

TEST(SiteVocabularyTest, MayBeEmpty) {
  const auto site = BenignVocabulary::ForSite("");
  ASSERT_TRUE(site.ok());
  EXPECT_TRUE(site->Covers("CHEST AP"));
}

TEST(SiteVocabularyTest, TheBuiltInOnePassesItsOwnChecks) {
  EXPECT_EQ(CheckVocabulary(BuiltInBenignVocabulary()), absl::OkStatus());
}

struct RefusedCase {
  std::string name;
  std::string text;
  std::string line;
};

class RefusedVocabularyTest : public testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedVocabularyTest, IsRefusedWithItsLine) {
  const auto site = BenignVocabulary::ForSite(GetParam().text);
  ASSERT_FALSE(site.ok());
  EXPECT_EQ(ReasonOf(site.status()), Reason::kInvalidArgument);
  EXPECT_THAT(std::string(site.status().message()),
              HasSubstr("Line " + GetParam().line + " "));
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedVocabularyTest,
    testing::ValuesIn(std::vector<RefusedCase>{
        {"AnUnknownSection", "[words]\nROOM\n[word]\nX\n", "3"},
        {"AnEntryBeforeTheFirstSection", "# x\n\nROOM\n[words]\n", "3"},
        {"AWordInLowerCase", "[words]\nROOM\nroom\n", "3"},
        {"AWordWithADigit", "[words]\nROOM1\n", "2"},
        {"AWordWithAMark", "[words]\n\xC3\x84RM\n", "2"},
        {"AWordOfForeignLetters", "[words]\nX ~\n", "2"},
        {"APhraseOfOneWord", "[phrases]\nBAR\n", "2"},
        {"APhraseOfThreeWords", "[phrases]\nBAR-QUX-BAZ\n", "2"},
        {"AUnitThatIsANumber", "[units]\n12\n", "2"},
        {"AnExpressionThatIsNone", "[tokens]\nA\\d\n([A-Z]\n", "3"},
        {"AnExpressionForEverything", "[tokens]\n.*\n", "2"},
        {"AnExpressionForEveryWord", "[tokens]\n[A-Z]+\n", "2"},
        {"AnExpressionForShortWords", "[tokens]\n\\w{3}\n", "2"},
        {"AnExpressionForLongNumbers", "[tokens]\n\\d+\n", "2"},
        {"AnExpressionForDates", "[tokens]\n[\\d.]{8,10}\n", "2"},
        {"AnExpressionForNothing", "[tokens]\nA?\n", "2"},
        {"ALineEndOfAnotherSystem", "[words]\r\nROOM\r\nroom\r\n", "3"},
    }),
    [](const testing::TestParamInfo<RefusedCase>& row) {
      return row.param.name;
    });

TEST(RefusedVocabularyTest, IsNotRepeatedInTheError) {
  const auto site = BenignVocabulary::ForSite("[words]\nsecret\n");
  EXPECT_THAT(std::string(site.status().message()), Not(HasSubstr("secret")));
}

// Text that a random site may write, or a random recogniser may read.
class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed) {}

  int Below(int bound) {
    return std::uniform_int_distribution<int>(0, bound - 1)(random_);
  }
  double Fraction() {
    return std::uniform_real_distribution<double>(0, 1)(random_);
  }
  std::string Of(std::string_view characters, int longest) {
    std::string text;
    for (int i = Below(longest + 1); i > 0; --i) {
      text.push_back(characters[Below(static_cast<int>(characters.size()))]);
    }
    return text;
  }
  std::string Vocabulary() {
    static constexpr const char* kWild[] = {
        ".*", ".+", "\\S*", "[A-Z~]+", "\\d+", "|", "()", "(?s).*", "~*", ""};
    std::string text = "[words]\n" + Of("ABCDEFGHIJKLMNOPQRSTUVWXYZ~ \n", 60) +
                       "\n[units]\n" + Of("ABCXYZ019~ ", 20) + "\n[tokens]\n";
    for (int i = Below(4); i > 0; --i) {
      text += std::string(kWild[Below(10)]) + "\n";
    }
    text += Of("AZ09.*+?[](){}|\\d~^$- \n", 30);
    return text;
  }

 private:
  std::mt19937 random_;
};

TextRegion Region(std::vector<Reading> readings) {
  TextRegion region;
  region.box = {10, 10, 20, 14};
  region.readings = std::move(readings);
  return region;
}

Category CategoryOf(const PhiMatcher& matcher, const TextRegion& region) {
  return matcher.MatchPlane(std::span(&region, 1), Header()).at(0).category;
}

TEST(WildVocabularyTest, NeverMakesAnUnreadableRegionBenign) {
  RandomText random(5);
  for (int round = 0; round < 40; ++round) {
    const auto matcher =
        PhiMatcher::Create(BenignVocabulary(random.Vocabulary()));
    EXPECT_NE(CategoryOf(*matcher, Region({})), Category::kBenign);
    for (int i = 0; i < 50; ++i) {
      std::vector<Reading> readings;
      for (int count = random.Below(4); count > 0; --count) {
        // Empty text with any confidence, or any text that is doubtful.
        const bool is_empty = random.Below(3) == 0;
        readings.push_back(
            {PhiText(random.Of(is_empty ? " -.:~" : "ABLR019 .:-~^", 12)),
             is_empty ? 0.0 : 0.5 * random.Fraction()});
        if (is_empty) readings.back().text = PhiText(random.Of(" -.:*", 5));
        if (is_empty) readings.back().confidence = random.Fraction();
      }
      EXPECT_NE(CategoryOf(*matcher, Region(readings)), Category::kBenign);
    }
  }
}

// A label with a value that no built-in word explains.
std::string LabelledField(RandomText& random) {
  static constexpr const char* kLabels[] = {"NAME", "PATIENT", "PID", "MRN",
                                            "DOB",  "GEB",     "ID",  "SEX",
                                            "AGE",  "DR",      "TEL", "WARD"};
  static constexpr const char* kMarks[] = {":", ": ", "=", "#", " : "};
  std::string value = random.Of("ABDEJKNORSTUVXYZ", 6) + "QX";
  if (random.Below(2) == 0) value = std::to_string(10 + random.Below(9990));
  const std::string label = kLabels[random.Below(12)];
  // A physician's name is no number.
  if (label == "NAME" || label == "PATIENT" || label == "DR") value = "QXZUKOV";
  return label + kMarks[random.Below(5)] + value;
}

// Everything that a label and its value consist of, and expressions for more.
std::string VocabularyFor(const std::string& field, RandomText& random) {
  std::string words;
  for (const char c : field) words.push_back(c >= 'A' && c <= 'Z' ? c : ' ');
  static constexpr const char* kWild[] = {
      "[A-Z]+[:=#].*", "\\S+:\\S*", ".*[:=#].*", "[A-Z]+:[A-Z0-9]+", "\\S+"};
  return "[words]\n" + words + "\n[units]\n" + words + "\n[tokens]\n\\d+\n" +
         kWild[random.Below(5)] + "\n";
}

TEST(WildVocabularyTest, NeverMakesALabelledFieldBenign) {
  RandomText random(6);
  for (int round = 0; round < 60; ++round) {
    const std::string field = LabelledField(random);
    const BenignVocabulary vocabulary(VocabularyFor(field, random));
    ASSERT_TRUE(vocabulary.Covers(field)) << field;
    const auto matcher =
        PhiMatcher::Create(BenignVocabulary(VocabularyFor(field, random)));
    EXPECT_NE(CategoryOf(*matcher, Region({{PhiText(field), 0.95}})),
              Category::kBenign)
        << field;
  }
}

TEST(SiteVocabularyTest, MayNotHoldExpressionsForLabelledFields) {
  for (const char* token :
       {"[A-Z]+:.*", "NAME:\\S*", "[A-Z]{2,7}:[A-Z0-9]+", "ID:\\d+",
        "MRN[:#]\\d+", "AGE:\\d\\d", "SEX:[FM]"}) {
    const auto site =
        BenignVocabulary::ForSite(std::string("[tokens]\n") + token + "\n");
    EXPECT_EQ(ReasonOf(site.status()), Reason::kInvalidArgument) << token;
  }
}

}  // namespace
}  // namespace burntin
