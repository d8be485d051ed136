// Ends calls on which nothing happens, so that a client that fell silent does
// not keep its place in the gate for ever.
#ifndef BURNTIN_SERVER_DETECTION_IDLE_WATCH_H_
#define BURNTIN_SERVER_DETECTION_IDLE_WATCH_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "server/detection/call.h"

namespace burntin {

// All methods may be called from any number of threads at the same time.
class IdleWatch {
 public:
  // Watches a call as long as it lives. Owns neither; both outlive it.
  class Watched {
   public:
    Watched(IdleWatch* watch, Call* call);
    ~Watched();
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

   private:
    IdleWatch* watch_;
    Call* call_;
  };

  // Calls that are idle for `limit` > 0 are abandoned, at most a quarter of it
  // late.
  explicit IdleWatch(std::chrono::milliseconds limit);
  ~IdleWatch();

 private:
  void Watch();

  const std::chrono::milliseconds limit_;
  // Not burntin::Mutex, whose Condition cannot wait for a limited time.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<Call*> calls_;  // guarded by mutex_
  bool stopped_ = false;   // guarded by mutex_
  std::thread thread_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_IDLE_WATCH_H_
