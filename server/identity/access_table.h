// The one table that says who may call what. A method that is not in it may
// be called by nobody.
#ifndef BURNTIN_SERVER_IDENTITY_ACCESS_TABLE_H_
#define BURNTIN_SERVER_IDENTITY_ACCESS_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "server/identity/roles.h"

namespace burntin {

enum class Openness {
  kClosed,  // only to the roles
  // To everybody too, as long as the site has named no identities: the caller
  // learns only about what it sends itself.
  kUntilThereAreIdentities,
  kOpen,  // to everybody
};

struct AccessRule {
  std::string method;  // as on the wire: "/burntin.v1.RoutingService/..."
  RoleSet roles;       // one of them is enough
  Openness openness = Openness::kClosed;
};

const std::vector<AccessRule>& AccessTable();

// The rule for a method; null if it is not in the table.
const AccessRule* FindAccessRule(std::string_view method);

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_ACCESS_TABLE_H_
