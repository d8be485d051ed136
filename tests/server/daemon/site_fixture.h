// A whole site: burntind's services with their ledger and callers over TCP, a
// stand-in for XNAT over HTTP, and a detector whose answers follow from an
// object's bytes. One session, E1, lies in the quarantine project.
#ifndef BURNTIN_TESTS_SERVER_DAEMON_SITE_FIXTURE_H_
#define BURNTIN_TESTS_SERVER_DAEMON_SITE_FIXTURE_H_

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "server/daemon/quarantine_office.h"
#include "server/daemon/settings.h"
#include "server/decision/routing_service.h"
#include "server/protocol/protocol_store.h"
#include "tests/server/identity/token_caller.h"
#include "tests/server/server_fixture.h"
#include "tests/server/xnat/xnat_stub.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {

inline constexpr char kStudy[] = "1.2.3";
inline constexpr char kLabel[] = "PID 4711";

// The model Aera is excluded; every other CT that is clear may go out.
inline constexpr char kSiteProtocol[] = R"(version: 1
rules:
  - {name: excluded model, when: {manufacturer_model_name: Aera}, then: quarantine}
  - {name: clear CT, when: {modality: CT, manufacturer: ACME}, then: {to_project: HOSPITAL}}
)";

// An object of the model that its bytes begin with: "aera" cannot be decoded,
// all else is clear. Its UID is its bytes.
inline InstanceReport SiteReport(const std::string& bytes) {
  InstanceReport report = ClearReport(bytes);
  report.header.study_instance_uid = kStudy;
  report.header.sop_instance_uid = bytes;
  report.header.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  report.header.modality = "CT";
  report.header.manufacturer = "ACME";
  report.header.manufacturer_model_name = "Other";
  if (bytes.starts_with("aera")) {
    report.header.manufacturer_model_name = "Aera";
    report.verdict = Verdict::kIndeterminate;
    report.risk = 1;
    report.frames_inspected = 0;
    report.reasons = {{Reason::kFrameDecodeFailed, "It cannot be decoded."}};
  }
  return report;
}

class SiteFixture : public testing::Test {
 protected:
  SiteFixture() {
    SetWorld(/*label_of_another=*/"");
    config_ = Config();
    EXPECT_THAT(CheckSettings(config_), IsOk());
    xnat_.emplace(ToXnatOptions(config_), &log_);
    doorman_.emplace(
        std::vector<KnownIdentity>{sam_.known, rob_.known, ann_.known},
        &std::chrono::system_clock::now);
    entrance_.emplace(
        &*doorman_, &gate_, &log_,
        [this](const Refusal& refusal) { office_->Audit(refusal); });
    protocol_.emplace(ToProtocolOptions(config_), &log_);
    protocol_->Poll(std::chrono::steady_clock::now());
    detector_.answer = [](const std::string& bytes, const InspectOptions&) {
      return SiteReport(bytes);
    };
    inspector_.UseDetector(&detector_, "1.2.3");
    Serve();
  }

  // The session in quarantine, and another patient's in the hospital unless
  // its label is empty.
  void SetWorld(const std::string& label_of_another) {
    nlohmann::json world = {
        {"projects", {"QUARANTINE", "HOSPITAL"}},
        {"subjects",
         {{"S1", {{"project", "QUARANTINE"}, {"label", "DOE^JANE"}}}}},
        {"experiments",
         {{"E1",
           {{"project", "QUARANTINE"}, {"label", kLabel}, {"subject", "S1"}}}}},
        {"scan_files", {{"E1", {{"DICOM", objects_}, {"SNAPSHOTS", 2}}}}}};
    if (!label_of_another.empty()) {
      world["subjects"]["S2"] = {{"project", "HOSPITAL"},
                                 {"label", "ROE^RICHARD"}};
      world["experiments"]["E2"] = {{"project", "HOSPITAL"},
                                    {"label", label_of_another},
                                    {"subject", "S2"}};
    }
    stub_.SetWorld(world);
  }

  std::string Project(const std::string& experiment = "E1") {
    return stub_.State().at("projects").at(experiment);
  }
  nlohmann::json Moves() { return stub_.State().at("commits"); }

  // One call with the caller's token.
  template <typename Stub, typename Method, typename Request, typename Response>
  grpc::Status Call(const TokenCaller& caller, Stub* stub, Method method,
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", caller.header);
    return (stub->*method)(&context, request, response);
  }

  void Upload(const std::string& bytes) {
    EXPECT_TRUE(Inspect(detection_stub_.get(), bytes, sam_.header).status.ok());
  }

  static v1::DecideSessionRequest SessionOf(
      const std::vector<std::string>& uids) {
    v1::DecideSessionRequest request;
    request.set_study_instance_uid(kStudy);
    request.mutable_location()->set_project("QUARANTINE");
    request.mutable_location()->set_experiment_id("E1");
    request.mutable_location()->set_subject_label("DOE^JANE");
    request.mutable_location()->set_session_label(kLabel);
    for (const std::string& uid : uids) {
      request.add_instances()->set_sop_instance_uid(uid);
    }
    return request;
  }

  v1::DecideSessionResponse Decide(const v1::DecideSessionRequest& request) {
    v1::DecideSessionResponse response;
    const grpc::Status status =
        Call(sam_, routing_stub_.get(),
             &v1::RoutingService::Stub::DecideSession, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  v1::Case GetCase(const std::string& case_id) {
    v1::GetCaseRequest request;
    request.set_case_id(case_id);
    v1::GetCaseResponse response;
    const grpc::Status status =
        Call(rob_, cases_.get(), &v1::QuarantineService::Stub::GetCase, request,
             &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.quarantine_case();
  }

  // The audit trail, from its first entry.
  std::vector<v1::AuditEvent> AuditTrail() {
    v1::ListAuditEventsRequest request;
    request.set_page_size(1'000);
    v1::ListAuditEventsResponse response;
    const grpc::Status status =
        Call(ann_, cases_.get(), &v1::QuarantineService::Stub::ListAuditEvents,
             request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return {response.audit_events().begin(), response.audit_events().end()};
  }

  // Asks until it is so.
  template <typename Predicate>
  static bool Await(const Predicate& is_so) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
    while (!is_so()) {
      if (std::chrono::steady_clock::now() > end) return false;
    }
    return true;
  }

  int objects_ = 2;  // that E1 has in XNAT
  XnatStub stub_;
  TempDir folder_;
  TokenCaller sam_{"sam", {Role::kSubmitter}};
  TokenCaller rob_{"rob", {Role::kReviewer}};
  TokenCaller ann_{"ann", {Role::kAdmin}};
  std::unique_ptr<v1::DetectionService::Stub> detection_stub_;
  std::unique_ptr<v1::RoutingService::Stub> routing_stub_;
  std::unique_ptr<v1::QuarantineService::Stub> cases_;
  ServerConfig config_;

 private:
  ServerConfig Config() {
    ServerConfig config;
    config.xnat_url = stub_.url();
    config.xnat_credentials_file =
        folder_.Write("credentials", "burntin:secret\n");
    chmod(config.xnat_credentials_file.c_str(), 0600);
    config.protocol_file = folder_.Write("protocol.yaml", kSiteProtocol);
    config.ledger_database = folder_.File("ledger.sqlite");
    config.spool_directory = folder_.path();
    return config;
  }

  void Serve() {
    office_ = *QuarantineOffice::Open(
        config_, {.xnat = &*xnat_, .entrance = &*entrance_, .log = &log_});
    detection_.emplace(
        DetectionOptions{.upload = {.file_bytes = 1 << 20,
                                    .memory_bytes = 1 << 20,
                                    .spool_directory = folder_.path()}},
        &inspector_, &*entrance_, &log_);
    routing_.emplace(config_.quarantine_project,
                     RoutingParts{.protocol = &*protocol_,
                                  .reports = &reports_,
                                  .decisions = office_->decisions(),
                                  .entrance = &*entrance_,
                                  .log = &log_},
                     std::chrono::system_clock::now);
    host_ = *GrpcHost::Start({.listen = "127.0.0.1:0", .max_calls = 8},
                             {&*detection_, &*routing_, office_->service()},
                             &*entrance_, &log_);
    host_->Open();
    const auto channel = grpc::CreateChannel(
        host_->address(), grpc::InsecureChannelCredentials());
    detection_stub_ = v1::DetectionService::NewStub(channel);
    routing_stub_ = v1::RoutingService::NewStub(channel);
    cases_ = v1::QuarantineService::NewStub(channel);
  }

  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  Gate gate_{8};
  FakeDetector detector_;
  MemoryReportStore reports_{1 << 20};
  Inspector inspector_{/*include_text=*/false, &log_, &reports_};
  std::optional<XnatConnection> xnat_;
  std::optional<Doorman> doorman_;
  std::optional<Entrance> entrance_;
  std::optional<ProtocolStore> protocol_;
  std::unique_ptr<QuarantineOffice> office_;
  std::optional<DetectionService> detection_;
  std::optional<RoutingService> routing_;
  std::unique_ptr<GrpcHost> host_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_DAEMON_SITE_FIXTURE_H_
