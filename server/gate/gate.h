// gate: says which calls may run: none before the detector is loaded, none
// while the server drains, and never more than a given number at a time.
#ifndef BURNTIN_SERVER_GATE_GATE_H_
#define BURNTIN_SERVER_GATE_GATE_H_

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "absl/status/statusor.h"

namespace burntin {

// All methods may be called from any number of threads at the same time.
class Gate {
 public:
  // Lets one call run as long as it lives. Movable; leaves the gate once.
  class Pass {
   public:
    explicit Pass(Gate* gate) : gate_(gate) {}

   private:
    struct Leave {
      void operator()(Gate* gate) const { gate->LeaveOnce(); }
    };
    std::unique_ptr<Gate, Leave> gate_;
  };

  // Closed at first. `max_calls` >= 1.
  explicit Gate(int max_calls) : max_calls_(max_calls) {}

  // TOO_MANY_REQUESTS: what is said to calls beyond `max_calls`.
  static absl::Status TooManyRequests();

  // Fails with SERVER_STARTING, SERVER_DRAINING or TOO_MANY_REQUESTS.
  absl::StatusOr<Pass> Enter();

  // SERVER_DRAINING after Close, else OK.
  absl::Status CheckNotClosed();

  // Lets calls in, unless Close was called before.
  void Open();

  // Lets no more calls in, for good. Those that run go on.
  void Close();

  // Waits until no call runs, at most for `timeout`; says whether none does.
  bool WaitUntilIdle(std::chrono::milliseconds timeout);

  // Whether calls are let in, as long as there are not too many.
  bool is_open();

  // How many calls run now.
  int calls();

 private:
  enum class State { kStarting, kOpen, kClosed };

  void LeaveOnce();

  const int max_calls_;
  // Not burntin::Mutex, whose Condition cannot wait for a limited time.
  std::mutex mutex_;
  std::condition_variable idle_;
  State state_ = State::kStarting;  // guarded by mutex_
  int calls_ = 0;                   // guarded by mutex_
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_GATE_GATE_H_
