#include "detector/base/image.h"

#include <gtest/gtest.h>

#include <string>

namespace burntin {
namespace {

struct BoxCase {
  std::string name;
  Box a;
  Box b;
  Box common;
  Box both;
  double overlap_of_smaller;
};

class TwoBoxesTest : public testing::TestWithParam<BoxCase> {};

TEST_P(TwoBoxesTest, HaveACommonPart) {
  EXPECT_EQ(Intersect(GetParam().a, GetParam().b), GetParam().common);
  EXPECT_EQ(Intersect(GetParam().b, GetParam().a), GetParam().common);
}

TEST_P(TwoBoxesTest, HaveABoxAroundBoth) {
  EXPECT_EQ(Unite(GetParam().a, GetParam().b), GetParam().both);
  EXPECT_EQ(Unite(GetParam().b, GetParam().a), GetParam().both);
}

TEST_P(TwoBoxesTest, ShareAPartOfTheSmaller) {
  EXPECT_DOUBLE_EQ(OverlapOfSmaller(GetParam().a, GetParam().b),
                   GetParam().overlap_of_smaller);
  EXPECT_DOUBLE_EQ(OverlapOfSmaller(GetParam().b, GetParam().a),
                   GetParam().overlap_of_smaller);
}

INSTANTIATE_TEST_SUITE_P(
    Places, TwoBoxesTest,
    testing::Values(
        BoxCase{
            "Equal", {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}, 1},
        BoxCase{"OneInTheOther",
                {0, 0, 10, 10},
                {2, 3, 4, 5},
                {2, 3, 4, 5},
                {0, 0, 10, 10},
                1},
        BoxCase{"Crossing",
                {0, 0, 10, 2},
                {4, -4, 2, 10},
                {4, 0, 2, 2},
                {0, -4, 10, 10},
                0.2},
        BoxCase{"Touching", {0, 0, 5, 5}, {5, 0, 5, 5}, {}, {0, 0, 10, 5}, 0},
        BoxCase{"Apart", {0, 0, 2, 2}, {8, 8, 2, 2}, {}, {0, 0, 10, 10}, 0},
        BoxCase{"OfNoArea", {3, 3, 0, 4}, {0, 0, 9, 9}, {}, {0, 0, 9, 9}, 0}),
    [](const auto& tested) { return tested.param.name; });

TEST(Box, ItsAreaDoesNotOverflow) {
  EXPECT_EQ((Box{0, 0, 65535, 65535}.Area()), int64_t{65535} * 65535);
}

}  // namespace
}  // namespace burntin
