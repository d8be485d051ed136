#include "server/detection/bounded_tasks.h"

#include <utility>

namespace burntin {

BoundedTasks::~BoundedTasks() {
  {
    MutexLock lock(&mutex_);
    stopped_ = true;
    changed_.NotifyAll();
  }
  for (std::thread& thread : threads_) thread.join();
}

void BoundedTasks::AwaitRoom() {
  MutexLock lock(&mutex_);
  while (held_ >= limit_) changed_.Wait(&mutex_);
}

void BoundedTasks::Add(std::function<void()> task) {
  AwaitRoom();
  MutexLock lock(&mutex_);
  Hold(1);
  if (held_ > static_cast<int>(threads_.size())) {
    threads_.emplace_back([this] { RunTasks(); });
  }
  waiting_.push_back(std::move(task));
  changed_.NotifyAll();
}

void BoundedTasks::Finish() {
  MutexLock lock(&mutex_);
  while (held_ > 0) changed_.Wait(&mutex_);
}

void BoundedTasks::Hold(int tasks) {
  held_ += tasks;
  if (count_ != nullptr) count_->Add(tasks);
}

void BoundedTasks::RunTasks() {
  MutexLock lock(&mutex_);
  while (true) {
    while (waiting_.empty() && !stopped_) changed_.Wait(&mutex_);
    if (waiting_.empty()) return;
    std::function<void()> task = std::move(waiting_.front());
    waiting_.pop_front();
    mutex_.Unlock();
    task();
    task = nullptr;  // what it holds is freed before the room is given away
    mutex_.Lock();
    Hold(-1);
    changed_.NotifyAll();
  }
}

}  // namespace burntin
