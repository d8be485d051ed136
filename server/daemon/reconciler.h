// Has moves that were cut off looked after, and other chores done, as long as
// it lives.
#ifndef BURNTIN_SERVER_DAEMON_RECONCILER_H_
#define BURNTIN_SERVER_DAEMON_RECONCILER_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/log/log.h"
#include "server/quarantine/quarantine.h"

namespace burntin {

class Reconciler {
 public:
  // Done after the looks. It is told how to ask whether it should end.
  using Chore = std::function<void(const std::function<bool()>& stopped)>;

  // Starts at once, in its own thread, and does it again `interval` after it
  // has ended. Owns neither; both outlive it, and so does what `chores` use.
  // Its end waits for what is under way, not for what comes after it.
  Reconciler(Quarantine* quarantine, std::chrono::milliseconds interval,
             Log* log, std::vector<Chore> chores = {});

  // Has it done at once, or again once it has ended.
  void Wake();

 private:
  void Run(const std::stop_token& stop);
  void Reconcile(const std::stop_token& stop);

  Quarantine* const quarantine_;
  const std::chrono::milliseconds interval_;
  Log* const log_;
  const std::vector<Chore> chores_;
  std::mutex mutex_;
  bool woken_ = false;  // guarded by mutex_
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_RECONCILER_H_
