// health: asks a server, by the standard service grpc.health.v1, whether it
// serves. For containers and supervisors that have no such probe of their own.
#ifndef BURNTIN_CLIENT_HEALTH_HEALTH_H_
#define BURNTIN_CLIENT_HEALTH_HEALTH_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>

#include "absl/status/status.h"
#include "client/inspect/outgoing_call.h"

namespace burntin {

// OK if the server says SERVING within `timeout`. Fails with UNAVAILABLE if it
// says anything else, and with its error if it does not answer.
absl::Status CheckHealth(const std::shared_ptr<grpc::Channel>& channel,
                         std::chrono::milliseconds timeout,
                         const CallIntroduction& introduction = {});

}  // namespace burntin

#endif  // BURNTIN_CLIENT_HEALTH_HEALTH_H_
