#include "server/decision/ledger_decision_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/server/decision/decided_session.h"
#include "tests/server/ledger/ledger_fixture.h"
#include "tests/server/quarantine/folder_mover.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class LedgerDecisionLogTest : public testing::Test {
 protected:
  LedgerDecisionLogTest() {
    LedgerOptions ledger;
    ledger.database = folder_.File("ledger.sqlite");
    ledger_ = *OpenLedger(ledger);
    QuarantineOptions options;
    options.mover_name = "test";
    quarantine_.emplace(options, ledger_.get(), &mover_);
    mover_.AddSession("E1");
  }

  LedgerDecisionLog Make(bool include_text = false) {
    return {ledger_.get(), &*quarantine_, &log_, include_text};
  }

  static SessionDecision Held() {
    v1::InstanceReport report = ReportOf(v1::VERDICT_IDENTIFYING);
    AddRegion(v1::CATEGORY_PERSON_NAME, 0.75, "DOE^JANE", &report);
    SessionDecision session = SessionOf({{"1.1", report}});
    session.place = {"QUARANTINE", "E1", PhiText("DOE^JANE"), PhiText("PID")};
    return session;
  }

  static SessionDecision Clear() {
    SessionDecision session = SessionOf({{"1.1", ReportOf(v1::VERDICT_CLEAR)}});
    session.place = Held().place;
    session.decision.action = RouteAction::kToProject;
    session.decision.target_project = "HOSPITAL";
    session.decision.verdict = Verdict::kClear;
    return session;
  }

  v1::Case Case(const LoggedDecision& logged, bool include_text = false) {
    return *ledger_->GetCase(logged.case_id, include_text);
  }

  TempDir folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  FolderMover mover_{folder_.File("projects")};
  std::unique_ptr<Ledger> ledger_;
  std::optional<Quarantine> quarantine_;
};

TEST_F(LedgerDecisionLogTest, AHeldSessionGetsACaseInTheCallersName) {
  const auto logged = Make().Record(Held());
  ASSERT_THAT(logged, IsOk());
  const v1::Case held = Case(*logged);
  EXPECT_EQ(held.decision().decision_id(), logged->decision_id);
  EXPECT_EQ(held.location().session_label(), "PID");
  EXPECT_THAT(held.findings(), SizeIs(1));
  EXPECT_EQ(ledger_->ListAuditEvents({}, 10, "")->events.front().actor(),
            "sam");
}

TEST_F(LedgerDecisionLogTest, TheSameDecisionIsRecordedOnce) {
  const auto first = Make().Record(Held());
  const auto second = Make().Record(Held());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->decision_id, first->decision_id);
  EXPECT_EQ(second->case_id, first->case_id);
  EXPECT_EQ(second->time, first->time);
}

TEST_F(LedgerDecisionLogTest, TextGetsIntoTheLedgerOnlyWhereItMay) {
  const auto without = Make().Record(Held());
  EXPECT_EQ(Case(*without, /*include_text=*/true).findings(0).region().text(),
            "");
  SessionDecision other = Held();
  other.study_instance_uid = "1.2.4";
  const auto with = Make(/*include_text=*/true).Record(other);
  EXPECT_EQ(Case(*with, /*include_text=*/true).findings(0).region().text(),
            "DOE^JANE");
}

TEST_F(LedgerDecisionLogTest, AClearSessionInXnatLeavesItsCase) {
  const auto held = Make().Record(Held());
  const auto clear = Make().Record(Clear());
  ASSERT_THAT(clear, IsOk());
  EXPECT_EQ(clear->case_id, "");
  EXPECT_THAT(mover_.ProjectsOf("E1"), ElementsAre("HOSPITAL"));
  EXPECT_EQ(Case(*held).state(), v1::CASE_STATE_RELEASED);
}

TEST_F(LedgerDecisionLogTest, OnlyAClearOneThatMayGoOutLeaves) {
  const auto held = Make().Record(Held());
  SessionDecision review = Clear();
  review.decision.verdict = Verdict::kReview;
  SessionDecision inside = Clear();
  inside.decision.action = RouteAction::kQuarantine;
  inside.decision.target_project = "QUARANTINE";
  SessionDecision undecided = Clear();
  undecided.decision.verdict.reset();
  for (const SessionDecision& session : {review, inside, undecided}) {
    const auto logged = Make().Record(session);
    ASSERT_THAT(logged, IsOk());
    EXPECT_EQ(logged->case_id, held->case_id);
  }
  EXPECT_EQ(mover_.moves, 0);
  EXPECT_THAT(mover_.ProjectsOf("E1"), ElementsAre("QUARANTINE"));
}

TEST_F(LedgerDecisionLogTest, OneOutsideOfXnatIsLeftToAnAdmin) {
  SessionDecision held = Held();
  held.place.reset();
  SessionDecision clear = Clear();
  clear.place.reset();
  const auto first = Make().Record(held);
  const auto second = Make().Record(clear);
  EXPECT_EQ(second->case_id, first->case_id);
  EXPECT_EQ(Case(*first).state(), v1::CASE_STATE_HELD);
}

TEST_F(LedgerDecisionLogTest, AMoveThatFailsIsTriedAgainByTheNextCall) {
  const auto held = Make().Record(Held());
  mover_.label_conflict = true;
  EXPECT_EQ(Make().Record(Clear())->case_id, held->case_id);
  EXPECT_THAT(log_text_.str(), testing::HasSubstr("LABEL_CONFLICT"));
  mover_.label_conflict = false;
  EXPECT_EQ(Make().Record(Clear())->case_id, "");
  EXPECT_THAT(mover_.ProjectsOf("E1"), ElementsAre("HOSPITAL"));
}

TEST_F(LedgerDecisionLogTest, WhereASessionIsUnknownItsCaseStillHoldsIt) {
  const auto held = Make().Record(Held());
  mover_.answers_unknown = true;
  EXPECT_EQ(Make().Record(Clear())->case_id, held->case_id);
  EXPECT_EQ(Case(*held).state(), v1::CASE_STATE_RELEASING);
}

}  // namespace
}  // namespace burntin
