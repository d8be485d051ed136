// Which objects still have to be sent to a server, and which again. Knows
// nothing of gRPC, so that its rules can be read and tested on their own.
#ifndef BURNTIN_CLIENT_INSPECT_OUTBOX_H_
#define BURNTIN_CLIENT_INSPECT_OUTBOX_H_

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace burntin {

// Objects are the numbers [0, count). Each is waiting, in flight or done. One
// thread at a time.
class Outbox {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // At most `max_in_flight` >= 1 objects are in flight, and each is sent at
  // most `max_attempts` >= 1 times.
  Outbox(size_t count, size_t max_in_flight, int max_attempts);

  // Takes the lowest waiting object into flight. Nothing when none is waiting
  // or none may be sent now. An object that was in flight when a connection
  // broke may be what broke it, so it is sent alone.
  std::optional<size_t> Next(TimePoint now);

  // Marks an object as done. False when it is not in flight: a stranger or an
  // answer that came twice.
  bool Finish(size_t object);

  // After a connection broke: what was in flight waits again, but for the
  // objects without an attempt left, which are done and returned.
  std::vector<size_t> Break();

  // After this side closed the connection for the sake of an object that is
  // done already: the others wait again and lose no attempt.
  void Interrupt();

  // Everything in flight is done; returned in ascending order.
  std::vector<size_t> GiveUpInFlight();

  // Everything that is left is done; returned in ascending order.
  std::vector<size_t> GiveUp();

  // The object in flight that was sent first, if it was before `limit`.
  std::optional<size_t> SentBefore(TimePoint limit) const;

  bool all_sent() const { return waiting_.empty(); }
  bool all_done() const { return waiting_.empty() && in_flight_.empty(); }

 private:
  bool IsSuspect(size_t object) const;

  const size_t max_in_flight_;
  const int max_attempts_;
  std::set<size_t> waiting_;
  std::map<size_t, TimePoint> in_flight_;  // with the time of sending
  std::map<size_t, int> broken_attempts_;  // of those that had any
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_INSPECT_OUTBOX_H_
