// identity: who calls, and what that caller may do.
#ifndef BURNTIN_SERVER_IDENTITY_CALLER_IDENTITY_H_
#define BURNTIN_SERVER_IDENTITY_CALLER_IDENTITY_H_

#include <grpcpp/server_context.h>

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace burntin {

enum class Role { kSubmitter, kReviewer, kAdmin };

// As the audit trail and the configuration spell it: "submitter", ...
std::string RoleName(Role role);

struct Caller {
  std::string name;  // the identity's name in the configuration; never empty
  std::set<Role> roles;
};

// Finds out who calls. Any number of threads may call at the same time.
class CallerIdentity {
 public:
  virtual ~CallerIdentity() = default;

  // CREDENTIALS_INVALID for anyone who is not known.
  virtual absl::StatusOr<Caller> Identify(
      const grpc::ServerContext& context) = 0;
};

// Knows nobody: what a server has until identities are configured.
class NobodyIsKnown final : public CallerIdentity {
 public:
  absl::StatusOr<Caller> Identify(const grpc::ServerContext& context) override;
};

// ROLE_MISSING unless the caller has `role`. An admin is a reviewer as well,
// because who decides has to look.
absl::Status CheckRole(const Caller& caller, Role role);

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_CALLER_IDENTITY_H_
