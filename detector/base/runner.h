// Where parallel work runs. Parallelism is a parameter: production passes a
// thread pool, tests pass a shuffled runner.
#ifndef BURNTIN_DETECTOR_BASE_RUNNER_H_
#define BURNTIN_DETECTOR_BASE_RUNNER_H_

#include <functional>
#include <memory>

namespace burntin {

class Runner {
 public:
  // `worker` is in [0, worker_count()); two calls that overlap in time never
  // share one, so it indexes engines and scratch memory that need no lock.
  using Task = std::function<void(int index, int worker)>;

  virtual ~Runner() = default;

  virtual int worker_count() const = 0;

  // Calls `task` once for each index in [0, count), in any order and at the
  // same time, and returns when all are done. Tasks must not throw and must
  // not call ForEach. Any thread may call; calls share the workers fairly, an
  // index each in turn.
  virtual void ForEach(int count, const Task& task) = 0;
};

// A pool of `workers` >= 1 threads that live as long as the runner. No
// ForEach may be running when it is destroyed.
std::unique_ptr<Runner> MakeThreadPoolRunner(int workers);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_RUNNER_H_
