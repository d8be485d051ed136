// A whole server around a fake detector, reached without a network.
#ifndef BURNTIN_TESTS_SERVER_SERVER_FIXTURE_H_
#define BURNTIN_TESTS_SERVER_SERVER_FIXTURE_H_

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "detector/base/error.h"
#include "server/detection/detection_service.h"
#include "server/host/grpc_host.h"
#include "tests/server/fake_detector.h"
#include "wire/grpc_status.h"

namespace burntin {

inline std::optional<Reason> ReasonOfCall(const grpc::Status& status) {
  return ReasonOf(FromGrpc(status));
}

struct FixtureOptions {
  std::string listen;  // empty: in-process channel
  bool include_text = false;
  int max_calls = 8;
  int threaded_calls = 0;  // for which there are threads; 0: max_calls
  int objects_per_stream = 3;
  int64_t file_bytes = 4 << 20;
  int64_t memory_bytes = 1 << 20;
  std::string spool_directory = testing::TempDir();
  int64_t total_bytes = 64 << 20;
  std::chrono::milliseconds idle_timeout = std::chrono::minutes(5);
  // Empty: callers without credentials may have objects inspected.
  std::vector<KnownIdentity> identities;
  CallMetrics* call_metrics = nullptr;
  const InspectionMetrics* inspection_metrics = nullptr;
};

class TestServer {
 public:
  explicit TestServer(const FixtureOptions& options = {})
      : log_(LogLevel::kTrace, &log_text_),
        gate_(options.max_calls),
        doorman_(options.identities, &std::chrono::system_clock::now),
        entrance_(&doorman_, &gate_, &log_),
        inspector_(options.include_text, &log_),
        service_({.upload = {.file_bytes = options.file_bytes,
                             .memory_bytes = options.memory_bytes,
                             .spool_directory = options.spool_directory},
                  .objects_per_stream = options.objects_per_stream,
                  .total_bytes = options.total_bytes,
                  .idle_timeout = options.idle_timeout},
                 &inspector_, &entrance_, &log_) {
    inspector_.UseDetector(&detector, "1.2.3");
    inspector_.UseMetrics(options.inspection_metrics);
    host_ = *GrpcHost::Start(
        {.listen = options.listen,
         .reflection = false,
         .max_calls = options.threaded_calls > 0 ? options.threaded_calls
                                                 : options.max_calls,
         .metrics = options.call_metrics},
        {&service_}, &entrance_, &log_);
  }

  TestServer& Open() {
    host_->Open();
    return *this;
  }

  std::unique_ptr<v1::DetectionService::Stub> Stub() {
    return v1::DetectionService::NewStub(host_->InProcessChannel());
  }

  GrpcHost& host() { return *host_; }
  Gate& gate() { return gate_; }

  // Everything that was logged. Only after host().Drain.
  std::string log_text() const { return log_text_.str(); }

  FakeDetector detector;  // set its `answer` before the first call

 private:
  std::ostringstream log_text_;
  Log log_;
  Gate gate_;
  Doorman doorman_;
  Entrance entrance_;
  Inspector inspector_;
  DetectionService service_;
  std::unique_ptr<GrpcHost> host_;
};

inline v1::InstanceHeader HeaderFor(const std::string& bytes,
                                    const std::string& request_id = "") {
  v1::InstanceHeader header;
  header.set_request_id(request_id);
  header.set_path("label of " + request_id);
  header.set_file_size_bytes(static_cast<int64_t>(bytes.size()));
  return header;
}

struct Answered {
  grpc::Status status;
  v1::InspectInstanceResponse response;
};

// One InspectInstance call with these messages.
inline Answered Send(v1::DetectionService::Stub* stub,
                     const std::vector<v1::InspectInstanceRequest>& messages,
                     grpc::ClientContext* context) {
  Answered answered;
  auto writer = stub->InspectInstance(context, &answered.response);
  for (const v1::InspectInstanceRequest& message : messages) {
    if (!writer->Write(message)) break;
  }
  writer->WritesDone();
  answered.status = writer->Finish();
  return answered;
}

inline v1::InspectInstanceRequest HeaderMessage(
    const v1::InstanceHeader& header) {
  v1::InspectInstanceRequest message;
  *message.mutable_header() = header;
  return message;
}

inline v1::InspectInstanceRequest ChunkMessage(const std::string& bytes) {
  v1::InspectInstanceRequest message;
  message.set_chunk(bytes);
  return message;
}

// An upload as it should be; with `authorization`, by a caller with a token.
inline Answered Inspect(v1::DetectionService::Stub* stub,
                        const std::string& bytes,
                        const std::string& authorization = "") {
  grpc::ClientContext context;
  if (!authorization.empty()) {
    context.AddMetadata("authorization", authorization);
  }
  return Send(stub,
              {HeaderMessage(HeaderFor(bytes, "r1")), ChunkMessage(bytes)},
              &context);
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_SERVER_FIXTURE_H_
