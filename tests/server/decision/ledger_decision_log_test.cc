#include "server/decision/ledger_decision_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/server/decision/decided_session.h"
#include "tests/server/ledger/ledger_fixture.h"
#include "wire/json.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Notes what it is asked for.
class NotedFollowUp final : public FollowUp {
 public:
  void ReleaseCleared(const std::string& case_id) override {
    releases.push_back(case_id);
  }
  bool StoresReports() const override { return stores_reports; }
  void StoreReport(SessionReport report) override {
    reports.push_back(std::move(report));
  }

  bool stores_reports = true;
  std::vector<std::string> releases;
  std::vector<SessionReport> reports;
};

class LedgerDecisionLogTest : public testing::Test {
 protected:
  LedgerDecisionLogTest() {
    LedgerOptions ledger;
    ledger.database = folder_.File("ledger.sqlite");
    ledger_ = *OpenLedger(ledger);
  }

  LedgerDecisionLog Make(bool include_text = false) {
    return LedgerDecisionLog({.ledger = ledger_.get(),
                              .follow_up = &follow_up_,
                              .evidence = evidence_.get(),
                              .log = &log_,
                              .include_text = include_text});
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
  NotedFollowUp follow_up_;
  std::unique_ptr<EvidenceStore> evidence_ =
      *EvidenceStore::Open({.directory = folder_.File("evidence")});
  std::unique_ptr<Ledger> ledger_;
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

TEST_F(LedgerDecisionLogTest, AClearSessionInXnatIsNotedToLeaveItsCase) {
  const auto held = Make().Record(Held());
  EXPECT_THAT(follow_up_.releases, IsEmpty());
  const auto clear = Make().Record(Clear());
  ASSERT_THAT(clear, IsOk());
  // Until it has moved.
  EXPECT_EQ(clear->case_id, held->case_id);
  EXPECT_THAT(follow_up_.releases, ElementsAre(held->case_id));
  // So is a repeat, for the first may have failed.
  ASSERT_THAT(Make().Record(Clear()), IsOk());
  EXPECT_THAT(follow_up_.releases, SizeIs(2));
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
  EXPECT_THAT(follow_up_.releases, IsEmpty());
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
  EXPECT_THAT(follow_up_.releases, IsEmpty());
  EXPECT_THAT(follow_up_.reports, IsEmpty());
}

TEST_F(LedgerDecisionLogTest, TheReportOfASessionInXnatIsNotedWithoutItsText) {
  const auto held = Make(/*include_text=*/true).Record(Held());
  ASSERT_THAT(held, IsOk());
  ASSERT_THAT(follow_up_.reports, SizeIs(1));
  const SessionReport& report = follow_up_.reports[0];
  EXPECT_EQ(report.experiment_id, "E1");
  EXPECT_EQ(report.decision_id, held->decision_id);
  const v1::Decision decision = Case(*held).decision();
  EXPECT_TRUE(report.json_lines.starts_with(*ToJsonLine(decision) + "\n"));
  EXPECT_THAT(report.json_lines, HasSubstr("\"sopInstanceUid\":\"1.1\""));
  EXPECT_THAT(report.json_lines, HasSubstr("CATEGORY_PERSON_NAME"));
  EXPECT_THAT(report.json_lines, Not(HasSubstr("DOE")));
  EXPECT_TRUE(report.json_lines.ends_with("}\n"));
}

TEST_F(LedgerDecisionLogTest, WithoutXnatNoReportIsNoted) {
  follow_up_.stores_reports = false;
  ASSERT_THAT(Make().Record(Held()), IsOk());
  EXPECT_THAT(follow_up_.reports, IsEmpty());
}

// The session's pictures, of which one cannot be found.
SessionDecision WithPicture(SessionDecision session,
                            const std::string& sha256) {
  StoredReport stored = *session.instances[0].report;
  stored.pictures.push_back({{sha256, 0, 8, 8}, {0}, true});
  session.instances[0].report = std::make_shared<StoredReport>(stored);
  return session;
}

TEST_F(LedgerDecisionLogTest, ThePicturesOfACaseAreKeptWithIt) {
  const std::string digest = evidence_->Add("a picture")->sha256;
  const auto held = Make().Record(WithPicture(Held(), digest));
  ASSERT_THAT(held, IsOk());
  const CaseFile file = *ledger_->GetCaseFile(held->case_id, "ann");
  ASSERT_THAT(file.evidence, SizeIs(1));
  EXPECT_EQ(file.evidence.begin()->second.sha256, digest);
  EXPECT_EQ(evidence_->DeletePending(std::chrono::seconds(0)), 0);
  EXPECT_EQ(*evidence_->Read(digest), "a picture");
}

TEST_F(LedgerDecisionLogTest, PicturesOfWhatHasNoCaseStayPending) {
  const std::string digest = evidence_->Add("a picture")->sha256;
  SessionDecision out = WithPicture(Held(), digest);
  out.decision.action = RouteAction::kToProject;
  const auto logged = Make().Record(out);
  ASSERT_THAT(logged, IsOk());
  EXPECT_EQ(logged->case_id, "");
  EXPECT_EQ(evidence_->DeletePending(std::chrono::seconds(0)), 1);
}

TEST_F(LedgerDecisionLogTest, ALostPictureChangesNoDecisionAndIsLogged) {
  const auto held =
      Make().Record(WithPicture(Held(), TextSha256("a lost picture")));
  ASSERT_THAT(held, IsOk());
  EXPECT_THAT(Case(*held).findings(), SizeIs(1));
  EXPECT_THAT(log_text_.str(), HasSubstr("evidence_not_kept"));
}

}  // namespace
}  // namespace burntin
