#include "server/identity/caller_identity.h"

#include "detector/base/error.h"

namespace burntin {

std::string RoleName(Role role) {
  switch (role) {
    case Role::kAdmin:
      return "admin";
    case Role::kReviewer:
      return "reviewer";
    case Role::kSubmitter:
      break;
  }
  return "submitter";
}

absl::StatusOr<Caller> NobodyIsKnown::Identify(
    const grpc::ServerContext& /*context*/) {
  return Error(Reason::kCredentialsInvalid,
               "This server knows no callers. Ask the site's admin to "
               "configure identities.");
}

absl::Status CheckRole(const Caller& caller, Role role) {
  if (caller.roles.contains(role) ||
      (role == Role::kReviewer && caller.roles.contains(Role::kAdmin))) {
    return absl::OkStatus();
  }
  return Error(Reason::kRoleMissing, "The method needs the role " +
                                         RoleName(role) +
                                         ". Ask the site's admin for it.");
}

}  // namespace burntin
