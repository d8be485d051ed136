// identity: who calls, and whether the table lets them. Deny by default.
#ifndef BURNTIN_SERVER_IDENTITY_DOORMAN_H_
#define BURNTIN_SERVER_IDENTITY_DOORMAN_H_

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/mutex.h"
#include "server/identity/access_table.h"
#include "server/identity/failure_limiter.h"
#include "server/identity/identities.h"
#include "server/identity/roles.h"

namespace burntin {

// What is known of a call before it runs.
struct CallFacts {
  std::string method;                      // as on the wire
  std::string peer;                        // as gRPC writes it
  std::vector<std::string> authorization;  // values of that header
  // Names in the certificate that TLS has verified, each with its kind, as in
  // KnownIdentity.
  std::vector<std::string> certificate_names;
};

// A call is decided by its token if it has one, else by its certificate. Any
// number of threads may ask at the same time.
class Doorman {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;

  struct Ruling {
    absl::StatusOr<Caller> caller;
    // Who was refused, if it is somebody known who has not the role.
    std::string known_as;
  };

  Doorman(std::vector<KnownIdentity> identities, Clock clock);

  // Fails with CREDENTIALS_INVALID, ROLE_MISSING and TOO_MANY_FAILURES. A
  // token that was right before costs a lookup, any other the hash: one is
  // computed at a time, and an address that fails too often gets none.
  Ruling Rule(const CallFacts& facts);

  // The caller of Rule.
  absl::StatusOr<Caller> Decide(const CallFacts& facts) {
    return Rule(facts).caller;
  }

 private:
  // Null: nobody that is known now.
  absl::StatusOr<const KnownIdentity*> Identify(const CallFacts& facts);
  absl::StatusOr<const KnownIdentity*> ByToken(const std::string& header,
                                               const std::string& peer);
  const KnownIdentity* ByCertificate(
      const std::vector<std::string>& names) const;
  const KnownIdentity* NamedWithToken(const std::string& name) const;
  bool WasRight(const std::string& name, const std::string& digest);
  bool IsRight(const KnownIdentity* identity, const Token& token);

  const std::vector<KnownIdentity> identities_;
  const Clock clock_;
  const std::string digest_key_;
  const TokenHash nobodys_hash_;  // for names that there are none of
  FailureLimiter failures_;
  Mutex hashing_;
  Mutex mutex_;
  std::map<std::string, std::string> right_digests_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_DOORMAN_H_
