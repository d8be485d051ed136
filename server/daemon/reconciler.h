// Has moves that were cut off looked after, as long as it lives.
#ifndef BURNTIN_SERVER_DAEMON_RECONCILER_H_
#define BURNTIN_SERVER_DAEMON_RECONCILER_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/log/log.h"
#include "server/quarantine/quarantine.h"

namespace burntin {

class Reconciler {
 public:
  // Starts at once, in its own thread, and does it again `interval` after it
  // has ended. Owns neither; both outlive it. Its end waits for the look that
  // is under way, not for the moves after it.
  Reconciler(Quarantine* quarantine, std::chrono::milliseconds interval,
             Log* log);

 private:
  void Run(const std::stop_token& stop);
  void Reconcile(const std::stop_token& stop);

  Quarantine* const quarantine_;
  const std::chrono::milliseconds interval_;
  Log* const log_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_RECONCILER_H_
