// Who may call this server: what the site's admin wrote into the identity
// file.
#ifndef BURNTIN_SERVER_IDENTITY_IDENTITIES_H_
#define BURNTIN_SERVER_IDENTITY_IDENTITIES_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/identity/roles.h"
#include "server/identity/token.h"

namespace burntin {

// One entry of the file. It has a token, a certificate or both.
struct KnownIdentity {
  Identity identity;
  std::optional<TokenHash> token;
  // A name of the caller's certificate, with its kind: "dns:", "uri:",
  // "email:" or "subject:" (RFC 2253, as in CN=gateway,O=Site). Empty: none.
  std::string certificate;
  // From when on it is no caller any more.
  std::optional<std::chrono::system_clock::time_point> expire_time;
};

// Reads the YAML in `text`:
//
//   identities:
//     - name: gateway
//       roles: [submitter]
//       token: scrypt$14,8,1$...
//       expires: 2027-06-30
//     - name: jane
//       roles: [reviewer, admin]
//       certificate: "dns:jane.example.org"
//
// The last day, in UTC, counts in full. Strict: an unknown or repeated key, a
// name or certificate that is there twice, no role, neither token nor
// certificate, and a list without entries are errors that begin with `name`
// and the line.
absl::StatusOr<std::vector<KnownIdentity>> ParseIdentities(
    std::string_view text, const std::string& name);

// ParseIdentities of the file at `path`, which not everyone may write to.
absl::StatusOr<std::vector<KnownIdentity>> LoadIdentities(
    const std::string& path);

// The entry of a caller with a token, as the file holds it.
std::string IdentityEntry(const Identity& identity, const TokenHash& token);

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_IDENTITIES_H_
