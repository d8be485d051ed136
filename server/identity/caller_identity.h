// For services: who makes a call, and whether that caller has a role.
#ifndef BURNTIN_SERVER_IDENTITY_CALLER_IDENTITY_H_
#define BURNTIN_SERVER_IDENTITY_CALLER_IDENTITY_H_

#include <grpcpp/server_context.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/identity/roles.h"
#include "server/trace/call_trace.h"

namespace burntin {

// Finds out who calls. Any number of threads may call at the same time.
class CallerIdentity {
 public:
  virtual ~CallerIdentity() = default;

  // CREDENTIALS_INVALID for anyone who is not known.
  virtual absl::StatusOr<Caller> Identify(
      const grpc::ServerContext& context) = 0;

  // What the call's work is to be done under; see TraceScope. Null: nothing.
  virtual CallTracePtr TraceOf(const grpc::ServerContextBase* /*context*/) {
    return nullptr;
  }
};

// ROLE_MISSING unless the caller has `role`.
absl::Status CheckRole(const Caller& caller, Role role);

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_CALLER_IDENTITY_H_
