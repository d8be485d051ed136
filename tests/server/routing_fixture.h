// A server that inspects with a fake detector and routes by a protocol.
#ifndef BURNTIN_TESTS_SERVER_ROUTING_FIXTURE_H_
#define BURNTIN_TESTS_SERVER_ROUTING_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "server/decision/routing_service.h"
#include "tests/server/identity/token_caller.h"
#include "tests/server/server_fixture.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {

inline constexpr char kStudy[] = "1.2.3";
inline constexpr char kProtocol[] = R"(version: 1
rules:
  - {name: us, when: {modality: US}, then: quarantine}
  - {name: ct, when: {modality: [CT, MR], manufacturer: ACME}, then: {to_project: A}}
)";

// Remembers what it was given; fails once `error` is set.
class FakeDecisionLog final : public DecisionLog {
 public:
  absl::StatusOr<LoggedDecision> Record(
      const SessionDecision& record) override {
    if (!error.ok()) return error;
    records.push_back(record);
    return LoggedDecision{"d" + std::to_string(records.size()), "c1",
                          record.time};
  }

  std::vector<SessionDecision> records;
  absl::Status error;
};

// The verdict that an object's bytes begin with, of a CT object whose UID is
// the bytes.
inline InstanceReport ReportByBytes(const std::string& bytes) {
  InstanceReport report = ClearReport(bytes);
  report.header.study_instance_uid = kStudy;
  report.header.sop_instance_uid = bytes;
  report.header.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
  report.header.modality = bytes.starts_with("us") ? "US" : "CT";
  report.header.manufacturer = "ACME";
  report.header.station_name = "DOE^JANE";
  if (bytes.starts_with("review")) {
    report.verdict = Verdict::kReview;
    report.risk = 0.7;
    report.reasons = {{Reason::kUnprovenText, "There is text."}};
  }
  return report;
}

class RoutingServiceTest : public testing::Test {
 protected:
  explicit RoutingServiceTest(const std::string& file_name = "protocol.yaml",
                              const std::string& protocol = kProtocol,
                              bool has_ledger = true)
      : protocol_({.path = folder_.Write(file_name, protocol),
                   .site = {.hospital_project = "HOSPITAL"},
                   .poll_interval = std::chrono::seconds(0)},
                  &log_),
        inspector_(/*include_text=*/false, &log_, &reports_),
        detection_({.upload = {.file_bytes = 1 << 20,
                               .memory_bytes = 1 << 20,
                               .spool_directory = testing::TempDir()}},
                   &inspector_, &entrance_, &log_) {
    detector_.answer = [](const std::string& bytes, const InspectOptions&) {
      return ReportByBytes(bytes);
    };
    inspector_.UseDetector(&detector_, "1.2.3");
    Look();
    Start(has_ledger ? &decisions_ : nullptr);
  }

  void Start(DecisionLog* decisions) {
    routing_ = std::make_unique<RoutingService>(
        "QUARANTINE",
        RoutingParts{&protocol_, &reports_, decisions, &entrance_, &log_}, [] {
          return std::chrono::system_clock::time_point(
              std::chrono::milliseconds(1'500));
        });
    host_ =
        *GrpcHost::Start({.listen = "", .reflection = false, .max_calls = 8},
                         {&detection_, routing_.get()}, &entrance_, &log_);
    host_->Open();
    stub_ = v1::RoutingService::NewStub(host_->InProcessChannel());
  }

  void Look() { protocol_.Poll(std::chrono::steady_clock::now()); }

  // Uploads an object for inspection.
  void Upload(const std::string& bytes) {
    const auto stub = v1::DetectionService::NewStub(host_->InProcessChannel());
    EXPECT_TRUE(Inspect(stub.get(), bytes, submitter_.header).status.ok());
  }

  static v1::DecideSessionRequest RequestFor(
      const std::vector<std::string>& uids) {
    v1::DecideSessionRequest request;
    request.set_study_instance_uid(kStudy);
    for (const std::string& uid : uids) {
      request.add_instances()->set_sop_instance_uid(uid);
    }
    return request;
  }

  v1::DecideSessionResponse Decide(const v1::DecideSessionRequest& request) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", submitter_.header);
    v1::DecideSessionResponse response;
    const grpc::Status status =
        stub_->DecideSession(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  std::optional<Reason> DecideFails(const v1::DecideSessionRequest& request) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", submitter_.header);
    v1::DecideSessionResponse response;
    return ReasonOfCall(stub_->DecideSession(&context, request, &response));
  }

  v1::ExplainProtocolResponse Explain(
      const v1::ExplainProtocolRequest& request) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", submitter_.header);
    v1::ExplainProtocolResponse response;
    const grpc::Status status =
        stub_->ExplainProtocol(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  static std::vector<std::string> CodesOf(const v1::Decision& decision) {
    std::vector<std::string> codes;
    for (const v1::Reason& reason : decision.reasons()) {
      codes.push_back(reason.code());
    }
    return codes;
  }

  TempDir folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kTrace, &log_text_};
  TokenCaller submitter_{"sam", {Role::kSubmitter}};
  Gate gate_{8};
  Doorman doorman_{{submitter_.known}, &std::chrono::system_clock::now};
  Entrance entrance_{&doorman_, &gate_, &log_};
  MemoryReportStore reports_{1 << 20};
  ProtocolStore protocol_;
  FakeDetector detector_;
  Inspector inspector_;
  DetectionService detection_;
  FakeDecisionLog decisions_;
  std::unique_ptr<RoutingService> routing_;
  std::unique_ptr<GrpcHost> host_;
  std::unique_ptr<v1::RoutingService::Stub> stub_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_ROUTING_FIXTURE_H_
