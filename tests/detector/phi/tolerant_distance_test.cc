#include "detector/phi/tolerant_distance.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "detector/phi/confusions.h"
#include "gtest/gtest.h"

namespace burntin {
namespace {

struct DistanceCase {
  std::string name;
  std::string a;
  std::string b;
  double distance;
};

class DistanceTest : public testing::TestWithParam<DistanceCase> {};

TEST_P(DistanceTest, IsTheSameBothWays) {
  const DistanceCase& row = GetParam();
  EXPECT_DOUBLE_EQ(TolerantDistance(row.a, row.b), row.distance);
  EXPECT_DOUBLE_EQ(TolerantDistance(row.b, row.a), row.distance);
}

INSTANTIATE_TEST_SUITE_P(Table, DistanceTest,
                         testing::ValuesIn(std::vector<DistanceCase>{
                             {"EqualTextsAreAtZero", "MILLER", "MILLER", 0},
                             {"ALetterMoreCostsOne", "MILLER", "MILLLER", 1},
                             {"ALetterLessCostsOne", "MILLER", "MLLER", 1},
                             {"AnUnlikeLetterCostsOne", "MILLER", "MIXLER", 1},
                             {"NothingAgainstSomethingIsItsLength", "", "ABC",
                              3},
                             {"ZeroForOIsCheap", "DOE", "D0E", 0.25},
                             {"OneForIIsCheap", "MILLER", "M1LLER", 0.25},
                             {"FiveForSIsCheap", "SILVA", "5ILVA", 0.25},
                             {"EightForBIsCheap", "BAKER", "8AKER", 0.25},
                             {"TwoForZIsCheap", "ZHOU", "2HOU", 0.25},
                             {"SixForGIsCheap", "GARCIA", "6ARCIA", 0.25},
                             {"RnForMIsCheap", "MARTIN", "RNARTIN", 0.25},
                             {"VvForWIsCheap", "WOLF", "VVOLF", 0.25},
                             {"ClForDIsCheap", "DAVIS", "CLAVIS", 0.25},
                             {"CheapErrorsAddUp", "BLOOM", "8L00M", 0.75},
                         }),
                         [](const testing::TestParamInfo<DistanceCase>& row) {
                           return row.param.name;
                         });

TEST(TolerantFindTest, SaysWhereTheTextStands) {
  const auto hit = TolerantFind("MILLER", "NAMEMI1LERJOHN", 1.5);
  ASSERT_TRUE(hit.has_value());
  EXPECT_EQ(hit->begin, 4);
  EXPECT_EQ(hit->end, 10);
  EXPECT_DOUBLE_EQ(hit->distance, 0.25);
}

TEST(TolerantFindTest, FindsNothingBeyondTheLimit) {
  EXPECT_FALSE(TolerantFind("MILLER", "HOLDEN", 1.5).has_value());
  EXPECT_FALSE(TolerantFind("MILLER", "", 1.5).has_value());
  EXPECT_FALSE(TolerantFind("", "MILLER", 1.5).has_value());
}

// The recurrence as the literature has it, cell by cell.
double SlowDistance(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) {
    return static_cast<double>(a.size() + b.size());
  }
  const auto without = [](std::string_view text, size_t count) {
    return text.substr(0, text.size() - count);
  };
  double best = SlowDistance(without(a, 1), without(b, 1)) +
                ExchangeCost(a.back(), b.back());
  best = std::min(best, SlowDistance(without(a, 1), b) + 1);
  best = std::min(best, SlowDistance(a, without(b, 1)) + 1);
  for (const PairAndSingle& pair : ConfusedPairs()) {
    const std::string both = {pair.first, pair.second};
    if (a.ends_with(both) && b.back() == pair.single) {
      best = std::min(
          best, SlowDistance(without(a, 2), without(b, 1)) + kLookalikeCost);
    }
    if (b.ends_with(both) && a.back() == pair.single) {
      best = std::min(
          best, SlowDistance(without(a, 1), without(b, 2)) + kLookalikeCost);
    }
  }
  return best;
}

std::string RandomLetters(std::mt19937& random, int longest) {
  constexpr std::string_view kLetters = "RNMVWCLDIO01";
  std::string text;
  const int length = static_cast<int>(random() % (longest + 1));
  for (int i = 0; i < length; ++i) text += kLetters[random() % 12];
  return text;
}

TEST(TolerantDistanceProperty, IsWhatTheSlowRecurrenceGives) {
  std::mt19937 random(1);
  for (int i = 0; i < 150; ++i) {
    const std::string a = RandomLetters(random, 5);
    const std::string b = RandomLetters(random, 5);
    const double distance = SlowDistance(a, b);
    EXPECT_DOUBLE_EQ(TolerantDistance(a, b), distance);
    EXPECT_EQ(TolerantDistanceWithin(a, b, distance), distance);
    if (distance == 0) continue;
    EXPECT_EQ(TolerantDistanceWithin(a, b, distance - kCostStep), std::nullopt);
  }
}

// The limit lets the search leave out alignments; it must not lose one.
TEST(TolerantFindProperty, FindsWhatAComparisonWithEveryPartFinds) {
  std::mt19937 random(2);
  for (int i = 0; i < 400; ++i) {
    const std::string pattern = "M" + RandomLetters(random, 5);
    const std::string text = RandomLetters(random, 12);
    double best = static_cast<double>(pattern.size());
    for (size_t begin = 0; begin <= text.size(); ++begin) {
      for (size_t end = begin; end <= text.size(); ++end) {
        best = std::min(
            best, TolerantDistance(pattern, text.substr(begin, end - begin)));
      }
    }
    const double limit = (i % 8) * kCostStep;
    const auto hit = TolerantFind(pattern, text, limit);
    ASSERT_EQ(hit.has_value(), best <= limit);
    if (!hit) continue;
    EXPECT_DOUBLE_EQ(hit->distance, best);
    EXPECT_DOUBLE_EQ(
        TolerantDistance(pattern,
                         text.substr(hit->begin, hit->end - hit->begin)),
        best);
  }
}

}  // namespace
}  // namespace burntin
