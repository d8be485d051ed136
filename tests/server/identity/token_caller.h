// A caller with a token, for tests.
#ifndef BURNTIN_TESTS_SERVER_IDENTITY_TOKEN_CALLER_H_
#define BURNTIN_TESTS_SERVER_IDENTITY_TOKEN_CALLER_H_

#include <string>
#include <utility>

#include "server/identity/identities.h"
#include "server/identity/token.h"

namespace burntin {

// Its entry, and the header that shows it.
struct TokenCaller {
  TokenCaller(const std::string& name, RoleSet roles) {
    const std::string secret = RandomSecret();
    known.identity = {name, std::move(roles)};
    known.token = TokenHash::Of(secret);
    header = "Bearer " + name + "." + secret;
  }
  KnownIdentity known;
  std::string header;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_IDENTITY_TOKEN_CALLER_H_
