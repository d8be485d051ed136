#include "wire/host_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "detector/base/error.h"

namespace burntin {
namespace {

std::optional<int> ParsePort(std::string_view text) {
  int port = -1;
  const char* end = text.data() + text.size();
  const auto [parsed_to, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || parsed_to != end) return std::nullopt;
  if (port < 0 || port > 65535) return std::nullopt;
  return port;
}

std::string WithoutBrackets(const std::string& host) {
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') return host;
  return host.substr(1, host.size() - 2);
}

}  // namespace

absl::StatusOr<HostPort> ParseHostPort(const std::string& address) {
  const size_t colon = address.rfind(':');
  const std::string host = address.substr(0, colon);
  const bool bare_ipv6 =
      host.find(':') != std::string::npos && host.front() != '[';
  if (colon != std::string::npos && !host.empty() && !bare_ipv6) {
    const std::optional<int> port =
        ParsePort(std::string_view(address).substr(colon + 1));
    if (port) return HostPort{WithoutBrackets(host), *port};
  }
  return Error(Reason::kInvalidArgument,
               "The address is not HOST:PORT. Write it as in "
               "127.0.0.1:50051 or [::1]:50051.");
}

bool IsLoopback(const std::string& host) {
  if (host == "localhost") return true;
  in_addr ipv4{};
  if (inet_pton(AF_INET, host.c_str(), &ipv4) == 1) {
    return (ntohl(ipv4.s_addr) >> 24) == 127;
  }
  in6_addr ipv6{};
  return inet_pton(AF_INET6, host.c_str(), &ipv6) == 1 &&
         IN6_IS_ADDR_LOOPBACK(&ipv6);
}

}  // namespace burntin
