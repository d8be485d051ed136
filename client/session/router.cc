#include "client/session/router.h"

#include <chrono>
#include <thread>
#include <utility>

#include "burntin/v1/routing_service.grpc.pb.h"

namespace burntin {
namespace {

class RemoteRouter final : public Router {
 public:
  RemoteRouter(std::shared_ptr<grpc::Channel> channel,
               RemoteRouterOptions options)
      : channel_(std::move(channel)),
        stub_(v1::RoutingService::NewStub(channel_)),
        options_(std::move(options)) {}

  absl::StatusOr<v1::DecideSessionResponse> Decide(
      const v1::DecideSessionRequest& request) override {
    const auto start = std::chrono::steady_clock::now();
    for (int attempt = 1;; ++attempt) {
      v1::DecideSessionResponse response;
      std::string request_id;
      const grpc::Status status = Ask(request, &response, &request_id);
      if (status.ok()) return response;
      const bool again =
          IsStateOfServer(status)
              ? std::chrono::steady_clock::now() - start < options_.patience
              : status.error_code() == grpc::StatusCode::UNAVAILABLE &&
                    attempt < options_.attempts;
      if (!again) {
        return EndOfCall(status, request_id, options_.introduction.trace);
      }
      std::this_thread::sleep_for(options_.pause);
    }
  }

 private:
  grpc::Status Ask(const v1::DecideSessionRequest& request,
                   v1::DecideSessionResponse* response,
                   std::string* request_id) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + options_.timeout);
    const grpc::Status status = stub_->DecideSession(
        Introduce(options_.introduction, &context), request, response);
    *request_id = RequestIdOf(context);
    return status;
  }

  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::RoutingService::Stub> stub_;
  const RemoteRouterOptions options_;
};

}  // namespace

std::unique_ptr<Router> MakeRemoteRouter(std::shared_ptr<grpc::Channel> channel,
                                         RemoteRouterOptions options) {
  return std::make_unique<RemoteRouter>(std::move(channel), std::move(options));
}

}  // namespace burntin
