// Where a server may listen without encryption. Pure functions.
#ifndef BURNTIN_SERVER_CONFIG_LISTEN_ADDRESS_H_
#define BURNTIN_SERVER_CONFIG_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"

namespace burntin {

struct ListenAddress {
  std::string host;  // without the brackets of an IPv6 address
  int port = 0;      // [0, 65535]; 0: any free one
};

// Splits "HOST:PORT" or "[IPV6]:PORT".
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& address);

// Whether only this machine can reach `host`: "localhost", ::1, 127.0.0.0/8.
// Any other name is not resolved, and is not loopback.
bool IsLoopback(const std::string& host);

}  // namespace burntin

#endif  // BURNTIN_SERVER_CONFIG_LISTEN_ADDRESS_H_
