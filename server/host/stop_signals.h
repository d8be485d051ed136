// SIGTERM and SIGINT, turned into something that a thread can wait for.
#ifndef BURNTIN_SERVER_HOST_STOP_SIGNALS_H_
#define BURNTIN_SERVER_HOST_STOP_SIGNALS_H_

#include <atomic>
#include <thread>

#include "detector/base/mutex.h"

namespace burntin {

// The first signal asks for an orderly stop; a second one ends the process at
// once, with exit status 1. One object at a time, made before any other
// thread of ours: these inherit that the signals are blocked, so that none is
// interrupted. Threads of libraries may be there already.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // Blocks until a signal came or Stop was called.
  void Wait();

  // Asks for the orderly stop from within the process. Any thread.
  void Stop();

 private:
  void Listen();

  Mutex mutex_;
  Condition changed_;
  bool stop_ ABSL_GUARDED_BY(mutex_) = false;
  std::atomic<bool> ended_ = false;  // the listener may end
  std::thread listener_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_HOST_STOP_SIGNALS_H_
