// What every ledger does with decisions about sessions.
#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class LedgerDecisionsTest : public LedgerFixture {};
BURNTIN_FOR_EACH_LEDGER(LedgerDecisionsTest);

TEST_P(LedgerDecisionsTest, ADecisionForQuarantineOpensACase) {
  const v1::Case opened = OpenCase(ExampleRecord("1.2"));
  EXPECT_EQ(opened.state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(opened.study_instance_uid(), "1.2");
  EXPECT_EQ(opened.location().session_label(), "PID 4711");
  EXPECT_EQ(opened.decision().verdict(), v1::VERDICT_IDENTIFYING);
  EXPECT_EQ(opened.decision().risk(), 0.9375);
  EXPECT_THAT(opened.decision().decision_id(), Not(IsEmpty()));
  EXPECT_EQ(opened.findings_total(), 2);
  ASSERT_EQ(opened.findings_size(), 2);
  EXPECT_EQ(opened.findings(0).region().text(), "DOE^JANE");
  EXPECT_NE(opened.findings(0).finding_id(), opened.findings(1).finding_id());
  EXPECT_EQ(opened.resolutions_size(), 0);
}

TEST_P(LedgerDecisionsTest, RecognisedTextIsOnlyGivenWhenAskedFor) {
  const v1::Case opened = OpenCase(ExampleRecord("1.2"));
  const auto found = ledger_->GetCase(opened.case_id(), /*include_text=*/false);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->findings(0).region().text(), "");
}

TEST_P(LedgerDecisionsTest, ThePicturesOfFindingsAreFoundAgain) {
  DecisionRecord record = ExampleRecord("1.2");
  const EvidenceReference picture = {TextSha256("a picture"), 7, 800, 1'024};
  record.findings[1].evidence = picture;
  const v1::Case opened = OpenCase(record);
  Reopen();
  const auto file = ledger_->GetCaseFile(opened.case_id(), "ann");
  ASSERT_THAT(file, IsOk());
  EXPECT_THAT(file->evidence, ElementsAre(testing::Pair(
                                  opened.findings(1).finding_id(), picture)));
}

TEST_P(LedgerDecisionsTest, ThePicturesAreThoseOfTheLatestDecision) {
  DecisionRecord record = ExampleRecord("1.2");
  record.findings[1].evidence = {TextSha256("a picture"), 7, 800, 1'024};
  OpenCase(record);
  record.basis_sha256 = TextSha256("other objects");
  record.findings[1].evidence.reset();
  const v1::Case after = OpenCase(record);
  EXPECT_THAT(ledger_->GetCaseFile(after.case_id(), "ann")->evidence,
              IsEmpty());
}

TEST_P(LedgerDecisionsTest, EvidenceThatCannotBeIsRefused) {
  const std::string digest = TextSha256("a picture");
  for (const EvidenceReference& picture :
       std::vector<EvidenceReference>{{"abc", 0, 8, 8},
                                      {digest, -1, 8, 8},
                                      {digest, 0, 0, 8},
                                      {digest, 0, 9, 8}}) {
    DecisionRecord record = ExampleRecord("1.2");
    record.findings[1].evidence = picture;
    EXPECT_THAT(ledger_->RecordDecision(ServerActor(), record),
                FailsWith(Reason::kInvalidArgument));
  }
}

TEST_P(LedgerDecisionsTest, TheSameDecisionIsRecordedOnce) {
  const DecisionRecord record = ExampleRecord("1.2");
  const auto first = ledger_->RecordDecision(ServerActor(), record);
  const size_t entries = AllAudit().events.size();
  const auto second = ledger_->RecordDecision(ServerActor(), record);
  ASSERT_THAT(second, IsOk());
  EXPECT_FALSE(first->is_repeat);
  EXPECT_TRUE(second->is_repeat);
  EXPECT_EQ(second->case_id, first->case_id);
  EXPECT_EQ(second->decision.decision_id(), first->decision.decision_id());
  EXPECT_EQ(AllAudit().events.size(), entries);
}

TEST_P(LedgerDecisionsTest, AnotherProtocolDecidesAgain) {
  DecisionRecord record = ExampleRecord("1.2");
  const v1::Case before = OpenCase(record);
  record.decision.set_protocol_sha256(std::string(64, 'b'));
  record.decision.set_verdict(v1::VERDICT_REVIEW);
  const v1::Case after = OpenCase(record);
  EXPECT_EQ(after.case_id(), before.case_id());
  EXPECT_NE(after.etag(), before.etag());
  EXPECT_EQ(after.decision().verdict(), v1::VERDICT_REVIEW);
}

TEST_P(LedgerDecisionsTest, AGrownSessionChangesItsOpenCase) {
  DecisionRecord record = ExampleRecord("1.2");
  const v1::Case before = OpenCase(record);
  record.basis_sha256 = TextSha256("more objects");
  record.findings.pop_back();
  record.findings_total = 1;
  const v1::Case after = OpenCase(record);
  EXPECT_EQ(after.case_id(), before.case_id());
  ASSERT_EQ(after.findings_size(), 1);
  // What did not change keeps its name.
  EXPECT_EQ(after.findings(0).finding_id(), before.findings(0).finding_id());
}

TEST_P(LedgerDecisionsTest, AGrownSessionNeedsApprovalsAnew) {
  DecisionRecord record = ExampleRecord("1.2");
  const v1::Case held = OpenCase(record);
  ASSERT_THAT(
      ledger_->Decide(ExampleDecision(Ann(), held, CaseStep::kApprove, "r1")),
      IsOk());
  EXPECT_EQ(ledger_->GetCaseFile(held.case_id(), "ann")->approvals.size(), 1);
  record.basis_sha256 = TextSha256("more objects");
  const v1::Case after = OpenCase(record);
  EXPECT_EQ(after.case_id(), held.case_id());
  EXPECT_EQ(after.state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(after.resolutions_size(), 1);  // the history stays
  EXPECT_THAT(ledger_->GetCaseFile(held.case_id(), "ann")->approvals,
              IsEmpty());
}

TEST_P(LedgerDecisionsTest, ASessionThatGrowsAfterItWasKeptGetsAFurtherCase) {
  DecisionRecord record = ExampleRecord("1.2");
  const v1::Case held = OpenCase(record);
  ASSERT_THAT(
      ledger_->Decide(ExampleDecision(Ann(), held, CaseStep::kKeep, "r1")),
      IsOk());
  record.basis_sha256 = TextSha256("more objects");
  const v1::Case further = OpenCase(record);
  EXPECT_NE(further.case_id(), held.case_id());
  EXPECT_EQ(GetCase(held.case_id()).state(), v1::CASE_STATE_KEPT);
}

TEST_P(LedgerDecisionsTest, ASessionThatGoesToItsProjectHasNoCase) {
  DecisionRecord record = ExampleRecord("1.2");
  record.decision.set_action(v1::ROUTE_ACTION_TO_PROJECT);
  record.decision.set_verdict(v1::VERDICT_CLEAR);
  const auto recorded = ledger_->RecordDecision(ServerActor(), record);
  ASSERT_THAT(recorded, IsOk());
  EXPECT_EQ(recorded->case_id, "");
  EXPECT_THAT(ledger_->ListCases({}, 10, "")->cases, IsEmpty());
}

TEST_P(LedgerDecisionsTest, ALaterClearanceDoesNotCloseACase) {
  DecisionRecord record = ExampleRecord("1.2");
  const v1::Case held = OpenCase(record);
  record.basis_sha256 = TextSha256("all of it");
  record.decision.set_action(v1::ROUTE_ACTION_TO_PROJECT);
  record.decision.set_verdict(v1::VERDICT_CLEAR);
  const v1::Case after = OpenCase(record);
  EXPECT_EQ(after.case_id(), held.case_id());
  EXPECT_EQ(after.state(), v1::CASE_STATE_HELD);
}

TEST_P(LedgerDecisionsTest, AnUnknownActionAndVerdictMeanQuarantine) {
  DecisionRecord record = ExampleRecord("1.2");
  record.decision.set_action(static_cast<v1::RouteAction>(77));
  record.decision.set_verdict(static_cast<v1::Verdict>(77));
  const v1::Case opened = OpenCase(record);
  EXPECT_EQ(opened.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_EQ(opened.decision().verdict(), v1::VERDICT_INDETERMINATE);
}

TEST_P(LedgerDecisionsTest, EqualFindingsHaveNamesOfTheirOwn) {
  DecisionRecord record = ExampleRecord("1.2");
  record.findings[1] = record.findings[0];
  const v1::Case opened = OpenCase(record);
  EXPECT_NE(opened.findings(0).finding_id(), opened.findings(1).finding_id());
}

TEST_P(LedgerDecisionsTest, ThousandsOfFindingsKeepTheirOrder) {
  DecisionRecord record = ExampleRecord("1.2");
  const FindingRecord example = record.findings[0];
  record.findings.clear();
  for (int i = 0; i < 10'000; ++i) {
    record.findings.push_back(example);
    record.findings.back().finding.mutable_region()->mutable_box()->set_x(i);
  }
  record.findings_total = 10'001;
  const v1::Case opened = OpenCase(record);
  ASSERT_EQ(opened.findings_size(), 10'000);
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_EQ(opened.findings(i).region().box().x(), i);
  }
  EXPECT_TRUE(
      ledger_->GetCaseFile(opened.case_id(), "ann")->findings_truncated);
}

TEST_P(LedgerDecisionsTest, TextInAnyScriptComesBackAsItWas) {
  DecisionRecord record = ExampleRecord("1.2");
  const std::string text = "\u5c71\u7530^\u592a\u90ce '\"; DROP TABLE cases";
  record.findings[0].finding.mutable_region()->set_text(text);
  record.location->set_subject_label(text);
  const v1::Case opened = OpenCase(record);
  EXPECT_EQ(opened.findings(0).region().text(), text);
  EXPECT_EQ(opened.location().subject_label(), text);
}

TEST_P(LedgerDecisionsTest, ANulInATextIsRefusedAndLeavesNothing) {
  DecisionRecord record = ExampleRecord("1.2");
  record.findings[1].finding.mutable_region()->set_text(std::string("A\0B", 3));
  EXPECT_THAT(ledger_->RecordDecision(ServerActor(), record),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ledger_->ListCases({}, 10, "")->cases, IsEmpty());
  EXPECT_THAT(AllAudit().events, IsEmpty());
}

TEST_P(LedgerDecisionsTest, ARecordThatBreaksItsCommentsIsRefused) {
  std::vector<DecisionRecord> records(5, ExampleRecord("1.2"));
  records[0].study_instance_uid = "";
  records[1].study_instance_uid = std::string(65, '1');
  records[2].basis_sha256 = "abc";
  records[3].location->clear_project();
  records[4].findings_total = 1;
  for (const DecisionRecord& record : records) {
    EXPECT_THAT(ledger_->RecordDecision(ServerActor(), record),
                FailsWith(Reason::kInvalidArgument));
  }
  EXPECT_THAT(AllAudit().events, IsEmpty());
}

TEST_P(LedgerDecisionsTest, EveryDecisionIsAudited) {
  const v1::Case opened = OpenCase(ExampleRecord("1.2"));
  const AuditPage page = AllAudit();
  ASSERT_EQ(page.events.size(), 2u);
  EXPECT_EQ(page.events[0].action(), v1::AUDIT_ACTION_DECIDE_SESSION);
  EXPECT_EQ(page.events[1].action(), v1::AUDIT_ACTION_OPEN_CASE);
  EXPECT_EQ(page.events[1].case_id(), opened.case_id());
  EXPECT_EQ(page.events[1].actor(), "burntind");
}

TEST_P(LedgerDecisionsTest, ALedgerThatIsOpenedAgainHoldsWhatItHeld) {
  const v1::Case opened = OpenCase(ExampleRecord("1.2"));
  Reopen();
  EXPECT_EQ(GetCase(opened.case_id()).SerializeAsString(),
            opened.SerializeAsString());
}

}  // namespace
}  // namespace burntin
