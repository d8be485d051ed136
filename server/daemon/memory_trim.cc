#include "server/daemon/memory_trim.h"

#include <malloc.h>

#include <utility>

namespace burntin {

void GiveFreedMemoryBack() { malloc_trim(/*pad=*/0); }

MemoryTrim::MemoryTrim(std::chrono::milliseconds period,
                       std::function<void()> trim)
    : period_(period), trim_(std::move(trim)), thread_([this] { Run(); }) {}

MemoryTrim::~MemoryTrim() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void MemoryTrim::Run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, period_, [this] { return stopped_; })) {
    lock.unlock();
    trim_();
    lock.lock();
  }
}

}  // namespace burntin
