// A server with every service of the contract, behind an entrance. Its
// services do nothing, so a call that is let in ends as UNIMPLEMENTED.
#ifndef BURNTIN_TESTS_SERVER_IDENTITY_GUARDED_SERVER_H_
#define BURNTIN_TESTS_SERVER_IDENTITY_GUARDED_SERVER_H_

#include <google/protobuf/empty.pb.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>

#include <future>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "burntin/v1/quarantine_service.grpc.pb.h"
#include "burntin/v1/routing_service.grpc.pb.h"
#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "server/host/grpc_host.h"
#include "server/identity/entrance.h"
#include "tests/server/identity/token_caller.h"
#include "wire/grpc_status.h"

namespace burntin {

struct GuardedOptions {
  std::vector<KnownIdentity> identities;
  std::string listen;  // empty: in-process channel
  std::shared_ptr<grpc::ServerCredentials> credentials;
  // Instead of one that does nothing.
  grpc::Service* quarantine = nullptr;
  grpc::Service* detection = nullptr;
};

class GuardedServer {
 public:
  explicit GuardedServer(GuardedOptions options)
      : log_(LogLevel::kTrace, &log_text_),
        doorman_(std::move(options.identities), [this] { return Now(); }),
        entrance_(&doorman_, &gate_, &log_, [this](const Refusal& refusal) {
          const MutexLock lock(&mutex_);
          refusals_.push_back(refusal);
        }) {
    host_ = *GrpcHost::Start(
        {.listen = options.listen,
         .max_calls = 8,
         .credentials = options.credentials},
        {options.detection != nullptr ? options.detection : &detection_,
         options.quarantine != nullptr ? options.quarantine : &quarantine_,
         &routing_},
        &entrance_, &log_);
    host_->Open();
  }

  GrpcHost& host() { return *host_; }
  Gate& gate() { return gate_; }
  Entrance& entrance() { return entrance_; }
  std::vector<Refusal> refusals() {
    const MutexLock lock(&mutex_);
    return refusals_;
  }
  // Only after host().Drain.
  std::string log_text() const { return log_text_.str(); }

 private:
  // A minute later each time it is asked, so that no test runs out of tries.
  std::chrono::system_clock::time_point Now() {
    const MutexLock lock(&mutex_);
    return std::chrono::system_clock::time_point(std::chrono::hours(500'000)) +
           std::chrono::minutes(++asked_);
  }

  std::ostringstream log_text_;
  Log log_;
  Mutex mutex_;
  int asked_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<Refusal> refusals_ ABSL_GUARDED_BY(mutex_);
  Gate gate_{/*max_calls=*/8};
  Doorman doorman_;
  Entrance entrance_;
  v1::DetectionService::Service detection_;
  v1::QuarantineService::Service quarantine_;
  v1::RoutingService::Service routing_;
  std::unique_ptr<GrpcHost> host_;
};

// Calls a method with an empty request and these authorization headers.
inline grpc::Status CallMethod(const std::shared_ptr<grpc::Channel>& channel,
                               const std::string& method,
                               const std::vector<std::string>& headers = {}) {
  using google::protobuf::Empty;
  grpc::ClientContext context;
  for (const std::string& header : headers) {
    context.AddMetadata("authorization", header);
  }
  Empty request;
  Empty response;
  std::promise<grpc::Status> done;
  grpc::TemplatedGenericStub<Empty, Empty> stub(channel);
  stub.UnaryCall(&context, method, grpc::StubOptions(), &request, &response,
                 [&](grpc::Status status) { done.set_value(status); });
  return done.get_future().get();
}

inline std::optional<Reason> ReasonOfAnswer(const grpc::Status& status) {
  return ReasonOf(FromGrpc(status));
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_IDENTITY_GUARDED_SERVER_H_
