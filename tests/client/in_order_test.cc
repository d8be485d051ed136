#include "client/scan/in_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class InOrderTest : public testing::Test {
 protected:
  std::vector<int> got_;
  InOrder<int> in_order_{[this](size_t, int value) { got_.push_back(value); }};
};

TEST_F(InOrderTest, WhatIsNextGoesOnAtOnce) {
  in_order_.Put(0, 10);
  EXPECT_THAT(got_, ElementsAre(10));
}

TEST_F(InOrderTest, WhatIsEarlyIsHeldBack) {
  in_order_.Put(2, 12);
  in_order_.Put(1, 11);
  EXPECT_THAT(got_, IsEmpty());
  in_order_.Put(0, 10);
  EXPECT_THAT(got_, ElementsAre(10, 11, 12));
}

TEST_F(InOrderTest, AnyOrderInIsTheSameOrderOut) {
  std::vector<int> sorted(200);
  std::iota(sorted.begin(), sorted.end(), 0);
  std::vector<int> shuffled = sorted;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(1));
  for (const int i : shuffled) in_order_.Put(static_cast<size_t>(i), i);
  EXPECT_EQ(got_, sorted);
}

}  // namespace
}  // namespace burntin
