#include "client/inspect/server_address.h"

#include <arpa/inet.h>

#include <sstream>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "wire/host_port.h"

namespace burntin {
namespace {

absl::StatusOr<std::vector<HostPort>> Split(const std::string& servers) {
  std::vector<HostPort> addresses;
  std::istringstream parts(servers + ",");
  for (std::string part; std::getline(parts, part, ',');) {
    ASSIGN_OR_RETURN(HostPort address, ParseHostPort(part));
    if (address.host == "localhost" && servers.size() > part.size()) {
      address.host = "127.0.0.1";
    }
    addresses.push_back(std::move(address));
  }
  return addresses;
}

bool IsAddress(int family, const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(family, host.c_str(), bytes) == 1;
}

bool AllAre(int family, const std::vector<HostPort>& addresses) {
  for (const HostPort& address : addresses) {
    if (!IsAddress(family, address.host)) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<ServerTarget> ParseServers(const std::string& servers) {
  if (servers.find(',') == std::string::npos) return ServerTarget{servers, 1};
  ASSIGN_OR_RETURN(const std::vector<HostPort> addresses, Split(servers));
  const bool is_v4 = AllAre(AF_INET, addresses);
  if (!is_v4 && !AllAre(AF_INET6, addresses)) {
    return Error(Reason::kInvalidArgument,
                 "Several servers have to be given by their IP addresses, all "
                 "of one version. Or give one name that stands for all of "
                 "them, and --streams.");
  }
  ServerTarget target;
  target.addresses = static_cast<int>(addresses.size());
  for (const HostPort& address : addresses) {
    target.target += target.target.empty() ? (is_v4 ? "ipv4:" : "ipv6:") : ",";
    target.target += is_v4 ? address.host : "[" + address.host + "]";
    target.target += ":" + std::to_string(address.port);
  }
  return target;
}

absl::Status CheckIsThisMachine(const std::string& servers) {
  ASSIGN_OR_RETURN(const std::vector<HostPort> addresses, Split(servers));
  for (const HostPort& address : addresses) {
    if (IsLoopback(address.host)) continue;
    return Error(
        Reason::kInvalidArgument,
        "The server " + address.host +
            " is another machine, and the connection is not encrypted. "
            "Give --tls-authorities, or --allow-plaintext in a network "
            "that you trust with patients' data.");
  }
  return absl::OkStatus();
}

}  // namespace burntin
