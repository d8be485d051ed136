// Which servers may be asked without encryption. Pure.
#ifndef BURNTIN_CLIENT_INSPECT_SERVER_ADDRESS_H_
#define BURNTIN_CLIENT_INSPECT_SERVER_ADDRESS_H_

#include <string>

#include "absl/status/status.h"

namespace burntin {

// Fails with INVALID_ARGUMENT if `address` is not HOST:PORT, and if its host
// is not this machine, because the connection is not encrypted and the files
// hold patients' data.
absl::Status CheckIsThisMachine(const std::string& address);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_SERVER_ADDRESS_H_
