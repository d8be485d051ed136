#include "server/identity/access_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/server/identity/contract_methods.h"

namespace burntin {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

TEST(AccessTableTest, HasEveryMethodOfTheContract) {
  const std::vector<std::string> methods = ContractMethods();
  ASSERT_THAT(methods, Not(IsEmpty()));
  for (const std::string& method : methods) {
    const AccessRule* rule = FindAccessRule(method);
    ASSERT_NE(rule, nullptr) << method;
    EXPECT_THAT(rule->roles, Not(IsEmpty())) << method;
    EXPECT_NE(rule->openness, Openness::kOpen) << method;
  }
}

TEST(AccessTableTest, HasNoMethodTwiceAndNoneThatThereIsNot) {
  const std::vector<std::string> methods = ContractMethods();
  std::set<std::string> expected(methods.begin(), methods.end());
  std::set<std::string> seen;
  for (const AccessRule& rule : AccessTable()) {
    EXPECT_TRUE(seen.insert(rule.method).second) << rule.method;
    if (rule.method.starts_with("/burntin.")) {
      EXPECT_TRUE(expected.contains(rule.method)) << rule.method;
    }
  }
}

TEST(AccessTableTest, OnlyHealthAndReflectionAreOpen) {
  for (const AccessRule& rule : AccessTable()) {
    EXPECT_EQ(rule.openness == Openness::kOpen,
              rule.method.starts_with("/grpc."))
        << rule.method;
  }
}

TEST(AccessTableTest, AMethodThatIsNotListedHasNoRule) {
  for (const char* method : {"", "/", "burntin.v1.QuarantineService/ListCases",
                             "/burntin.v1.QuarantineService/listcases",
                             "/burntin.v1.QuarantineService/ListCases/",
                             "/burntin.v1.QuarantineService/DropCases"}) {
    EXPECT_EQ(FindAccessRule(method), nullptr) << method;
  }
}

}  // namespace
}  // namespace burntin
