#include "server/detection/idle_watch.h"

#include <algorithm>

namespace burntin {

IdleWatch::Watched::Watched(IdleWatch* watch, Call* call)
    : watch_(watch), call_(call) {
  const std::lock_guard lock(watch_->mutex_);
  watch_->calls_.insert(call_);
}

IdleWatch::Watched::~Watched() {
  const std::lock_guard lock(watch_->mutex_);
  watch_->calls_.erase(call_);
}

IdleWatch::IdleWatch(std::chrono::milliseconds limit)
    : limit_(limit), thread_([this] { Watch(); }) {}

IdleWatch::~IdleWatch() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void IdleWatch::Watch() {
  const auto period = std::clamp<std::chrono::milliseconds>(
      limit_ / 4, std::chrono::milliseconds(1), std::chrono::seconds(1));
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, period, [&] { return stopped_; })) {
    for (Call* call : calls_) {
      if (call->activity()->IdleFor(limit_)) call->Abandon();
    }
  }
}

}  // namespace burntin
