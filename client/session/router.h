// Asks a server where a session goes.
#ifndef BURNTIN_CLIENT_SESSION_ROUTER_H_
#define BURNTIN_CLIENT_SESSION_ROUTER_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "burntin/v1/routing_service.pb.h"
#include "client/inspect/outgoing_call.h"

namespace burntin {

class Router {
 public:
  virtual ~Router() = default;
  virtual absl::StatusOr<v1::DecideSessionResponse> Decide(
      const v1::DecideSessionRequest& request) = 0;
};

struct RemoteRouterOptions {
  CallIntroduction introduction;
  std::chrono::milliseconds timeout = std::chrono::minutes(2);
  // When the server cannot be reached. A repeat is harmless.
  int attempts = 3;
  // For how long to try again when it has too many calls, starts or drains.
  std::chrono::milliseconds patience = std::chrono::minutes(2);
  std::chrono::milliseconds pause = std::chrono::seconds(2);
};

// Asks over `channel`.
std::unique_ptr<Router> MakeRemoteRouter(std::shared_ptr<grpc::Channel> channel,
                                         RemoteRouterOptions options);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_SESSION_ROUTER_H_
