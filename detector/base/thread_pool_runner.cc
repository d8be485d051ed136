#include <algorithm>
#include <list>
#include <thread>
#include <vector>

#include "detector/base/mutex.h"
#include "detector/base/runner.h"

namespace burntin {
namespace {

// One ForEach in progress. Guarded by the pool's mutex.
struct Job {
  Job(const Runner::Task* t, int n) : task(t), count(n) {}

  const Runner::Task* task;
  int count;
  int next = 0;
  int done = 0;
  Condition finished;
};

class ThreadPoolRunner final : public Runner {
 public:
  explicit ThreadPoolRunner(int workers) {
    for (int worker = 0; worker < workers; ++worker) {
      threads_.emplace_back([this, worker] { Work(worker); });
    }
  }

  ~ThreadPoolRunner() override {
    {
      MutexLock lock(&mutex_);
      stopping_ = true;
    }
    work_.NotifyAll();
    for (std::thread& thread : threads_) thread.join();
  }

  int worker_count() const override {
    return static_cast<int>(threads_.size());
  }

  void ForEach(int count, const Task& task) override {
    if (count <= 0) return;
    Job job(&task, count);
    MutexLock lock(&mutex_);
    jobs_.push_back(&job);
    work_.NotifyAll();
    while (job.done < job.count) job.finished.Wait(&mutex_);
  }

 private:
  void Work(int worker) {
    MutexLock lock(&mutex_);
    while (true) {
      while (jobs_.empty() && !stopping_) work_.Wait(&mutex_);
      if (jobs_.empty()) return;
      Job* job = jobs_.front();
      const int index = job->next++;
      jobs_.pop_front();
      // To the back of the queue, so that requests take turns.
      if (job->next < job->count) jobs_.push_back(job);
      mutex_.Unlock();
      (*job->task)(index, worker);
      mutex_.Lock();
      // The job may be gone as soon as its owner sees the last one done.
      if (++job->done == job->count) job->finished.NotifyOne();
    }
  }

  Mutex mutex_;
  Condition work_;
  std::list<Job*> jobs_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace

std::unique_ptr<Runner> MakeThreadPoolRunner(int workers) {
  return std::make_unique<ThreadPoolRunner>(std::max(1, workers));
}

}  // namespace burntin
