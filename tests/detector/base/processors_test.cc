#include "detector/base/processors.h"

#include <gtest/gtest.h>

namespace burntin {
namespace {

TEST(ProcessorsTest, AQuotaIsRoundedUpToWholeProcessors) {
  EXPECT_EQ(ProcessorsOfQuota("200000 100000"), 2);
  EXPECT_EQ(ProcessorsOfQuota("150000 100000\n"), 2);
  EXPECT_EQ(ProcessorsOfQuota("1000 100000"), 1);
}

TEST(ProcessorsTest, WithoutAQuotaThereIsNoLimit) {
  EXPECT_EQ(ProcessorsOfQuota("max 100000"), std::nullopt);
  EXPECT_EQ(ProcessorsOfQuota(""), std::nullopt);
  EXPECT_EQ(ProcessorsOfQuota("100000 0"), std::nullopt);
}

TEST(ProcessorsTest, ThereIsAtLeastOne) { EXPECT_GE(UsableProcessors(), 1); }

}  // namespace
}  // namespace burntin
