#include "detector/phi/chance_matches.h"

#include <cctype>
#include <random>
#include <string>
#include <vector>

#include "detector/phi/confusions.h"
#include "detector/phi/tolerant_distance.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

TEST(ConfusionTest, CostsAreTheSameBothWaysAndMultiplesOfTheStep) {
  for (char a = '0'; a <= 'Z'; ++a) {
    for (char b = '0'; b <= 'Z'; ++b) {
      const double cost = ExchangeCost(a, b);
      EXPECT_EQ(cost, ExchangeCost(b, a));
      EXPECT_EQ(cost, static_cast<int>(cost / kCostStep) * kCostStep);
      EXPECT_EQ(cost == 0, a == b);
    }
  }
}

TEST(ConfusionTest, NearEqualCharactersCostLessThanAlikeOnes) {
  EXPECT_EQ(ExchangeCost('0', 'O'), kLookalikeCost);
  EXPECT_EQ(ExchangeCost('3', '8'), kLikenessCost);
  EXPECT_EQ(ExchangeCost('Q', 'X'), 1);
}

TEST(ChanceAtOnePlaceTest, OfDigitsWithoutErrorIsATenthForEach) {
  EXPECT_NEAR(ChanceAtOnePlace("4711", 0), 1e-4, 1e-12);
  EXPECT_NEAR(ChanceAtOnePlace("4711471147", 0), 1e-10, 1e-18);
}

TEST(ChanceAtOnePlaceTest, CommonLettersComeByChanceMoreOften) {
  EXPECT_GT(ChanceAtOnePlace("LEE", 0), 100 * ChanceAtOnePlace("ZYX", 0));
}

TEST(ChanceAtOnePlaceTest, GrowsWithTheDistanceAndFallsWithTheLength) {
  for (double distance = 0; distance < 3; distance += kCostStep) {
    EXPECT_LE(ChanceAtOnePlace("HOLLOWAY", distance),
              ChanceAtOnePlace("HOLLOWAY", distance + kCostStep));
    EXPECT_GE(ChanceAtOnePlace("HOLLO", distance),
              ChanceAtOnePlace("HOLLOWAY", distance));
  }
}

TEST(ChanceAtOnePlaceTest, IsAProbabilityWhateverTheTerm) {
  EXPECT_LE(ChanceAtOnePlace("AB", 2), 1);
  EXPECT_LE(ChanceAtOnePlace(std::string(768, '~'), 170), 1);
  EXPECT_GE(ChanceAtOnePlace("", 0), 0);
}

TEST(ScoreAgainstChanceTest, ATinyNameIsNoEvidenceAndAWrongDigitInTenIs) {
  const double hundred_words = 100 * ChanceAtOnePlace("LEE", 0);
  EXPECT_LT(ScoreAgainstChance(0.93, hundred_words), 0.2);
  const double thousand_places = 1000 * ChanceAtOnePlace("4711471147", 1);
  EXPECT_GT(ScoreAgainstChance(0.95, thousand_places), 0.94);
}

// Characters of the model, letters and digits where the term has them.
class ModelText {
 public:
  explicit ModelText(unsigned seed) : random_(seed) {
    for (char c = 'A'; c <= 'Z'; ++c) {
      const std::string letter(1, c);
      weights_.push_back(ChanceAtOnePlace(letter, 0));
    }
  }
  std::string Like(const std::string& term, int length) {
    std::discrete_distribution<int> letters(weights_.begin(), weights_.end());
    std::string text;
    for (int i = 0; i < length; ++i) {
      const char kind = term[i % term.size()];
      text +=
          static_cast<char>(std::isdigit(kind) != 0 ? '0' + random_() % 10
                                                    : 'A' + letters(random_));
    }
    return text;
  }

 private:
  std::mt19937 random_;
  std::vector<double> weights_;
};

struct ModelCase {
  std::string name;
  std::string term;
  double distance;
};

class ModelTest : public testing::TestWithParam<ModelCase> {};

// The union bound counts a text once for each of its scripts, so it may be
// above what is counted, but never below by more than the draw's own error.
TEST_P(ModelTest, TheBoundHoldsAndIsNotFarAboveWhatIsCounted) {
  const ModelCase& row = GetParam();
  constexpr int kDraws = 20000;
  const int length = static_cast<int>(row.term.size());
  ModelText text(17);
  int found = 0;
  for (int i = 0; i < kDraws; ++i) {
    found +=
        TolerantDistance(row.term, text.Like(row.term, length)) <= row.distance
            ? 1
            : 0;
  }
  const double counted = static_cast<double>(found) / kDraws;
  const double bound = ChanceAtOnePlace(row.term, row.distance);
  EXPECT_GE(bound * 1.3 + 3.0 / kDraws, counted);
  EXPECT_LE(bound, 40 * counted + 10.0 / kDraws);
}

INSTANTIATE_TEST_SUITE_P(Table, ModelTest,
                         testing::Values(ModelCase{"ShortName", "LEE", 0},
                                         ModelCase{"Lookalike", "DOE", 0.25},
                                         ModelCase{"OneError", "ANNA", 1},
                                         ModelCase{"Likeness", "ROSE", 0.5},
                                         ModelCase{"Number", "471", 0},
                                         ModelCase{"WrongDigit", "4711", 1}),
                         [](const testing::TestParamInfo<ModelCase>& row) {
                           return row.param.name;
                         });

}  // namespace
}  // namespace burntin
