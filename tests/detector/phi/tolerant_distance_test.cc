#include "detector/phi/tolerant_distance.h"

#include <string>
#include <vector>

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

}  // namespace
}  // namespace burntin
