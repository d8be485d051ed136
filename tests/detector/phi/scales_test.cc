#include "detector/phi/scales.h"

#include "gtest/gtest.h"

namespace burntin {
namespace {

TEST(IsScaleTest, TakesEvenlySpacedNumbersThatStartAtAMultipleOfHalfTheStep) {
  EXPECT_TRUE(IsScale({0, 10, 20}));
  EXPECT_TRUE(IsScale({5, 15, 25, 35}));
  EXPECT_TRUE(IsScale({200, 100, 0, -100}));
  EXPECT_TRUE(IsScale({15.4, 30.8, 46.2}));
  EXPECT_TRUE(IsScale({1, 2, 3, 4, 5}));
}

TEST(IsScaleTest, TakesNothingElse) {
  EXPECT_FALSE(IsScale({}));
  EXPECT_FALSE(IsScale({10, 20}));
  EXPECT_FALSE(IsScale({7, 7, 7}));
  EXPECT_FALSE(IsScale({0, 10, 20, 31}));
  EXPECT_FALSE(IsScale({123, 456, 789}));
  EXPECT_FALSE(IsScale({943, 476, 5919}));
}

TEST(IsScaleWithGapsTest, ForgivesMarksThatWereNotRead) {
  EXPECT_TRUE(IsScaleWithGaps({0, 10, 20}));
  EXPECT_TRUE(IsScaleWithGaps({0, 10, 20, 40, 50}));
  EXPECT_TRUE(IsScaleWithGaps({500, 400, 200, 100}));
}

TEST(IsScaleWithGapsTest, TakesNothingElse) {
  EXPECT_FALSE(IsScaleWithGaps({0, 10, 40}));
  EXPECT_FALSE(IsScaleWithGaps({0, 10, 40, 80, 120}));
  EXPECT_FALSE(IsScaleWithGaps({0, 10, 20, 10}));
  EXPECT_FALSE(IsScaleWithGaps({12, 34, 56, 79}));
  EXPECT_FALSE(IsScaleWithGaps({123, 456, 789, 1122}));
}

}  // namespace
}  // namespace burntin
