#include "client/inspect/server_address.h"

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "wire/host_port.h"

namespace burntin {

absl::Status CheckIsThisMachine(const std::string& address) {
  ASSIGN_OR_RETURN(const HostPort server, ParseHostPort(address));
  if (IsLoopback(server.host)) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "The server " + address +
                   " is another machine, and the connection is not encrypted. "
                   "Give --tls-authorities, or --allow-plaintext in a network "
                   "that you trust with patients' data.");
}

}  // namespace burntin
