// What callers may be. An admin is a reviewer as well, because who decides has
// to look; no other role includes another.
#ifndef BURNTIN_SERVER_IDENTITY_ROLES_H_
#define BURNTIN_SERVER_IDENTITY_ROLES_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace burntin {

enum class Role {
  kSubmitter,  // has objects inspected and sessions decided
  kReviewer,   // looks at cases and their evidence
  kAdmin,      // decides about cases and reads the audit trail
};

using RoleSet = std::set<Role>;

// As in configuration and audit trail: submitter, reviewer, admin.
std::string RoleName(Role role);
std::optional<Role> RoleByName(std::string_view name);

// Somebody the site's admin has named.
struct Identity {
  std::string name;
  RoleSet roles;
};

// Who makes a call, and as what: never empty but for the role of a caller
// without credentials, whose name is `kAnonymous`.
struct Caller {
  std::string name;
  RoleSet roles;
  std::string role;          // in which this call is made
  std::string peer_address;  // without the port; empty in-process
};

inline constexpr char kAnonymous[] = "anonymous";

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_ROLES_H_
