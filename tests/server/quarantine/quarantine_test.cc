#include "server/quarantine/quarantine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/server/ledger/ledger_fixture.h"
#include "tests/server/quarantine/folder_mover.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kExperiment[] = "XNAT_E1.2";

class QuarantineTest : public testing::Test {
 protected:
  void SetUp() override {
    Open();
    record_ = ExampleRecord("1.2");
    mover_.AddSession(kExperiment);
    Record();
  }

  void Open() {
    ledger_.reset();
    LedgerOptions options;
    options.database = folder_.File("ledger.sqlite");
    options.clock = [this] { return ++now_us_; };
    ledger_ = *OpenLedger(options);
  }

  Quarantine Make(int approvers = 1, SessionMover* mover = nullptr) {
    QuarantineOptions options;
    options.policy.approvers = approvers;
    options.mover_name = "test";
    options.clock = [this] { return now_us_; };
    return {options, ledger_.get(), mover == nullptr ? &mover_ : mover};
  }

  void Record() {
    case_id_ = ledger_->RecordDecision(ServerActor(), record_)->case_id;
  }

  v1::Case Case() { return *ledger_->GetCase(case_id_, false); }

  std::string DigestOf(const v1::Finding& finding) {
    return TextSha256("picture of " + finding.finding_id());
  }

  // Shows the actor everything.
  void Show(const Actor& actor) {
    const v1::Case held = Case();
    for (const v1::Finding& finding : held.findings()) {
      ASSERT_THAT(ledger_->RecordEvidenceShown(
                      actor, case_id_, held.decision().decision_id(),
                      {finding.finding_id(), DigestOf(finding)}),
                  IsOk());
    }
  }

  v1::ReleaseCaseRequest Request(const std::string& request_id) {
    v1::ReleaseCaseRequest request;
    request.set_case_id(case_id_);
    request.set_etag(Case().etag());
    request.set_target_project("HOSPITAL");
    request.set_reason("Nothing identifies the patient");
    request.set_request_id(request_id);
    const v1::Case held = Case();
    for (const v1::Finding& finding : held.findings()) {
      v1::Acknowledgement* one = request.add_acknowledgements();
      one->set_finding_id(finding.finding_id());
      one->set_evidence_sha256(DigestOf(finding));
    }
    return request;
  }

  v1::AuditEvent LastAudit() {
    return ledger_->ListAuditEvents({}, 1'000, "")->events.back();
  }

  std::vector<std::string> Projects() { return mover_.ProjectsOf(kExperiment); }

  TempDir folder_;
  int64_t now_us_ = 1'700'000'000'000'000;
  FolderMover mover_{folder_.File("projects")};
  DecisionRecord record_;
  std::unique_ptr<Ledger> ledger_;
  std::string case_id_;
};

TEST_F(QuarantineTest, AnAdminWhoSawEverythingReleasesASession) {
  Show(Ann());
  const auto released = Make().Release(Ann(), Request("r1"));
  ASSERT_THAT(released, IsOk());
  EXPECT_EQ(released->state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(released->findings_size(), 0);
  EXPECT_THAT(Projects(), ElementsAre("HOSPITAL"));
  ASSERT_EQ(Case().resolutions_size(), 1);
  EXPECT_EQ(Case().resolutions(0).acknowledgements_size(), 2);
}

TEST_F(QuarantineTest, APictureThatSomeoneElseSawDoesNotCount) {
  Show(Bob());
  EXPECT_THAT(Make().Release(Ann(), Request("r1")),
              FailsWith(Reason::kEvidenceNotShown));
  EXPECT_THAT(Projects(), ElementsAre("QUARANTINE"));
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_APPROVE_RELEASE);
  EXPECT_EQ(LastAudit().outcome(), v1::AUDIT_OUTCOME_FAILURE);
  EXPECT_EQ(LastAudit().error_code(), "EVIDENCE_NOT_SHOWN");
}

TEST_F(QuarantineTest, AnotherPictureThanTheOneShownDoesNotCount) {
  Show(Ann());
  v1::ReleaseCaseRequest request = Request("r1");
  request.mutable_acknowledgements(1)->set_evidence_sha256(
      std::string(64, '0'));
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kEvidenceNotShown));
  request.mutable_acknowledgements(1)->clear_evidence_sha256();
  request.set_request_id("r2");
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kEvidenceNotShown));
}

TEST_F(QuarantineTest, APictureOfAnotherFindingDoesNotCount) {
  Show(Ann());
  v1::ReleaseCaseRequest request = Request("r1");
  request.mutable_acknowledgements(1)->set_evidence_sha256(
      request.acknowledgements(0).evidence_sha256());
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kEvidenceNotShown));
}

TEST_F(QuarantineTest, AFindingWithoutPictureNeedsNone) {
  record_.basis_sha256 = TextSha256("again");
  record_.findings[1].has_picture = false;
  Record();
  Show(Ann());
  v1::ReleaseCaseRequest request = Request("r1");
  request.mutable_acknowledgements(1)->clear_evidence_sha256();
  EXPECT_THAT(Make().Release(Ann(), request), IsOk());
}

TEST_F(QuarantineTest, EachFindingHasToBeAcknowledged) {
  Show(Ann());
  v1::ReleaseCaseRequest request = Request("r1");
  request.mutable_acknowledgements()->RemoveLast();
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kFindingsNotAcknowledged));
  *request.add_acknowledgements() = request.acknowledgements(0);
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kFindingsNotAcknowledged));
  request.mutable_acknowledgements(1)->set_finding_id("f0");
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kFindingNotFound));
  EXPECT_EQ(Case().state(), v1::CASE_STATE_HELD);
}

TEST_F(QuarantineTest, WhatWasShownBeforeTheSessionGrewDoesNotCount) {
  Show(Ann());
  record_.basis_sha256 = TextSha256("more objects");
  Record();
  EXPECT_THAT(Make().Release(Ann(), Request("r1")),
              FailsWith(Reason::kEvidenceNotShown));
}

TEST_F(QuarantineTest, FindingsThatNobodyCanSeeForbidARelease) {
  record_.basis_sha256 = TextSha256("again");
  record_.findings_total = 3;
  Record();
  Show(Ann());
  EXPECT_THAT(Make().Release(Ann(), Request("r1")),
              FailsWith(Reason::kFindingsTruncated));
}

TEST_F(QuarantineTest, TheQuarantineProjectIsNoTarget) {
  Show(Ann());
  v1::ReleaseCaseRequest request = Request("r1");
  request.set_target_project("QUARANTINE");
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kTargetProjectUnknown));
  request.set_target_project("NOWHERE");
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kTargetProjectUnknown));
  EXPECT_EQ(Case().state(), v1::CASE_STATE_HELD);
}

TEST_F(QuarantineTest, ALabelConflictMovesNothingAndHoldsTheCase) {
  Show(Ann());
  mover_.label_conflict = true;
  EXPECT_THAT(Make().Release(Ann(), Request("r1")),
              FailsWith(Reason::kLabelConflict));
  EXPECT_EQ(mover_.moves, 0);
  EXPECT_EQ(Case().state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(LastAudit().error_code(), "LABEL_CONFLICT");
}

TEST_F(QuarantineTest, ADecidedCaseIsNotReleasedAgain) {
  Show(Ann());
  Show(Bob());
  ASSERT_THAT(Make().Release(Ann(), Request("r1")), IsOk());
  EXPECT_THAT(Make().Release(Bob(), Request("r1")),
              FailsWith(Reason::kCaseAlreadyDecided));
  EXPECT_EQ(mover_.moves, 1);
}

TEST_F(QuarantineTest, AnOldEtagIsRefused) {
  Show(Ann());
  v1::ReleaseCaseRequest request = Request("r1");
  request.set_etag("old");
  EXPECT_THAT(Make().Release(Ann(), request), FailsWith(Reason::kCaseChanged));
}

TEST_F(QuarantineTest, ARepeatGetsTheFirstAnswerAndMovesNothing) {
  Show(Ann());
  const v1::ReleaseCaseRequest request = Request("r1");
  const auto first = Make().Release(Ann(), request);
  const auto second = Make().Release(Ann(), request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(mover_.moves, 1);
}

TEST_F(QuarantineTest, TwoAdminsReleaseWhereTheSiteAsksForTwo) {
  Quarantine quarantine = Make(/*approvers=*/2);
  Show(Ann());
  Show(Bob());
  const auto first = quarantine.Release(Ann(), Request("r1"));
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->state(), v1::CASE_STATE_AWAITING_APPROVAL);
  EXPECT_THAT(Projects(), ElementsAre("QUARANTINE"));
  EXPECT_THAT(quarantine.Release(Ann(), Request("r2")),
              FailsWith(Reason::kSecondApproverNeeded));
  v1::ReleaseCaseRequest other = Request("r3");
  other.set_target_project("ELSEWHERE");
  EXPECT_THAT(quarantine.Release(Bob(), other),
              FailsWith(Reason::kTargetDiffers));
  const auto second = quarantine.Release(Bob(), Request("r4"));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(second->resolutions_size(), 2);
  EXPECT_THAT(Projects(), ElementsAre("HOSPITAL"));
}

TEST_F(QuarantineTest, TheSecondApproverHasToSeeTheEvidenceAsWell) {
  Quarantine quarantine = Make(/*approvers=*/2);
  Show(Ann());
  ASSERT_THAT(quarantine.Release(Ann(), Request("r1")), IsOk());
  EXPECT_THAT(quarantine.Release(Bob(), Request("r2")),
              FailsWith(Reason::kEvidenceNotShown));
}

TEST_F(QuarantineTest, AMoveThatFailedMayBeAskedForAgain) {
  Show(Ann());
  const v1::ReleaseCaseRequest request = Request("r1");
  mover_.refuses = true;
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kXnatUnavailable));
  EXPECT_EQ(Case().state(), v1::CASE_STATE_HELD);
  mover_.refuses = false;
  EXPECT_THAT(Make().Release(Ann(), request), IsOk());
  EXPECT_THAT(Projects(), ElementsAre("HOSPITAL"));
}

TEST_F(QuarantineTest, AMoveOfUnknownOutcomeIsLookedAfterByTheSameRequest) {
  Show(Ann());
  const v1::ReleaseCaseRequest request = Request("r1");
  mover_.answers_unknown = true;
  EXPECT_THAT(Make().Release(Ann(), request),
              FailsWith(Reason::kXnatUnavailable));
  EXPECT_EQ(Case().state(), v1::CASE_STATE_RELEASING);
  mover_.answers_unknown = false;
  const auto released = Make().Release(Ann(), request);
  ASSERT_THAT(released, IsOk());
  EXPECT_EQ(released->state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(mover_.moves, 1);
}

TEST_F(QuarantineTest, AMoveThatWasCutOffIsLookedAfterOnStart) {
  Show(Ann());
  mover_.answers_unknown = true;
  EXPECT_THAT(Make().Release(Ann(), Request("r1")),
              FailsWith(Reason::kXnatUnavailable));
  Open();
  EXPECT_EQ(*Make().Reconcile(), 1);
  mover_.answers_unknown = false;
  Open();
  QuarantineOptions options;
  options.mover_name = "the next process";
  EXPECT_EQ(*Quarantine(options, ledger_.get(), &mover_).Reconcile(), 0);
  EXPECT_EQ(Case().state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(LastAudit().actor(), "burntind");
}

TEST_F(QuarantineTest, WithoutXnatAReleaseRecordsWhoMayMoveWhat) {
  Show(Ann());
  PermittingMover permitting;
  const auto released =
      Make(/*approvers=*/1, &permitting).Release(Ann(), Request("r1"));
  ASSERT_THAT(released, IsOk());
  EXPECT_EQ(released->state(), v1::CASE_STATE_RELEASED);
  EXPECT_THAT(Projects(), ElementsAre("QUARANTINE"));
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_PERMIT_MOVE);
  EXPECT_EQ(LastAudit().actor(), "ann");
  EXPECT_EQ(LastAudit().study_instance_uid(), "1.2");
  EXPECT_EQ(LastAudit().target_project(), "HOSPITAL");
}

TEST_F(QuarantineTest, AKeptCaseStaysForGood) {
  v1::KeepCaseRequest request;
  request.set_case_id(case_id_);
  request.set_etag(Case().etag());
  request.set_reason("It names the patient");
  request.set_request_id("r1");
  ASSERT_THAT(Make().Keep(Ann(), request), IsOk());
  EXPECT_EQ(Make().Keep(Ann(), request)->state(), v1::CASE_STATE_KEPT);
  request.set_request_id("r2");
  EXPECT_THAT(Make().Keep(Ann(), request),
              FailsWith(Reason::kCaseAlreadyDecided));
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_KEEP_CASE);
  EXPECT_EQ(LastAudit().outcome(), v1::AUDIT_OUTCOME_FAILURE);
}

TEST_F(QuarantineTest, OnlyAClearSessionLeavesWithoutAPerson) {
  Quarantine quarantine = Make();
  EXPECT_THAT(quarantine.ReleaseCleared(case_id_),
              FailsWith(Reason::kFindingsNotAcknowledged));
  record_.basis_sha256 = TextSha256("inspected in full");
  record_.decision.set_action(v1::ROUTE_ACTION_TO_PROJECT);
  record_.decision.set_target_project("HOSPITAL");
  record_.decision.set_verdict(v1::VERDICT_REVIEW);
  Record();
  EXPECT_THAT(quarantine.ReleaseCleared(case_id_),
              FailsWith(Reason::kFindingsNotAcknowledged));
  record_.basis_sha256 = TextSha256("inspected in full again");
  record_.decision.set_verdict(v1::VERDICT_CLEAR);
  record_.findings.clear();
  record_.findings_total = 0;
  Record();
  ASSERT_THAT(quarantine.ReleaseCleared(case_id_), IsOk());
  EXPECT_THAT(Projects(), ElementsAre("HOSPITAL"));
  EXPECT_EQ(Case().resolutions(0).actor(), "burntind");
  EXPECT_THAT(quarantine.ReleaseCleared(case_id_),
              FailsWith(Reason::kCaseAlreadyDecided));
}

TEST_F(QuarantineTest, AClearSessionWithOtherObjectsThanDecidedStays) {
  record_.basis_sha256 = TextSha256("inspected in full");
  record_.decision.set_action(v1::ROUTE_ACTION_TO_PROJECT);
  record_.decision.set_target_project("HOSPITAL");
  record_.decision.set_verdict(v1::VERDICT_CLEAR);
  record_.decision.set_instances_total(3);
  record_.findings.clear();
  record_.findings_total = 0;
  Record();
  for (const int objects : {0, 2, 4}) {
    mover_.objects = objects;
    EXPECT_THAT(Make().ReleaseCleared(case_id_),
                FailsWith(Reason::kSessionIncomplete));
  }
  EXPECT_EQ(Case().state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(mover_.moves, 0);
  mover_.objects = 3;
  EXPECT_THAT(Make().ReleaseCleared(case_id_), IsOk());
}

TEST_F(QuarantineTest, ARequestThatBreaksItsCommentsIsRefused) {
  Show(Ann());
  std::vector<v1::ReleaseCaseRequest> requests(7, Request("r1"));
  requests[0].clear_reason();
  requests[1].set_reason(std::string(2'001, 'x'));
  requests[2].clear_request_id();
  requests[3].set_request_id(std::string(129, 'x'));
  requests[4].clear_etag();
  requests[5].clear_target_project();
  requests[6].mutable_acknowledgements(0)->set_evidence_sha256("x");
  for (const v1::ReleaseCaseRequest& request : requests) {
    EXPECT_THAT(Make().Release(Ann(), request),
                FailsWith(Reason::kInvalidArgument));
  }
  EXPECT_EQ(Case().state(), v1::CASE_STATE_HELD);
}

TEST_F(QuarantineTest, AReasonNeverGetsIntoAnError) {
  v1::ReleaseCaseRequest request = Request("r1");
  request.set_reason("DOE^JANE is known");
  const auto refused = Make().Release(Ann(), request);
  EXPECT_EQ(std::string(refused.status().message()).find("DOE"),
            std::string::npos);
}

}  // namespace
}  // namespace burntin
