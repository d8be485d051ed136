#include "server/identity/roles.h"

namespace burntin {
namespace {

constexpr Role kRoles[] = {Role::kSubmitter, Role::kReviewer, Role::kAdmin};

}  // namespace

std::string RoleName(Role role) {
  switch (role) {
    case Role::kSubmitter:
      return "submitter";
    case Role::kReviewer:
      return "reviewer";
    case Role::kAdmin:
      return "admin";
  }
  return "";
}

std::optional<Role> RoleByName(std::string_view name) {
  for (const Role role : kRoles) {
    if (RoleName(role) == name) return role;
  }
  return std::nullopt;
}

}  // namespace burntin
