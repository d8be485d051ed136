// What admins do with cases, and how moves end, in every ledger.
#include <thread>
#include <vector>

#include "tests/server/ledger/ledger_fixture.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int64_t kLater = 2'000'000'000'000'000;

class LedgerStepsTest : public LedgerFixture {
 protected:
  void SetUp() override {
    LedgerFixture::SetUp();
    held_ = OpenCase(ExampleRecord("1.2"));
  }

  absl::StatusOr<DecidedCase> Step(const Actor& actor, CaseStep step,
                                   const std::string& request_id) {
    return ledger_->Decide(
        ExampleDecision(actor, GetCase(held_.case_id()), step, request_id));
  }

  std::string BeginMove() {
    const auto begun = Step(Ann(), CaseStep::kBeginMove, "r1");
    EXPECT_THAT(begun, IsOk());
    return begun->operation_id;
  }

  v1::AuditEvent LastAudit() { return AllAudit().events.back(); }

  v1::Case held_;
};
BURNTIN_FOR_EACH_LEDGER(LedgerStepsTest);

TEST_P(LedgerStepsTest, AReleaseRecordsItsIntentBeforeTheMove) {
  const auto begun = Step(Ann(), CaseStep::kBeginMove, "r1");
  ASSERT_THAT(begun, IsOk());
  EXPECT_EQ(begun->quarantine_case.state(), v1::CASE_STATE_RELEASING);
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_MOVE_SESSION);
  EXPECT_EQ(LastAudit().outcome(), v1::AUDIT_OUTCOME_INTENT);
  EXPECT_EQ(LastAudit().operation_id(), begun->operation_id);
  EXPECT_EQ(LastAudit().target_project(), "HOSPITAL");
  Reopen();
  EXPECT_THAT(ledger_->ClaimUnfinishedMoves("another", kLater)->size(),
              GetParam().name == std::string("Sqlite") ? 1 : 0);
}

TEST_P(LedgerStepsTest, AVerifiedMoveReleasesTheCase) {
  const std::string operation = BeginMove();
  const auto released =
      ledger_->FinishMove(Ann(), {operation, MoveEnd::kMoved, std::nullopt});
  ASSERT_THAT(released, IsOk());
  EXPECT_EQ(released->state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(released->location().project(), "HOSPITAL");
  ASSERT_EQ(released->resolutions_size(), 1);
  EXPECT_EQ(released->resolutions(0).actor(), "ann");
  EXPECT_EQ(released->resolutions(0).reason(), "Looked at all of it");
  EXPECT_EQ(LastAudit().outcome(), v1::AUDIT_OUTCOME_SUCCESS);
  EXPECT_EQ(LastAudit().operation_id(), operation);
}

TEST_P(LedgerStepsTest, AMoveThatMovedNothingHoldsTheCaseAgain) {
  const std::string operation = BeginMove();
  const auto held = ledger_->FinishMove(
      Ann(), {operation, MoveEnd::kNothingMoved, Reason::kLabelConflict});
  ASSERT_THAT(held, IsOk());
  EXPECT_EQ(held->state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(held->location().project(), "QUARANTINE");
  EXPECT_EQ(LastAudit().outcome(), v1::AUDIT_OUTCOME_FAILURE);
  EXPECT_EQ(LastAudit().error_code(), "LABEL_CONFLICT");
  EXPECT_THAT(ledger_->GetCaseFile(held_.case_id(), "ann")->approvals,
              IsEmpty());
}

TEST_P(LedgerStepsTest, APermittedMoveIsAuditedAsOne) {
  const std::string operation = BeginMove();
  ASSERT_THAT(ledger_->FinishMove(
                  Ann(), {operation, MoveEnd::kPermitted, std::nullopt}),
              IsOk());
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_PERMIT_MOVE);
  EXPECT_EQ(GetCase(held_.case_id()).state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(GetCase(held_.case_id()).location().project(), "QUARANTINE");
}

TEST_P(LedgerStepsTest, AMoveEndsOnce) {
  const std::string operation = BeginMove();
  ASSERT_THAT(
      ledger_->FinishMove(Ann(), {operation, MoveEnd::kMoved, std::nullopt}),
      IsOk());
  const size_t entries = AllAudit().events.size();
  const auto again = ledger_->FinishMove(
      Ann(), {operation, MoveEnd::kNothingMoved, Reason::kXnatUnavailable});
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(AllAudit().events.size(), entries);
  EXPECT_THAT(ledger_->FinishMove(Ann(), {"o0", MoveEnd::kMoved, std::nullopt}),
              FailsWith(Reason::kCaseNotFound));
}

TEST_P(LedgerStepsTest, ADecidedCaseIsDecidedOnce) {
  ASSERT_THAT(Step(Ann(), CaseStep::kKeep, "r1"), IsOk());
  for (const CaseStep step :
       {CaseStep::kApprove, CaseStep::kBeginMove, CaseStep::kKeep}) {
    EXPECT_THAT(Step(Bob(), step, "r2"),
                FailsWith(Reason::kCaseAlreadyDecided));
  }
  EXPECT_EQ(GetCase(held_.case_id()).resolutions_size(), 1);
}

TEST_P(LedgerStepsTest, ACaseThatIsBeingReleasedIsDecided) {
  BeginMove();
  EXPECT_THAT(Step(Bob(), CaseStep::kKeep, "r2"),
              FailsWith(Reason::kCaseAlreadyDecided));
}

TEST_P(LedgerStepsTest, AnOldEtagIsRefusedAndChangesNothing) {
  const CaseDecision old =
      ExampleDecision(Bob(), held_, CaseStep::kBeginMove, "r2");
  ASSERT_THAT(Step(Ann(), CaseStep::kApprove, "r1"), IsOk());
  const size_t entries = AllAudit().events.size();
  EXPECT_THAT(ledger_->Decide(old), FailsWith(Reason::kCaseChanged));
  EXPECT_EQ(AllAudit().events.size(), entries);
  EXPECT_EQ(GetCase(held_.case_id()).state(), v1::CASE_STATE_AWAITING_APPROVAL);
}

TEST_P(LedgerStepsTest, ARepeatedRequestGetsTheFirstAnswer) {
  const CaseDecision decision =
      ExampleDecision(Ann(), held_, CaseStep::kKeep, "r1");
  const auto first = ledger_->Decide(decision);
  const size_t entries = AllAudit().events.size();
  const auto second = ledger_->Decide(decision);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->quarantine_case.SerializeAsString(),
            first->quarantine_case.SerializeAsString());
  EXPECT_EQ(AllAudit().events.size(), entries);
  const auto found = ledger_->FindRequest(Ann(), "r1", decision.request_sha256);
  ASSERT_THAT(found, IsOk());
  ASSERT_TRUE(found->has_value() && (*found)->answer);
  EXPECT_EQ((*found)->answer->state(), v1::CASE_STATE_KEPT);
}

TEST_P(LedgerStepsTest, ARequestNameIsForOneRequestOfOneActor) {
  CaseDecision decision = ExampleDecision(Ann(), held_, CaseStep::kKeep, "r1");
  ASSERT_THAT(ledger_->Decide(decision), IsOk());
  decision.request_sha256 = TextSha256("other fields");
  EXPECT_THAT(ledger_->Decide(decision), FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ledger_->FindRequest(Ann(), "r1", decision.request_sha256),
              FailsWith(Reason::kInvalidArgument));
  const auto of_bob =
      ledger_->FindRequest(Bob(), "r1", decision.request_sha256);
  ASSERT_THAT(of_bob, IsOk());
  EXPECT_FALSE(of_bob->has_value());
}

TEST_P(LedgerStepsTest, ARequestThatMovedNothingMayBeTakenAgain) {
  const CaseDecision decision =
      ExampleDecision(Ann(), held_, CaseStep::kBeginMove, "r1");
  const auto begun = ledger_->Decide(decision);
  ASSERT_THAT(begun, IsOk());
  EXPECT_EQ((*ledger_->FindRequest(Ann(), "r1", decision.request_sha256))
                ->unfinished_operation_id,
            begun->operation_id);
  ASSERT_THAT(
      ledger_->FinishMove(Ann(), {begun->operation_id, MoveEnd::kNothingMoved,
                                  Reason::kXnatUnavailable}),
      IsOk());
  EXPECT_EQ((*ledger_->FindRequest(Ann(), "r1", decision.request_sha256))
                ->unfinished_operation_id,
            "");
  const auto again = ledger_->Decide(decision);
  ASSERT_THAT(again, IsOk());
  EXPECT_NE(again->operation_id, begun->operation_id);
}

TEST_P(LedgerStepsTest, ARequestIsNotTakenAgainOnceTheCaseHasChanged) {
  const CaseDecision decision =
      ExampleDecision(Ann(), held_, CaseStep::kBeginMove, "r1");
  const auto begun = ledger_->Decide(decision);
  ASSERT_THAT(
      ledger_->FinishMove(Ann(), {begun->operation_id, MoveEnd::kNothingMoved,
                                  Reason::kXnatUnavailable}),
      IsOk());
  DecisionRecord grown = ExampleRecord("1.2");
  grown.basis_sha256 = TextSha256("more");
  OpenCase(grown);
  EXPECT_THAT(ledger_->Decide(decision), FailsWith(Reason::kCaseChanged));
}

TEST_P(LedgerStepsTest, ASessionThatGrewWhileItMovedIsNotReleasedBlindly) {
  const std::string operation = BeginMove();
  DecisionRecord grown = ExampleRecord("1.2");
  grown.basis_sha256 = TextSha256("more");
  const v1::Case further = OpenCase(grown);
  EXPECT_NE(further.case_id(), held_.case_id());
  // Not moved by two at a time.
  EXPECT_THAT(ledger_->Decide(
                  ExampleDecision(Bob(), further, CaseStep::kBeginMove, "r2")),
              FailsWith(Reason::kCaseChanged));
  ASSERT_THAT(ledger_->FinishMove(Ann(), {operation, MoveEnd::kNothingMoved,
                                          Reason::kXnatUnavailable}),
              IsOk());
  // Nor under the case that does not know what came later.
  EXPECT_THAT(Step(Ann(), CaseStep::kBeginMove, "r3"),
              FailsWith(Reason::kCaseChanged));
  EXPECT_THAT(Step(Ann(), CaseStep::kKeep, "r4"), IsOk());
  EXPECT_THAT(ledger_->Decide(
                  ExampleDecision(Bob(), further, CaseStep::kBeginMove, "r5")),
              IsOk());
}

TEST_P(LedgerStepsTest, OneOfManyAdminsAtTheSameTimeDecides) {
  constexpr int kAdmins = 8;
  std::vector<absl::StatusOr<DecidedCase>> answers(
      kAdmins, absl::UnknownError("not asked"));
  std::vector<std::thread> admins;
  for (int i = 0; i < kAdmins; ++i) {
    admins.emplace_back([&, i] {
      const std::string name = "admin" + std::to_string(i);
      answers[i] = ledger_->Decide(ExampleDecision(
          {name, "admin", ""}, held_,
          i % 2 == 0 ? CaseStep::kKeep : CaseStep::kBeginMove, "r1"));
    });
  }
  for (std::thread& admin : admins) admin.join();
  int decided = 0;
  for (const auto& answer : answers) {
    if (answer.ok()) {
      ++decided;
    } else {
      EXPECT_THAT(answer, FailsWith(Reason::kCaseAlreadyDecided));
    }
  }
  EXPECT_EQ(decided, 1);
  EXPECT_EQ(GetCase(held_.case_id()).resolutions_size(), 1);
  EXPECT_FALSE(
      VerifyTrail(ledger_.get(), std::nullopt)->broken_sequence.has_value());
}

TEST_P(LedgerStepsTest, EvidenceIsRememberedForWhoSawItAndWhatWasDecided) {
  const std::string finding = held_.findings(0).finding_id();
  const std::string decision = held_.decision().decision_id();
  const EvidenceView view = {finding, std::string(64, 'e')};
  ASSERT_THAT(
      ledger_->RecordEvidenceShown(Ann(), held_.case_id(), decision, view),
      IsOk());
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_VIEW_EVIDENCE);
  EXPECT_THAT(LastAudit().evidence_sha256s(),
              ElementsAre(view.evidence_sha256));
  EXPECT_EQ(GetCase(held_.case_id()).etag(), held_.etag());
  EXPECT_THAT(ledger_->GetCaseFile(held_.case_id(), "ann")->shown,
              ElementsAre(view));
  EXPECT_THAT(ledger_->GetCaseFile(held_.case_id(), "bob")->shown, IsEmpty());
  DecisionRecord grown = ExampleRecord("1.2");
  grown.basis_sha256 = TextSha256("more");
  OpenCase(grown);
  EXPECT_THAT(ledger_->GetCaseFile(held_.case_id(), "ann")->shown, IsEmpty());
  EXPECT_THAT(
      ledger_->RecordEvidenceShown(Ann(), held_.case_id(), decision, view),
      FailsWith(Reason::kCaseChanged));
}

TEST_P(LedgerStepsTest, EvidenceOfWhatIsNotThereIsRefused) {
  const std::string decision = held_.decision().decision_id();
  const std::string digest(64, 'e');
  EXPECT_THAT(ledger_->RecordEvidenceShown(Ann(), held_.case_id(), decision,
                                           {"f0", digest}),
              FailsWith(Reason::kFindingNotFound));
  EXPECT_THAT(
      ledger_->RecordEvidenceShown(Ann(), "c0", decision, {"f0", digest}),
      FailsWith(Reason::kCaseNotFound));
  EXPECT_THAT(
      ledger_->RecordEvidenceShown(Ann(), held_.case_id(), decision,
                                   {held_.findings(0).finding_id(), "digest"}),
      FailsWith(Reason::kInvalidArgument));
}

TEST_P(LedgerStepsTest, AnUnfinishedMoveIsTakenOverWhenItsClaimHasPassed) {
  CaseDecision decision =
      ExampleDecision(Ann(), held_, CaseStep::kBeginMove, "r1");
  decision.claim_until_us = now_us_ + 1'000'000;
  const std::string operation = ledger_->Decide(decision)->operation_id;
  EXPECT_THAT(*ledger_->ClaimUnfinishedMoves("this process", kLater),
              IsEmpty());
  now_us_ += 2'000'000;
  const auto claimed = ledger_->ClaimUnfinishedMoves("another", kLater);
  ASSERT_THAT(claimed, IsOk());
  ASSERT_THAT(*claimed, SizeIs(1));
  EXPECT_EQ(claimed->front().operation_id, operation);
  EXPECT_EQ(claimed->front().case_id, held_.case_id());
  EXPECT_EQ(claimed->front().location->experiment_id(), "XNAT_E1.2");
  EXPECT_EQ(claimed->front().target_project, "HOSPITAL");
  EXPECT_EQ(claimed->front().actor.name, "ann");
  EXPECT_THAT(*ledger_->ClaimUnfinishedMoves("another", kLater), IsEmpty());
}

TEST_P(LedgerStepsTest, AMoveThatWasGivenUpCanBeClaimedAtOnce) {
  const std::string operation = BeginMove();
  EXPECT_FALSE(
      ledger_->ClaimMove(operation, "this process", kLater)->has_value());
  ASSERT_THAT(ledger_->GiveUpMove(operation, "someone else"), IsOk());
  EXPECT_FALSE(
      ledger_->ClaimMove(operation, "this process", kLater)->has_value());
  ASSERT_THAT(ledger_->GiveUpMove(operation, "this process"), IsOk());
  EXPECT_TRUE(
      ledger_->ClaimMove(operation, "this process", kLater)->has_value());
  ASSERT_THAT(
      ledger_->FinishMove(Ann(), {operation, MoveEnd::kMoved, std::nullopt}),
      IsOk());
  EXPECT_FALSE(ledger_->ClaimMove(operation, "another", kLater)->has_value());
}

TEST_P(LedgerStepsTest, ADecisionThatLacksAFieldIsRefused) {
  std::vector<CaseDecision> decisions(
      6, ExampleDecision(Ann(), held_, CaseStep::kBeginMove, "r1"));
  decisions[0].actor.name = "";
  decisions[1].reason = "";
  decisions[2].target_project = "";
  decisions[3].request_id = "";
  decisions[4].request_sha256 = "x";
  decisions[5].mover = "";
  for (const CaseDecision& decision : decisions) {
    EXPECT_THAT(ledger_->Decide(decision), FailsWith(Reason::kInvalidArgument));
  }
  EXPECT_EQ(GetCase(held_.case_id()).state(), v1::CASE_STATE_HELD);
}

TEST_P(LedgerStepsTest, ALedgerSurvivesThatItsServerIsKilled) {
  if (GetParam().name == std::string("Sqlite")) {
    // The database of this kind has no server: a second process is refused.
    LedgerOptions options;
    options.database = database_;
    EXPECT_THAT(OpenLedger(options), FailsWith(Reason::kLedgerUnavailable));
    return;
  }
  PostgresqlServer::Get().KillAndRestart();
  EXPECT_THAT(Step(Ann(), CaseStep::kKeep, "r1"), IsOk());
  EXPECT_EQ(GetCase(held_.case_id()).state(), v1::CASE_STATE_KEPT);
}

}  // namespace
}  // namespace burntin
