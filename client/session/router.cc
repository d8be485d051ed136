#include "client/session/router.h"

#include <chrono>
#include <optional>
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
    using Clock = std::chrono::steady_clock;
    std::optional<Clock::time_point> refused_since;
    int attempts = 0;
    while (true) {
      v1::DecideSessionResponse response;
      std::string request_id;
      const grpc::Status status = Ask(request, &response, &request_id);
      if (status.ok()) return response;
      bool again = false;
      if (IsStateOfServer(status)) {
        const auto now = Clock::now();
        if (!refused_since) refused_since = now;
        again = now - *refused_since < options_.patience;
      } else if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
        again = ++attempts < options_.attempts;
      }
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
