#include "server/host/grpc_host.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <mutex>
#include <utility>

#include "burntin/v1/detection_service.grpc.pb.h"
#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "detector/base/status_macros.h"
#include "server/host/refuse_unknown.h"
#include "wire/host_port.h"

namespace burntin {
namespace {

// Far above a chunk of 1 MiB, so that a chunk that is too large is told so with
// its reason. Still larger messages are refused unread.
constexpr int kMaxMessageBytes = (4 << 20) + (64 << 10);

// Threads for calls that the gate refuses, and for gRPC's own pollers.
constexpr int kSpareThreads = 16;

// For answers that are under way when the last call has ended.
constexpr std::chrono::seconds kAnswersLeave{5};

// A client whose machine is gone loses its calls after the sum of the two.
constexpr int kKeepaliveMs = 60'000;
constexpr int kKeepaliveTimeoutMs = 20'000;

std::string WithPort(const std::string& address, int port) {
  return address.substr(0, address.rfind(':') + 1) + std::to_string(port);
}

absl::Status CheckPlaintext(const HostOptions& options) {
  ASSIGN_OR_RETURN(const HostPort address, ParseHostPort(options.listen));
  if (options.credentials != nullptr || options.allow_plaintext ||
      IsLoopback(address.host)) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument,
               options.listen +
                   " can be reached from other machines, and connections "
                   "would not be encrypted. Listen on 127.0.0.1, or set "
                   "tls.certificate_file and tls.key_file.");
}

class RunningHost final : public GrpcHost {
 public:
  RunningHost(Entrance* entrance, Log* log)
      : entrance_(entrance),
        gate_(entrance->gate()),
        log_(log),
        refuse_unknown_(entrance) {}

  ~RunningHost() override { Drain(std::chrono::milliseconds(0)); }

  absl::Status Listen(const HostOptions& options,
                      const std::vector<grpc::Service*>& services) {
    grpc::ServerBuilder builder;
    Configure(options, services, &builder);
    int port = 0;
    if (!options.listen.empty()) {
      RETURN_IF_ERROR(CheckPlaintext(options));
      builder.AddListeningPort(options.listen,
                               options.credentials != nullptr
                                   ? options.credentials
                                   : grpc::InsecureServerCredentials(),
                               &port);
    }
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || (!options.listen.empty() && port == 0)) {
      return Error(Reason::kInvalidArgument,
                   "The server cannot listen on " + options.listen +
                       ". Check that the address is this machine's and that "
                       "no other program uses the port.");
    }
    SetServing(false);
    if (port != 0) address_ = WithPort(options.listen, port);
    log_->Write(
        LogLevel::kInfo, "listening",
        {{"address", address_}, {"encrypted", options.credentials != nullptr}});
    return absl::OkStatus();
  }

  std::string address() const override { return address_; }

  void Open() override {
    const MutexLock lock(&mutex_);
    if (draining_) return;
    gate_->Open();
    SetServing(true);
    log_->Write(LogLevel::kInfo, "serving");
  }

  void Drain(std::chrono::milliseconds timeout) override {
    if (server_ == nullptr) return;
    StopTakingCalls();
    const bool idle = gate_->WaitUntilIdle(timeout);
    if (!idle) {
      log_->Write(LogLevel::kWarning, "drain_timeout",
                  {{"calls", int64_t{gate_->calls()}}});
    }
    server_->Shutdown(std::chrono::system_clock::now() +
                      (idle ? kAnswersLeave : std::chrono::seconds(0)));
    server_->Wait();
    server_.reset();
    log_->Write(LogLevel::kInfo, "stopped");
  }

  std::shared_ptr<grpc::Channel> InProcessChannel() override {
    return server_->InProcessChannel(grpc::ChannelArguments());
  }

 private:
  void Configure(const HostOptions& options,
                 const std::vector<grpc::Service*>& services,
                 grpc::ServerBuilder* builder) {
    grpc::EnableDefaultHealthCheckService(true);
    if (options.reflection) {
      grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    }
    grpc::ResourceQuota quota("burntind");
    quota.SetMaxThreads(options.max_calls + kSpareThreads);
    builder->SetResourceQuota(quota);
    builder->SetMaxReceiveMessageSize(kMaxMessageBytes);
    builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
    builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                                kKeepaliveTimeoutMs);
    // Else the pings to a client that is silent stop after two.
    builder->AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
    // Two servers on one port would share its calls by chance.
    builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    for (grpc::Service* service : services) builder->RegisterService(service);
    builder->RegisterCallbackGenericService(&refuse_unknown_);
    std::vector<
        std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>
        interceptors;
    // The last one is the first to see a call, and the last to see its end.
    interceptors.push_back(entrance_->MakeInterceptorFactory());
    if (options.metrics != nullptr) {
      interceptors.push_back(options.metrics->MakeInterceptorFactory());
    }
    builder->experimental().SetInterceptorCreators(std::move(interceptors));
  }

  void StopTakingCalls() {
    const MutexLock lock(&mutex_);
    draining_ = true;
    gate_->Close();
    server_->GetHealthCheckService()->Shutdown();
    log_->Write(LogLevel::kInfo, "draining",
                {{"calls", int64_t{gate_->calls()}}});
  }

  void SetServing(bool serving) {
    grpc::HealthCheckServiceInterface* health =
        server_->GetHealthCheckService();
    health->SetServingStatus(serving);
    health->SetServingStatus(v1::DetectionService::service_full_name(),
                             serving);
  }

  Entrance* entrance_;
  Gate* gate_;
  Log* log_;
  RefuseUnknown refuse_unknown_;
  Mutex mutex_;  // between Open and the start of Drain
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<GrpcHost>> GrpcHost::Start(
    const HostOptions& options, const std::vector<grpc::Service*>& services,
    Entrance* entrance, Log* log) {
  auto host = std::make_unique<RunningHost>(entrance, log);
  const absl::Status listening = host->Listen(options, services);
  if (!listening.ok()) return listening;
  return host;
}

}  // namespace burntin
