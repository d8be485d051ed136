// Addresses, and where nobody but this machine can hear what is not encrypted.
// Pure functions.
#ifndef BURNTIN_WIRE_HOST_PORT_H_
#define BURNTIN_WIRE_HOST_PORT_H_

#include <string>

#include "absl/status/statusor.h"

namespace burntin {

struct HostPort {
  std::string host;  // without the brackets of an IPv6 address
  int port = 0;      // [0, 65535]; 0: any free one
};

// Splits "HOST:PORT" or "[IPV6]:PORT".
absl::StatusOr<HostPort> ParseHostPort(const std::string& address);

// Whether only this machine can reach `host`: "localhost", ::1, 127.0.0.0/8.
// Any other name is not resolved, and is not loopback.
bool IsLoopback(const std::string& host);

}  // namespace burntin

#endif  // BURNTIN_WIRE_HOST_PORT_H_
