// Work that goes on beside the thread that reads a stream, a bounded number
// of tasks at a time.
#ifndef BURNTIN_SERVER_DETECTION_BOUNDED_TASKS_H_
#define BURNTIN_SERVER_DETECTION_BOUNDED_TASKS_H_

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "detector/base/mutex.h"
#include "server/metrics/metric_registry.h"

namespace burntin {

// One thread calls the methods; tasks run on threads that are started as they
// are needed and live as long as the object.
class BoundedTasks {
 public:
  // At most `limit` >= 1 tasks are held, running or waiting, at a time.
  // `count`, if it is not null, counts them; not owned, outlives the object.
  explicit BoundedTasks(int limit, Gauge* count = nullptr)
      : limit_(limit), count_(count) {}

  // Waits for all tasks.
  ~BoundedTasks();
  BoundedTasks(const BoundedTasks&) = delete;
  BoundedTasks& operator=(const BoundedTasks&) = delete;

  // Blocks until another task may be added. Call it before making what the
  // task will hold.
  void AwaitRoom();

  // Runs `task`, which must not throw, on another thread.
  void Add(std::function<void()> task);

  // Waits until every task has ended.
  void Finish();

 private:
  void RunTasks();
  void Hold(int tasks) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const int limit_;
  Gauge* const count_;
  Mutex mutex_;
  Condition changed_;
  std::deque<std::function<void()>> waiting_ ABSL_GUARDED_BY(mutex_);
  int held_ ABSL_GUARDED_BY(mutex_) = 0;  // waiting and running
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;  // of the calling thread
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_BOUNDED_TASKS_H_
