#include "server/identity/failure_limiter.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace burntin {
namespace {

constexpr char kOthers[] = "others";

// gRPC writes the brackets of an IPv6 address as they are, or as %5B and %5D.
std::string Unescaped(std::string text) {
  for (const auto& [escaped, plain] :
       {std::pair{"%5B", "["}, {"%5D", "]"}, {"%5b", "["}, {"%5d", "]"}}) {
    const size_t at = text.find(escaped);
    if (at != std::string::npos) text.replace(at, std::strlen(escaped), plain);
  }
  return text;
}

}  // namespace

std::string PeerAddress(const std::string& peer) {
  const bool ipv4 = peer.starts_with("ipv4:");
  if (!ipv4 && !peer.starts_with("ipv6:")) return peer;
  std::string address = Unescaped(peer.substr(5));
  address.resize(std::min(address.size(), address.rfind(':')));
  std::erase(address, '[');
  std::erase(address, ']');
  return address;
}

std::string PeerGroup(const std::string& address) {
  const std::string plain = address.substr(0, address.find('%'));
  in6_addr ipv6{};
  if (inet_pton(AF_INET6, plain.c_str(), &ipv6) != 1 ||
      IN6_IS_ADDR_V4MAPPED(&ipv6)) {
    return address;
  }
  std::memset(ipv6.s6_addr + 8, 0, 8);
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, &ipv6, text.data(), text.size());
  return std::string(text.data()) + "/64";
}

void FailureLimiter::Refill(Tries* tries, Time now) {
  if (tries->left >= kFailures || now < tries->counted_from) {
    tries->counted_from = now;
    return;
  }
  const auto back = (now - tries->counted_from) / kRefill;
  const auto room = static_cast<int64_t>(kFailures - tries->left);
  tries->left += static_cast<int>(std::min<int64_t>(back, room));
  tries->counted_from += back * kRefill;
}

FailureLimiter::Tries* FailureLimiter::Find(const std::string& group,
                                            Time now) {
  const auto found = groups_.find(group);
  if (found != groups_.end()) return &found->second;
  if (groups_.size() >= kMaxGroups) {
    std::erase_if(groups_, [&](const auto& entry) {
      Tries tries = entry.second;
      Refill(&tries, now);
      return tries.left >= kFailures;
    });
  }
  const bool full = groups_.size() >= kMaxGroups;
  return &groups_.try_emplace(full ? kOthers : group, Tries{kFailures, now})
              .first->second;
}

bool FailureLimiter::Take(const std::string& group, Time now) {
  const MutexLock lock(&mutex_);
  Tries* tries = Find(group, now);
  Refill(tries, now);
  if (tries->left <= 0) return false;
  --tries->left;
  return true;
}

void FailureLimiter::GiveBack(const std::string& group) {
  const MutexLock lock(&mutex_);
  auto found = groups_.find(group);
  if (found == groups_.end()) found = groups_.find(kOthers);
  if (found == groups_.end()) return;
  found->second.left = std::min(found->second.left + 1, kFailures);
}

}  // namespace burntin
