// What `--server` names: one server, or several that do the same work.
#ifndef BURNTIN_CLIENT_INSPECT_SERVER_ADDRESS_H_
#define BURNTIN_CLIENT_INSPECT_SERVER_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"

namespace burntin {

struct ServerTarget {
  std::string target;  // as gRPC wants it
  int addresses = 1;   // that were named; a name may stand for more
};

// Reads one target, which gRPC checks, or several "HOST:PORT" with commas
// between. Several have to be IP
// addresses of one version, or "localhost", since gRPC resolves one name at a
// time. Fails with INVALID_ARGUMENT.
absl::StatusOr<ServerTarget> ParseServers(const std::string& servers);

// Fails with INVALID_ARGUMENT unless every one of `servers` is this machine.
// Patients' data leaves it unencrypted only when that is asked for.
absl::Status CheckIsThisMachine(const std::string& servers);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_SERVER_ADDRESS_H_
