// DASHER's user test "Import - Quarantine" from end to end, over gRPC and HTTP:
// a session of the excluded model Aera is held, and an admin moves it out.
#include "server/ledger/audit_trail.h"
#include "tests/server/daemon/site_fixture.h"

namespace burntin {
namespace {

using ::nlohmann::json;
using ::testing::Each;
using ::testing::SizeIs;
using Cases = v1::QuarantineService::Stub;

class DasherReleaseTest : public SiteFixture {
 protected:
  // The session is sent, inspected and decided.
  DasherReleaseTest() {
    Upload("aera.1");
    response_ = Decide(SessionOf({"aera.1"}));
  }

  v1::ReleaseCaseRequest Release(const std::string& request_id) {
    const v1::Case held = GetCase(response_.case_id());
    v1::ReleaseCaseRequest request;
    request.set_case_id(held.case_id());
    request.set_etag(held.etag());
    request.set_target_project("HOSPITAL");
    request.set_reason("Looked at on the scanner's console.");
    request.set_request_id(request_id);
    for (const v1::Finding& finding : held.findings()) {
      request.add_acknowledgements()->set_finding_id(finding.finding_id());
    }
    return request;
  }

  grpc::Status Send(const TokenCaller& caller,
                    const v1::ReleaseCaseRequest& request) {
    v1::ReleaseCaseResponse response;
    return Call(caller, cases_.get(), &Cases::ReleaseCase, request, &response);
  }

  void NothingWasMoved() {
    EXPECT_EQ(Project(), "QUARANTINE");
    EXPECT_EQ(Moves(), json::array());
  }

  v1::DecideSessionResponse response_;
};

TEST_F(DasherReleaseTest, AnExcludedModelIsHeldInACase) {
  EXPECT_EQ(response_.decision().action(), v1::ROUTE_ACTION_QUARANTINE);
  EXPECT_EQ(response_.decision().rule(), "excluded model");
  EXPECT_FALSE(response_.decision().decision_id().empty());
  const v1::Case held = GetCase(response_.case_id());
  EXPECT_EQ(held.state(), v1::CASE_STATE_HELD);
  EXPECT_EQ(held.location().experiment_id(), "E1");
  EXPECT_EQ(held.decision().decision_id(), response_.decision().decision_id());
  ASSERT_THAT(held.findings(), SizeIs(1));
  EXPECT_EQ(held.findings(0).sop_instance_uid(), "aera.1");
  EXPECT_FALSE(held.findings(0).has_region());
  NothingWasMoved();
}

TEST_F(DasherReleaseTest, TheSameSessionIsDecidedOnce) {
  const auto again = Decide(SessionOf({"aera.1"}));
  EXPECT_EQ(again.decision().decision_id(), response_.decision().decision_id());
  EXPECT_EQ(again.case_id(), response_.case_id());
}

TEST_F(DasherReleaseTest, OnlyAnAdminReleases) {
  const v1::ReleaseCaseRequest request = Release("r1");
  EXPECT_EQ(ReasonOfCall(Send(rob_, request)), Reason::kRoleMissing);
  EXPECT_EQ(ReasonOfCall(Send(sam_, request)), Reason::kRoleMissing);
  NothingWasMoved();
  std::vector<std::string> refused;
  for (const v1::AuditEvent& event : AuditTrail()) {
    if (event.action() != v1::AUDIT_ACTION_REFUSE_CALLER) continue;
    refused.push_back(event.actor());
    EXPECT_EQ(event.error_code(), "ROLE_MISSING");
  }
  EXPECT_THAT(refused, testing::ElementsAre("rob", "sam"));
}

TEST_F(DasherReleaseTest, AnAdminHasToAcknowledgeWhatWasFound) {
  v1::ReleaseCaseRequest request = Release("r1");
  request.clear_acknowledgements();
  EXPECT_EQ(ReasonOfCall(Send(ann_, request)),
            Reason::kFindingsNotAcknowledged);
  NothingWasMoved();
}

TEST_F(DasherReleaseTest, ALabelThatTheTargetHasAlreadyMovesNothing) {
  SetWorld(kLabel);
  const grpc::Status status = Send(ann_, Release("r1"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(ReasonOfCall(status), Reason::kLabelConflict);
  NothingWasMoved();
  EXPECT_EQ(Project("E2"), "HOSPITAL");
  EXPECT_EQ(GetCase(response_.case_id()).state(), v1::CASE_STATE_HELD);
}

TEST_F(DasherReleaseTest, AnAdminMovesTheSessionOut) {
  const v1::ReleaseCaseRequest request = Release("r1");
  ASSERT_TRUE(Send(ann_, request).ok());
  EXPECT_EQ(Project(), "HOSPITAL");
  EXPECT_EQ(Moves(), json({{"E1", "QUARANTINE", "HOSPITAL"}}));
  const v1::Case released = GetCase(response_.case_id());
  EXPECT_EQ(released.state(), v1::CASE_STATE_RELEASED);
  ASSERT_THAT(released.resolutions(), SizeIs(1));
  EXPECT_EQ(released.resolutions(0).actor(), "ann");

  // A repeat changes nothing, and another request is refused.
  EXPECT_TRUE(Send(ann_, request).ok());
  EXPECT_EQ(ReasonOfCall(Send(ann_, Release("r2"))),
            Reason::kCaseAlreadyDecided);
  EXPECT_THAT(Moves(), SizeIs(1));
}

TEST_F(DasherReleaseTest, TheAuditTrailIsWholeAndTellsTheStory) {
  v1::ReleaseCaseRequest unacknowledged = Release("r1");
  unacknowledged.clear_acknowledgements();
  EXPECT_FALSE(Send(rob_, Release("r1")).ok());
  EXPECT_FALSE(Send(ann_, unacknowledged).ok());
  EXPECT_TRUE(Send(ann_, Release("r2")).ok());
  std::vector<v1::AuditAction> actions;
  for (const v1::AuditEvent& event : AuditTrail()) {
    if (event.action() == v1::AUDIT_ACTION_VIEW_CASE) continue;
    actions.push_back(event.action());
  }
  EXPECT_THAT(actions, testing::IsSupersetOf({v1::AUDIT_ACTION_DECIDE_SESSION,
                                              v1::AUDIT_ACTION_OPEN_CASE,
                                              v1::AUDIT_ACTION_REFUSE_CALLER,
                                              v1::AUDIT_ACTION_APPROVE_RELEASE,
                                              v1::AUDIT_ACTION_MOVE_SESSION}));
  auto trail = OpenAuditTrail(config_.ledger_database);
  ASSERT_THAT(trail, IsOk());
  const auto verdict = VerifyTrail(trail->get(), std::nullopt);
  ASSERT_THAT(verdict, IsOk());
  EXPECT_EQ(verdict->broken_sequence, std::nullopt) << verdict->fault;
  EXPECT_GE(verdict->head.sequence, 6);
}

}  // namespace
}  // namespace burntin
