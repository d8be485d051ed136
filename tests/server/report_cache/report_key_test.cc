#include "server/report_cache/report_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::Eq;
using ::testing::Ne;
using ::testing::Optional;
using ::testing::SizeIs;

class ReportKeyTest : public testing::Test {
 protected:
  const TempDir folder_;
  const std::string path_ = folder_.Write("a", "bytes of an object");
  const std::optional<std::string> key_ = ReportKey("print", path_);
};

TEST_F(ReportKeyTest, EqualBytesHaveOneKeyWhereverTheyAre) {
  EXPECT_THAT(key_, Optional(SizeIs(64)));
  EXPECT_EQ(ReportKey("print", folder_.Write("b", "bytes of an object")), key_);
}

TEST_F(ReportKeyTest, OtherBytesHaveAnotherKey) {
  EXPECT_THAT(ReportKey("print", folder_.Write("b", "bytes of an objecu")),
              Optional(Ne(*key_)));
  EXPECT_THAT(ReportKey("print", folder_.Write("c", "bytes of an object\n")),
              Optional(Ne(*key_)));
}

TEST_F(ReportKeyTest, AnotherDetectorHasAnotherKey) {
  EXPECT_THAT(ReportKey("other", path_), Optional(Ne(*key_)));
}

TEST_F(ReportKeyTest, WithoutAFingerprintThereIsNone) {
  EXPECT_EQ(ReportKey("", path_), std::nullopt);
}

TEST_F(ReportKeyTest, WhatCannotBeReadHasNone) {
  EXPECT_EQ(ReportKey("print", folder_.File("none")), std::nullopt);
  EXPECT_EQ(ReportKey("print", folder_.path()), std::nullopt);
}

}  // namespace
}  // namespace burntin
