// A thread that does what others hand it, and lives until its owner ends it.
// Linux kills a child at its parent's death (PR_SET_PDEATHSIG) when the thread
// that started it ends, not the process; so children are started here.
#ifndef BURNTIN_DETECTOR_ISOLATION_STEADY_THREAD_H_
#define BURNTIN_DETECTOR_ISOLATION_STEADY_THREAD_H_

#include <functional>
#include <thread>

#include "detector/base/mutex.h"

namespace burntin {

class SteadyThread {
 public:
  SteadyThread() : thread_([this] { Loop(); }) {}
  // No call of Run may be under way.
  ~SteadyThread();
  SteadyThread(const SteadyThread&) = delete;
  SteadyThread& operator=(const SteadyThread&) = delete;

  // Runs `work`, which must not throw, on the thread and returns when it is
  // done. Any thread may call; the calls take turns.
  void Run(const std::function<void()>& work);

 private:
  void Loop();

  Mutex turn_;  // held by who has work done
  Mutex mutex_;
  Condition changed_;
  const std::function<void()>* work_ ABSL_GUARDED_BY(mutex_) = nullptr;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_STEADY_THREAD_H_
