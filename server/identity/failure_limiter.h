// Slows down who guesses: an address may fail only so often.
#ifndef BURNTIN_SERVER_IDENTITY_FAILURE_LIMITER_H_
#define BURNTIN_SERVER_IDENTITY_FAILURE_LIMITER_H_

#include <chrono>
#include <map>
#include <string>

#include "detector/base/mutex.h"

namespace burntin {

// The address of a gRPC peer ("ipv4:192.0.2.7:1234", "ipv6:[2001:db8::1]:1")
// without its port; other peers, such as Unix sockets, as they are.
std::string PeerAddress(const std::string& peer);

// Whom a failure of this address is counted against: itself, or of IPv6 the
// network of 64 bits, of which one machine may use every address.
std::string PeerGroup(const std::string& address);

// Each group has `kFailures` tries; one comes back each `kRefill`. Any number
// of threads may call at the same time. Remembers at most `kMaxGroups`, and
// counts all others as one.
class FailureLimiter {
 public:
  using Time = std::chrono::system_clock::time_point;
  static constexpr int kFailures = 10;
  static constexpr std::chrono::seconds kRefill{6};
  static constexpr size_t kMaxGroups = 4096;

  // Takes one try; says whether there was one. A try that succeeds is given
  // back, so that tries at the same time cannot exceed the limit.
  bool Take(const std::string& group, Time now);
  void GiveBack(const std::string& group);

 private:
  struct Tries {
    int left = kFailures;
    Time counted_from;
  };
  static void Refill(Tries* tries, Time now);
  Tries* Find(const std::string& group, Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_;
  std::map<std::string, Tries> groups_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_IDENTITY_FAILURE_LIMITER_H_
