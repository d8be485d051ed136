#include "server/identity/entrance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/server/identity/contract_methods.h"
#include "tests/server/identity/guarded_server.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// What the contract says of each method, written down a second time. A method
// without an entry fails the tests.
const std::map<std::string, RoleSet>& RolesByContract() {
  static const auto* const kRoles = new std::map<std::string, RoleSet>{
      {"InspectInstance", {Role::kSubmitter}},
      {"InspectStream", {Role::kSubmitter}},
      {"InspectSession", {Role::kSubmitter}},
      {"DecideSession", {Role::kSubmitter}},
      {"ExplainProtocol", {Role::kSubmitter, Role::kReviewer, Role::kAdmin}},
      {"ListCases", {Role::kReviewer, Role::kAdmin}},
      {"GetCase", {Role::kReviewer, Role::kAdmin}},
      {"GetEvidence", {Role::kReviewer, Role::kAdmin}},
      {"ReleaseCase", {Role::kAdmin}},
      {"KeepCase", {Role::kAdmin}},
      {"ListAuditEvents", {Role::kAdmin}},
  };
  return *kRoles;
}

RoleSet RolesOf(const std::string& method) {
  return RolesByContract().at(method.substr(method.rfind('/') + 1));
}

class EntranceTest : public testing::Test {
 protected:
  EntranceTest() {
    expired_.known.expire_time =
        std::chrono::system_clock::time_point(std::chrono::hours(1));
  }

  GuardedOptions Everybody() const {
    GuardedOptions options;
    options.identities = {submitter_.known, reviewer_.known, admin_.known,
                          all_.known, expired_.known};
    return options;
  }

  TokenCaller submitter_{"submitter", {Role::kSubmitter}};
  TokenCaller reviewer_{"reviewer", {Role::kReviewer}};
  TokenCaller admin_{"admin", {Role::kAdmin}};
  TokenCaller all_{"all", {Role::kSubmitter, Role::kReviewer, Role::kAdmin}};
  TokenCaller expired_{"expired",
                       {Role::kSubmitter, Role::kReviewer, Role::kAdmin}};
};

TEST_F(EntranceTest, EachMethodIsForItsRolesAlone) {
  GuardedServer server(Everybody());
  const auto channel = server.host().InProcessChannel();
  ASSERT_EQ(ContractMethods().size(), RolesByContract().size());
  for (const std::string& method : ContractMethods()) {
    for (const TokenCaller* caller :
         {&submitter_, &reviewer_, &admin_, &all_}) {
      bool allowed = false;
      for (const Role role : caller->known.identity.roles) {
        allowed = allowed || RolesOf(method).contains(role);
      }
      const grpc::Status status = CallMethod(channel, method, {caller->header});
      if (allowed) {
        EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED)
            << method << " " << caller->known.identity.name;
      } else {
        EXPECT_EQ(ReasonOfAnswer(status), Reason::kRoleMissing)
            << method << " " << caller->known.identity.name;
      }
    }
  }
}

TEST_F(EntranceTest, NoMethodIsForWhoIsUnknownOrExpired) {
  GuardedServer server(Everybody());
  const auto channel = server.host().InProcessChannel();
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"Bearer all." + RandomSecret()},
      {"Bearer nobody." + RandomSecret()},
      {expired_.header},
      {all_.header, all_.header},
      {"Basic YWxsOng="},
      {""}};
  for (const std::string& method : ContractMethods()) {
    for (size_t i = 0; i < wrong.size(); ++i) {
      const grpc::Status status = CallMethod(channel, method, wrong[i]);
      EXPECT_EQ(ReasonOfAnswer(status), Reason::kCredentialsInvalid)
          << method << " with credentials " << i << ": " << status.error_code();
    }
  }
}

TEST_F(EntranceTest, WithoutIdentitiesOnlyObjectsThatAreSentAreInspected) {
  GuardedServer server({});
  const auto channel = server.host().InProcessChannel();
  for (const std::string& method : ContractMethods()) {
    const grpc::Status status = CallMethod(channel, method);
    if (method.ends_with("/InspectInstance") ||
        method.ends_with("/InspectStream")) {
      EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED) << method;
    } else {
      EXPECT_EQ(ReasonOfAnswer(status), Reason::kCredentialsInvalid) << method;
    }
  }
}

TEST_F(EntranceTest, HealthIsOpen) {
  GuardedServer server(Everybody());
  EXPECT_TRUE(CallMethod(server.host().InProcessChannel(),
                         "/grpc.health.v1.Health/Check")
                  .ok());
}

TEST_F(EntranceTest, AMethodThatThereIsNotSaysSoToAnybody) {
  GuardedServer server(Everybody());
  const auto channel = server.host().InProcessChannel();
  const std::vector<std::vector<std::string>> callers = {{}, {all_.header}};
  for (const std::vector<std::string>& headers : callers) {
    EXPECT_EQ(
        ReasonOfAnswer(CallMethod(channel, "/burntin.v1.New/Method", headers)),
        Reason::kNotImplemented);
  }
}

// Has its methods, but asks nobody.
class CarelessQuarantine final : public v1::QuarantineService::Service {
 public:
  grpc::Status ListCases(grpc::ServerContext* /*context*/,
                         const v1::ListCasesRequest* /*request*/,
                         v1::ListCasesResponse* response) override {
    response->set_next_page_token("leaked");
    return grpc::Status::OK;
  }
};

class CarelessDetection final : public v1::DetectionService::Service {
 public:
  grpc::Status InspectSession(
      grpc::ServerContext* /*context*/,
      const v1::InspectSessionRequest* /*request*/,
      grpc::ServerWriter<v1::InspectSessionResponse>* writer) override {
    writer->Write(v1::InspectSessionResponse());
    return grpc::Status::OK;
  }
};

TEST_F(EntranceTest, AHandlerThatDoesNotAskGivesNothingAway) {
  CarelessQuarantine quarantine;
  CarelessDetection detection;
  GuardedOptions options = Everybody();
  options.quarantine = &quarantine;
  options.detection = &detection;
  options.listen = "127.0.0.1:0";
  GuardedServer server(options);
  const auto channel = grpc::CreateChannel(server.host().address(),
                                           grpc::InsecureChannelCredentials());
  const auto cases = v1::QuarantineService::NewStub(channel);
  for (const bool allowed : {false, true}) {
    grpc::ClientContext context;
    if (allowed) context.AddMetadata("authorization", reviewer_.header);
    v1::ListCasesResponse response;
    const grpc::Status status =
        cases->ListCases(&context, v1::ListCasesRequest(), &response);
    EXPECT_EQ(status.ok(), allowed);
    EXPECT_EQ(response.next_page_token(), allowed ? "leaked" : "");
  }
  const auto sessions = v1::DetectionService::NewStub(channel);
  for (const bool allowed : {false, true}) {
    grpc::ClientContext context;
    if (allowed) context.AddMetadata("authorization", submitter_.header);
    const auto reader =
        sessions->InspectSession(&context, v1::InspectSessionRequest());
    v1::InspectSessionResponse response;
    EXPECT_EQ(reader->Read(&response), allowed);
    EXPECT_EQ(reader->Finish().ok(), allowed);
  }
}

// Answers who called.
class AskingQuarantine final : public v1::QuarantineService::Service {
 public:
  explicit AskingQuarantine(std::function<Entrance*()> entrance)
      : entrance_(std::move(entrance)) {}
  grpc::Status ListCases(grpc::ServerContext* context,
                         const v1::ListCasesRequest* /*request*/,
                         v1::ListCasesResponse* response) override {
    const auto entered = entrance_()->Enter(context);
    if (!entered.ok()) return ToGrpc(entered.status());
    response->set_next_page_token(entered->caller.name + " as " +
                                  entered->caller.role);
    return grpc::Status::OK;
  }

 private:
  std::function<Entrance*()> entrance_;
};

TEST_F(EntranceTest, AHandlerLearnsWhoCallsAndAsWhat) {
  std::unique_ptr<GuardedServer> server;
  AskingQuarantine quarantine([&] { return &server->entrance(); });
  GuardedOptions options = Everybody();
  options.quarantine = &quarantine;
  server = std::make_unique<GuardedServer>(options);
  const auto cases =
      v1::QuarantineService::NewStub(server->host().InProcessChannel());
  grpc::ClientContext context;
  context.AddMetadata("authorization", all_.header);
  v1::ListCasesResponse response;
  ASSERT_TRUE(
      cases->ListCases(&context, v1::ListCasesRequest(), &response).ok());
  EXPECT_EQ(response.next_page_token(), "all as reviewer");
  EXPECT_EQ(server->gate().calls(), 0);
  server->gate().Close();
  grpc::ClientContext late;
  late.AddMetadata("authorization", all_.header);
  EXPECT_EQ(ReasonOfAnswer(
                cases->ListCases(&late, v1::ListCasesRequest(), &response)),
            Reason::kServerDraining);
}

TEST_F(EntranceTest, ACallThatDidNotComeThroughTheServerIsRefused) {
  GuardedServer server({});
  grpc::ServerContext context;
  EXPECT_THAT(server.entrance().Enter(&context),
              FailsWith(Reason::kInternalFailure));
}

TEST_F(EntranceTest, ARefusalIsReportedWithoutCredentials) {
  GuardedOptions options = Everybody();
  options.listen = "127.0.0.1:0";
  GuardedServer server(options);
  const std::string secret = RandomSecret();
  CallMethod(grpc::CreateChannel(server.host().address(),
                                 grpc::InsecureChannelCredentials()),
             "/burntin.v1.QuarantineService/KeepCase",
             {"Bearer all." + secret});
  const std::vector<Refusal> refusals = server.refusals();
  ASSERT_EQ(refusals.size(), 1);
  EXPECT_EQ(refusals[0].method, "/burntin.v1.QuarantineService/KeepCase");
  EXPECT_EQ(refusals[0].peer_address, "127.0.0.1");
  EXPECT_THAT(refusals[0].why, FailsWith(Reason::kCredentialsInvalid));
  server.host().Drain(std::chrono::milliseconds(0));
  EXPECT_THAT(server.log_text(), HasSubstr("caller_refused"));
  EXPECT_THAT(server.log_text(), Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace burntin
