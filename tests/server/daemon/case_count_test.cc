#include "server/daemon/case_count.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "tests/server/ledger/silent_ledger.h"

namespace burntin {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CaseCountTest : public testing::Test {
 protected:
  // Held, awaiting approval, releasing.
  std::vector<double> Measured() {
    std::vector<double> values;
    for (const MetricSample& sample : count_.Measure().samples) {
      values.push_back(sample.value);
    }
    return values;
  }

  const std::chrono::steady_clock::time_point start_{};
  SilentLedger ledger_;
  CaseCount count_{&ledger_, milliseconds(100)};
};

TEST_F(CaseCountTest, CasesAreCountedOnceInAnInterval) {
  ledger_.open_cases = {.held = 3, .awaiting_approval = 2, .releasing = 1};
  for (const int ms : {0, 1, 50, 99}) count_.Poll(start_ + milliseconds(ms));
  EXPECT_EQ(ledger_.counts, 1);
  EXPECT_THAT(Measured(), ElementsAre(3, 2, 1));
  ledger_.open_cases->held = 4;
  count_.Poll(start_ + milliseconds(100));
  count_.Poll(start_ + milliseconds(150));
  EXPECT_EQ(ledger_.counts, 2);
  EXPECT_THAT(Measured(), ElementsAre(4, 2, 1));
}

TEST_F(CaseCountTest, NothingIsKnownWhileTheLedgerDoesNotAnswer) {
  EXPECT_THAT(Measured(), IsEmpty());
  ledger_.open_cases = {.held = 3};
  count_.Poll(start_);
  EXPECT_THAT(Measured(), ElementsAre(3, 0, 0));
  ledger_.open_cases.reset();
  count_.Poll(start_ + milliseconds(100));
  EXPECT_EQ(ledger_.counts, 2);
  EXPECT_THAT(Measured(), IsEmpty());
}

}  // namespace
}  // namespace burntin
