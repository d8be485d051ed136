#include "detector/base/error.h"

#include <gmock/gmock.h>

#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

std::set<std::string> NamesInCode() {
  std::set<std::string> names;
  for (const Reason reason : AllReasons()) {
    names.emplace(ReasonName(reason));
  }
  return names;
}

// The first column of the tables of reasons in the contract's README, but for
// those under the heading of what is reserved.
std::set<std::string> NamesInContract() {
  std::ifstream readme(CONTRACT_README);
  const std::regex row("\\| `([A-Z_]+)` \\|.*");
  std::set<std::string> names;
  bool reasons = false;
  for (std::string line; std::getline(readme, line);) {
    std::smatch found;
    if (line.starts_with("#")) {
      reasons = line.starts_with("### Reasons");
    } else if (line.starts_with("Reserved ")) {
      reasons = false;
    } else if (reasons && std::regex_match(line, found, row)) {
      names.insert(found[1]);
    }
  }
  return names;
}

std::vector<Reason> ReasonsOfErrors() {
  std::vector<Reason> reasons = AllReasons();
  std::erase_if(reasons, [](Reason reason) {
    return ReasonCode(reason) == absl::StatusCode::kOk;
  });
  return reasons;
}

class ReasonTest : public testing::TestWithParam<Reason> {};

TEST_P(ReasonTest, HasANameInUpperCaseOfAtMost63Characters) {
  EXPECT_THAT(std::string(ReasonName(GetParam())),
              testing::MatchesRegex("[A-Z][A-Z_]{0,61}[A-Z]"));
}

class ErrorTest : public testing::TestWithParam<Reason> {};

TEST_P(ErrorTest, KeepsItsReasonAndItsMessage) {
  const absl::Status status = Error(GetParam(), "Look at it by hand.");
  EXPECT_THAT(status, FailsWith(GetParam()));
  EXPECT_EQ(status.message(), "Look at it by hand.");
}

INSTANTIATE_TEST_SUITE_P(All, ReasonTest, testing::ValuesIn(AllReasons()),
                         [](const auto& tested) {
                           return std::string(ReasonName(tested.param));
                         });

INSTANTIATE_TEST_SUITE_P(All, ErrorTest, testing::ValuesIn(ReasonsOfErrors()),
                         [](const auto& tested) {
                           return std::string(ReasonName(tested.param));
                         });

TEST(Reasons, AreAllListedInTheirOrder) {
  const std::vector<Reason> reasons = AllReasons();
  ASSERT_EQ(reasons.size(), static_cast<size_t>(Reason::kInvalidArgument) + 1);
  for (size_t i = 0; i < reasons.size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(reasons[i]), i);
  }
}

TEST(Reasons, HaveNamesOfTheirOwn) {
  EXPECT_EQ(NamesInCode().size(), AllReasons().size());
}

TEST(Reasons, AreThoseOfTheContract) {
  EXPECT_EQ(NamesInCode(), NamesInContract());
}

TEST(Reasons, AreFoundByTheirNames) {
  for (const Reason reason : AllReasons()) {
    EXPECT_EQ(ReasonFromName(ReasonName(reason)), reason);
  }
  EXPECT_EQ(ReasonFromName("NO_SUCH_REASON"), std::nullopt);
}

TEST(Reasons, AStatusFromElsewhereHasNone) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), std::nullopt);
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), std::nullopt);
}

}  // namespace
}  // namespace burntin
