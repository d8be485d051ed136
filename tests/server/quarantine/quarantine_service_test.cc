#include "server/quarantine_service/quarantine_service.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "server/host/grpc_host.h"
#include "server/identity/entrance.h"
#include "server/quarantine_service/refusal_audit.h"
#include "tests/server/identity/token_caller.h"
#include "tests/server/ledger/ledger_fixture.h"
#include "tests/server/quarantine/folder_mover.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// A picture that says what it shows.
class FakeEvidence final : public EvidenceSource {
 public:
  absl::StatusOr<Evidence> Render(const CaseFile&, const v1::Finding& finding,
                                  std::optional<int> frame_index,
                                  int max_side) override {
    if (unavailable) return NoEvidence().Render({}, finding, {}, max_side);
    return Evidence{"picture of " + finding.finding_id(),
                    frame_index.value_or(0), 0.5};
  }
  absl::Status CheckKept(const CaseFile& file) override {
    return unavailable ? NoEvidence().CheckKept(file) : absl::OkStatus();
  }
  bool unavailable = false;
};

class QuarantineServiceTest : public testing::Test {
 protected:
  void SetUp() override {
    LedgerOptions options;
    options.database = folder_.File("ledger.sqlite");
    ledger_ = *OpenLedger(options);
    QuarantineOptions rules;
    rules.mover_name = "test";
    rules.evidence = &evidence_;
    quarantine_ = std::make_unique<Quarantine>(rules, ledger_.get(), &mover_);
    mover_.AddSession("XNAT_E1.2");
    case_id_ =
        ledger_->RecordDecision(ServerActor(), ExampleRecord("1.2"))->case_id;
    Serve({ann_.known, rob_.known, sam_.known, ned_.known},
          /*include_text=*/false);
  }

  void Serve(std::vector<KnownIdentity> identities, bool include_text) {
    stub_.reset();
    host_.reset();
    gate_ = std::make_unique<Gate>(8);
    refusals_ = std::make_unique<RefusalAudit>(ledger_.get(), &log_,
                                               [this] { return now_; });
    doorman_ = std::make_unique<Doorman>(std::move(identities),
                                         &std::chrono::system_clock::now);
    entrance_ = std::make_unique<Entrance>(
        doorman_.get(), gate_.get(), &log_,
        [this](const Refusal& refusal) { refusals_->Record(refusal); });
    service_ = std::make_unique<QuarantineService>(
        QuarantineParts{ledger_.get(), quarantine_.get(), &evidence_,
                        entrance_.get(), gate_.get(), &log_, include_text});
    host_ =
        *GrpcHost::Start({.listen = "", .reflection = false, .max_calls = 8},
                         {service_.get()}, entrance_.get(), &log_);
    host_->Open();
    stub_ = v1::QuarantineService::NewStub(host_->InProcessChannel());
  }

  // One call as `caller`; null: as nobody.
  template <typename Method, typename Request, typename Response>
  std::optional<Reason> Call(const TokenCaller* caller, Method method,
                             const Request& request, Response* response) {
    grpc::ClientContext context;
    if (caller != nullptr) {
      context.AddMetadata("authorization", caller->header);
    }
    const grpc::Status status =
        (stub_.get()->*method)(&context, request, response);
    return status.ok() ? std::nullopt : ReasonOf(FromGrpc(status));
  }

  v1::Case Get() {
    v1::GetCaseRequest request;
    request.set_case_id(case_id_);
    v1::GetCaseResponse response;
    EXPECT_EQ(
        Call(&ann_, &v1::QuarantineService::Stub::GetCase, request, &response),
        std::nullopt);
    return response.quarantine_case();
  }

  v1::AuditEvent LastAudit() {
    return ledger_->ListAuditEvents({}, 1'000, "")->events.back();
  }

  using Stub = v1::QuarantineService::Stub;

  TempDir folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  std::unique_ptr<Ledger> ledger_;
  FolderMover mover_{folder_.File("projects")};
  std::unique_ptr<Quarantine> quarantine_;
  FakeEvidence evidence_;
  TokenCaller ann_{"ann", {Role::kAdmin}};
  TokenCaller rob_{"rob", {Role::kReviewer}};
  TokenCaller sam_{"sam", {Role::kSubmitter}};
  TokenCaller ned_{"ned", {}};
  // Each case of a test is another minute.
  std::chrono::system_clock::time_point now_;
  std::unique_ptr<RefusalAudit> refusals_;
  std::unique_ptr<Gate> gate_;
  std::unique_ptr<Doorman> doorman_;
  std::unique_ptr<Entrance> entrance_;
  std::unique_ptr<QuarantineService> service_;
  std::unique_ptr<GrpcHost> host_;
  std::unique_ptr<v1::QuarantineService::Stub> stub_;
  std::string case_id_;
};

TEST_F(QuarantineServiceTest, AnAdminLooksAndReleases) {
  const v1::Case held = Get();
  v1::ReleaseCaseRequest release;
  for (const v1::Finding& finding : held.findings()) {
    v1::GetEvidenceRequest request;
    request.set_case_id(case_id_);
    request.set_finding_id(finding.finding_id());
    v1::GetEvidenceResponse shown;
    ASSERT_EQ(Call(&ann_, &Stub::GetEvidence, request, &shown), std::nullopt);
    EXPECT_EQ(shown.evidence_sha256(), TextSha256(shown.png()));
    EXPECT_EQ(shown.scale(), 0.5);
    v1::Acknowledgement* one = release.add_acknowledgements();
    one->set_finding_id(finding.finding_id());
    one->set_evidence_sha256(shown.evidence_sha256());
  }
  release.set_case_id(case_id_);
  release.set_etag(held.etag());
  release.set_target_project("HOSPITAL");
  release.set_reason("Nothing identifies DOE^JANE");
  release.set_request_id("r1");
  v1::ReleaseCaseResponse released;
  ASSERT_EQ(Call(&ann_, &Stub::ReleaseCase, release, &released), std::nullopt);
  EXPECT_EQ(released.quarantine_case().state(), v1::CASE_STATE_RELEASED);
  EXPECT_EQ(mover_.ProjectsOf("XNAT_E1.2").front(), "HOSPITAL");
  host_->Drain(std::chrono::seconds(5));
  EXPECT_THAT(log_text_.str(), HasSubstr("ReleaseCase"));
  EXPECT_THAT(log_text_.str(), Not(HasSubstr("DOE")));
  EXPECT_THAT(log_text_.str(), Not(HasSubstr("4711")));
}

TEST_F(QuarantineServiceTest, UntilIdentitiesAreConfiguredNobodyGetsIn) {
  Serve({}, /*include_text=*/true);
  v1::ListCasesResponse response;
  EXPECT_EQ(Call(&ann_, &Stub::ListCases, v1::ListCasesRequest(), &response),
            Reason::kCredentialsInvalid);
  EXPECT_EQ(response.cases_size(), 0);
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_REFUSE_CALLER);
}

// Every method with every role: who gets in.
TEST_F(QuarantineServiceTest, EachMethodAsksForItsRole) {
  const auto of = [&](const TokenCaller* caller, auto method, auto request,
                      auto response) {
    return Call(caller, method, request, &response);
  };
  const TokenCaller* const nobody = nullptr;
  for (const TokenCaller* role :
       std::vector<const TokenCaller*>{nobody, &ned_, &sam_, &rob_}) {
    const Reason refusal =
        role == nullptr ? Reason::kCredentialsInvalid : Reason::kRoleMissing;
    EXPECT_EQ(of(role, &Stub::ReleaseCase, v1::ReleaseCaseRequest(),
                 v1::ReleaseCaseResponse()),
              refusal);
    EXPECT_EQ(of(role, &Stub::KeepCase, v1::KeepCaseRequest(),
                 v1::KeepCaseResponse()),
              refusal);
    EXPECT_EQ(of(role, &Stub::ListAuditEvents, v1::ListAuditEventsRequest(),
                 v1::ListAuditEventsResponse()),
              refusal);
    if (role == &rob_) continue;
    EXPECT_EQ(of(role, &Stub::ListCases, v1::ListCasesRequest(),
                 v1::ListCasesResponse()),
              refusal);
    EXPECT_EQ(
        of(role, &Stub::GetCase, v1::GetCaseRequest(), v1::GetCaseResponse()),
        refusal);
    EXPECT_EQ(of(role, &Stub::GetEvidence, v1::GetEvidenceRequest(),
                 v1::GetEvidenceResponse()),
              refusal);
    EXPECT_EQ(LastAudit().actor_role(), "");
  }
  for (const TokenCaller* role : {&rob_, &ann_}) {
    EXPECT_EQ(of(role, &Stub::ListCases, v1::ListCasesRequest(),
                 v1::ListCasesResponse()),
              std::nullopt);
    EXPECT_EQ(
        of(role, &Stub::GetCase, v1::GetCaseRequest(), v1::GetCaseResponse()),
        Reason::kCaseNotFound);
    EXPECT_EQ(of(role, &Stub::GetEvidence, v1::GetEvidenceRequest(),
                 v1::GetEvidenceResponse()),
              Reason::kCaseNotFound);
  }
  EXPECT_EQ(of(&ann_, &Stub::ReleaseCase, v1::ReleaseCaseRequest(),
               v1::ReleaseCaseResponse()),
            Reason::kInvalidArgument);
  EXPECT_EQ(of(&ann_, &Stub::ListAuditEvents, v1::ListAuditEventsRequest(),
               v1::ListAuditEventsResponse()),
            std::nullopt);
}

TEST_F(QuarantineServiceTest, EachRefusedCallIsRecordedOnceAndWithItsName) {
  v1::ListAuditEventsResponse response;
  for (const auto& [caller, name] :
       {std::pair{&sam_, "sam"}, {&rob_, "rob"}, {&ned_, "ned"}}) {
    const size_t before =
        ledger_->ListAuditEvents({}, 1'000, "")->events.size();
    EXPECT_EQ(Call(caller, &Stub::ListAuditEvents, v1::ListAuditEventsRequest(),
                   &response),
              Reason::kRoleMissing);
    EXPECT_THAT(ledger_->ListAuditEvents({}, 1'000, "")->events,
                SizeIs(before + 1));
    EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_REFUSE_CALLER);
    EXPECT_EQ(LastAudit().actor(), name);
    EXPECT_EQ(LastAudit().error_code(), "ROLE_MISSING");
  }
}

TEST_F(QuarantineServiceTest, StrangersCannotMakeTheTrailGrowWithoutLimit) {
  const auto entries = [&] {
    return ledger_->ListAuditEvents({}, 1'000, "")->events.size();
  };
  const size_t before = entries();
  v1::ListCasesResponse response;
  const auto refuse = [&](int times) {
    for (int i = 0; i < times; ++i) {
      EXPECT_NE(
          Call(nullptr, &Stub::ListCases, v1::ListCasesRequest(), &response),
          std::nullopt);
    }
  };
  refuse(100);
  // Ten, and the one that says that there were more.
  EXPECT_EQ(entries(), before + 11);
  EXPECT_EQ(LastAudit().error_code(), "TOO_MANY_FAILURES");
  now_ += std::chrono::minutes(1);
  refuse(100);
  EXPECT_EQ(entries(), before + 22);
}

TEST_F(QuarantineServiceTest, APictureThatIsGoneStopsTheRelease) {
  v1::ReleaseCaseRequest release;
  const v1::Case held = Get();
  for (const v1::Finding& finding : held.findings()) {
    v1::GetEvidenceRequest request;
    request.set_case_id(case_id_);
    request.set_finding_id(finding.finding_id());
    v1::GetEvidenceResponse shown;
    ASSERT_EQ(Call(&ann_, &Stub::GetEvidence, request, &shown), std::nullopt);
    v1::Acknowledgement* one = release.add_acknowledgements();
    one->set_finding_id(finding.finding_id());
    one->set_evidence_sha256(shown.evidence_sha256());
  }
  release.set_case_id(case_id_);
  release.set_etag(held.etag());
  release.set_target_project("HOSPITAL");
  release.set_reason("Looked at.");
  release.set_request_id("r1");
  evidence_.unavailable = true;
  v1::ReleaseCaseResponse released;
  EXPECT_EQ(Call(&ann_, &Stub::ReleaseCase, release, &released),
            Reason::kEvidenceUnavailable);
  EXPECT_EQ(mover_.ProjectsOf("XNAT_E1.2").front(), "QUARANTINE");
  evidence_.unavailable = false;
  EXPECT_EQ(Call(&ann_, &Stub::ReleaseCase, release, &released), std::nullopt);
}

TEST_F(QuarantineServiceTest, TextIsOnlySentWhereTheSiteAllowsIt) {
  v1::GetCaseRequest request;
  request.set_case_id(case_id_);
  request.set_include_text(true);
  v1::GetCaseResponse response;
  EXPECT_EQ(Call(&rob_, &Stub::GetCase, request, &response),
            Reason::kTextNotAllowed);
  Serve({rob_.known}, /*include_text=*/true);
  EXPECT_EQ(Call(&rob_, &Stub::GetCase, request, &response), std::nullopt);
  EXPECT_EQ(response.quarantine_case().findings(0).region().text(), "DOE^JANE");
}

TEST_F(QuarantineServiceTest, EvidenceThatCannotBeReadIsNotRecordedAsShown) {
  evidence_.unavailable = true;
  v1::GetEvidenceRequest request;
  request.set_case_id(case_id_);
  request.set_finding_id(Get().findings(0).finding_id());
  v1::GetEvidenceResponse response;
  EXPECT_EQ(Call(&ann_, &Stub::GetEvidence, request, &response),
            Reason::kEvidenceUnavailable);
  EXPECT_THAT(ledger_->GetCaseFile(case_id_, "ann")->shown, SizeIs(0));
  EXPECT_EQ(LastAudit().outcome(), v1::AUDIT_OUTCOME_FAILURE);
  request.set_finding_id("f0");
  EXPECT_EQ(Call(&ann_, &Stub::GetEvidence, request, &response),
            Reason::kFindingNotFound);
  request.set_max_side(4'097);
  EXPECT_EQ(Call(&ann_, &Stub::GetEvidence, request, &response),
            Reason::kInvalidArgument);
}

TEST_F(QuarantineServiceTest, ListsTakeTheContractsPageSizes) {
  v1::ListCasesRequest request;
  v1::ListCasesResponse response;
  request.set_page_size(-1);
  EXPECT_EQ(Call(&rob_, &Stub::ListCases, request, &response),
            Reason::kInvalidArgument);
  request.set_page_size(1'000'000);
  EXPECT_EQ(Call(&rob_, &Stub::ListCases, request, &response), std::nullopt);
  EXPECT_EQ(response.cases_size(), 1);
  request.set_page_token("forged");
  EXPECT_EQ(Call(&rob_, &Stub::ListCases, request, &response),
            Reason::kInvalidArgument);
  request.clear_page_token();
  request.add_states(static_cast<v1::CaseState>(77));
  EXPECT_EQ(Call(&rob_, &Stub::ListCases, request, &response),
            Reason::kInvalidArgument);
}

TEST_F(QuarantineServiceTest, EachLookAtACaseIsAudited) {
  Get();
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_VIEW_CASE);
  EXPECT_EQ(LastAudit().actor(), "ann");
  EXPECT_EQ(LastAudit().case_id(), case_id_);
  v1::ListAuditEventsResponse response;
  EXPECT_EQ(Call(&ann_, &Stub::ListAuditEvents, v1::ListAuditEventsRequest(),
                 &response),
            std::nullopt);
  EXPECT_EQ(LastAudit().action(), v1::AUDIT_ACTION_VIEW_AUDIT);
  // What a client proves without us: proto/burntin/v1/audit.proto.
  std::string previous(64, '0');
  for (const v1::AuditEvent& event : response.audit_events()) {
    EXPECT_EQ(event.entry_sha256(),
              TextSha256(previous + event.sealed_entry()));
    previous = event.entry_sha256();
  }
}

}  // namespace
}  // namespace burntin
