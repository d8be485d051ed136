#include "server/identity/caller_identity.h"

#include "detector/base/error.h"

namespace burntin {

absl::Status CheckRole(const Caller& caller, Role role) {
  const bool admin_looks =
      role == Role::kReviewer && caller.roles.contains(Role::kAdmin);
  if (caller.roles.contains(role) || admin_looks) return absl::OkStatus();
  return Error(Reason::kRoleMissing, "The method needs the role " +
                                         RoleName(role) +
                                         ". Ask the site's admin for it.");
}

}  // namespace burntin
