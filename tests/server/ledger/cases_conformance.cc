// How every ledger lists cases.
#include <algorithm>
#include <set>
#include <vector>

#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class LedgerCasesTest : public LedgerFixture {
 protected:
  std::string Open(const std::string& study,
                   v1::Verdict verdict = v1::VERDICT_REVIEW) {
    DecisionRecord record = ExampleRecord(study);
    record.decision.set_verdict(verdict);
    return OpenCase(record).case_id();
  }

  void Keep(const std::string& case_id) { Take(case_id, CaseStep::kKeep); }

  void Take(const std::string& case_id, CaseStep step) {
    ASSERT_THAT(ledger_->Decide(
                    ExampleDecision(Ann(), GetCase(case_id), step, case_id)),
                IsOk());
  }

  // The cases of all pages, in their order.
  std::vector<std::string> List(const CaseFilter& filter, int page_size) {
    std::vector<std::string> ids;
    std::string token;
    do {
      const auto page = ledger_->ListCases(filter, page_size, token);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return ids;
      EXPECT_LE(page->cases.size(), static_cast<size_t>(page_size));
      for (const v1::Case& one : page->cases) ids.push_back(one.case_id());
      token = page->next_page_token;
    } while (!token.empty());
    return ids;
  }
};
BURNTIN_FOR_EACH_LEDGER(LedgerCasesTest);

TEST_P(LedgerCasesTest, TheLatestComesFirstWithoutItsFindings) {
  const std::string a = Open("1.1");
  const std::string b = Open("1.2");
  const std::string c = Open("1.3");
  EXPECT_THAT(List({}, 10), ElementsAre(c, b, a));
  EXPECT_EQ(ledger_->ListCases({}, 10, "")->cases[0].findings_size(), 0);
  EXPECT_EQ(ledger_->ListCases({}, 10, "")->cases[0].findings_total(), 2);
}

TEST_P(LedgerCasesTest, PagesOfAnySizeHoldEachCaseOnce) {
  for (int i = 0; i < 7; ++i) Open("1." + std::to_string(i));
  const std::vector<std::string> all = List({}, 100);
  ASSERT_EQ(all.size(), 7u);
  for (int size = 1; size <= 8; ++size) EXPECT_EQ(List({}, size), all);
}

TEST_P(LedgerCasesTest, TheLastFullPageHasNoToken) {
  Open("1.1");
  Open("1.2");
  EXPECT_EQ(ledger_->ListCases({}, 2, "")->next_page_token, "");
}

TEST_P(LedgerCasesTest, CasesThatAreOpenedMeanwhileDoNotShiftPages) {
  const std::string a = Open("1.1");
  const std::string b = Open("1.2");
  const auto first = ledger_->ListCases({}, 1, "");
  EXPECT_EQ(first->cases[0].case_id(), b);
  Open("1.3");
  const auto second = ledger_->ListCases({}, 1, first->next_page_token);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->cases[0].case_id(), a);
}

TEST_P(LedgerCasesTest, StatesAndVerdictsAreFilters) {
  const std::string a = Open("1.1", v1::VERDICT_REVIEW);
  const std::string b = Open("1.2", v1::VERDICT_IDENTIFYING);
  const std::string c = Open("1.3", v1::VERDICT_INDETERMINATE);
  const std::string d = Open("1.4", v1::VERDICT_REVIEW);
  Keep(a);
  Keep(c);
  CaseFilter held;
  held.states = {v1::CASE_STATE_HELD};
  CaseFilter review;
  review.verdicts = {v1::VERDICT_REVIEW};
  CaseFilter both = held;
  both.verdicts = {v1::VERDICT_REVIEW, v1::VERDICT_INDETERMINATE};
  CaseFilter none;
  none.states = {v1::CASE_STATE_RELEASED};
  for (int size = 1; size < 4; ++size) {
    EXPECT_THAT(List(held, size), ElementsAre(d, b));
    EXPECT_THAT(List(review, size), ElementsAre(d, a));
    EXPECT_THAT(List(both, size), ElementsAre(d));
    EXPECT_THAT(List(none, size), IsEmpty());
  }
}

TEST_P(LedgerCasesTest, AnUnknownStateInAFilterMatchesNothing) {
  Open("1.1");
  CaseFilter filter;
  filter.states = {static_cast<v1::CaseState>(77)};
  EXPECT_THAT(List(filter, 10), IsEmpty());
}

TEST_P(LedgerCasesTest, AStudyIsAFilter) {
  Open("1.1");
  const std::string b = Open("1.2");
  CaseFilter filter;
  filter.study_instance_uid = "1.2";
  EXPECT_THAT(List(filter, 1), ElementsAre(b));
  filter.states = {v1::CASE_STATE_KEPT};
  EXPECT_THAT(List(filter, 1), IsEmpty());
}

TEST_P(LedgerCasesTest, TheTimeOfOpeningIsAFilter) {
  Open("1.1");
  const std::string b = Open("1.2");
  const std::string c = Open("1.3");
  const auto time_us = [&](const std::string& id) {
    const auto time = GetCase(id).create_time();
    return time.seconds() * 1'000'000 + time.nanos() / 1'000;
  };
  CaseFilter filter;
  filter.create_time_from_us = time_us(b);
  EXPECT_THAT(List(filter, 1), ElementsAre(c, b));
  filter.create_time_until_us = time_us(c);
  EXPECT_THAT(List(filter, 1), ElementsAre(b));
  filter.create_time_from_us = time_us(c) + 1;
  filter.create_time_until_us.reset();
  EXPECT_THAT(List(filter, 1), IsEmpty());
}

TEST_P(LedgerCasesTest, AClockThatGoesBackDoesNotReorderCases) {
  const std::string a = Open("1.1");
  now_us_ -= 3'600'000'000;
  const std::string b = Open("1.2");
  EXPECT_THAT(List({}, 1), ElementsAre(b, a));
  EXPECT_EQ(GetCase(a).create_time().SerializeAsString(),
            GetCase(b).create_time().SerializeAsString());
}

TEST_P(LedgerCasesTest, APageTokenThatWasChangedIsRefused) {
  for (int i = 0; i < 3; ++i) Open("1." + std::to_string(i));
  const std::string token = ledger_->ListCases({}, 1, "")->next_page_token;
  ASSERT_THAT(token, Not(IsEmpty()));
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_THAT(ledger_->ListCases({}, 1, changed),
                FailsWith(Reason::kInvalidArgument));
  }
  for (const std::string& bad :
       {std::string("x"), token + "0", token.substr(1),
        std::string(token.size(), 'f'), std::string(token.size(), '\0'),
        std::string(100'000, '9'), std::string("-1")}) {
    EXPECT_THAT(ledger_->ListCases({}, 1, bad),
                FailsWith(Reason::kInvalidArgument));
  }
}

TEST_P(LedgerCasesTest, APageTokenIsForItsFilterAndList) {
  for (int i = 0; i < 3; ++i) Open("1." + std::to_string(i));
  const std::string token = ledger_->ListCases({}, 1, "")->next_page_token;
  CaseFilter other;
  other.states = {v1::CASE_STATE_HELD};
  EXPECT_THAT(ledger_->ListCases(other, 1, token),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ledger_->ListAuditEvents({}, 1, token),
              FailsWith(Reason::kInvalidArgument));
}

TEST_P(LedgerCasesTest, APageTokenOutlivesTheProcess) {
  const std::string a = Open("1.1");
  Open("1.2");
  const std::string token = ledger_->ListCases({}, 1, "")->next_page_token;
  Reopen();
  const auto page = ledger_->ListCases({}, 1, token);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->cases[0].case_id(), a);
}

TEST_P(LedgerCasesTest, OpenCasesAreCountedByTheirState) {
  EXPECT_EQ(*ledger_->CountOpenCases(), OpenCases{});
  Open("1.1");
  Open("1.2", v1::VERDICT_IDENTIFYING);
  const std::string approved = Open("1.3");
  const std::string moving = Open("1.4");
  Keep(Open("1.5"));
  Take(approved, CaseStep::kApprove);
  Take(moving, CaseStep::kBeginMove);
  EXPECT_EQ(*ledger_->CountOpenCases(),
            (OpenCases{.held = 2, .awaiting_approval = 1, .releasing = 1}));
}

TEST_P(LedgerCasesTest, AnUnknownCaseIsNotFound) {
  EXPECT_THAT(ledger_->GetCase("c0", false), FailsWith(Reason::kCaseNotFound));
  EXPECT_THAT(ledger_->GetCaseFile("c0", "ann"),
              FailsWith(Reason::kCaseNotFound));
}

}  // namespace
}  // namespace burntin
