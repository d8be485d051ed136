#include "server/gate/gate.h"

#include "detector/base/error.h"

namespace burntin {

namespace {

absl::Status Draining() {
  return Error(Reason::kServerDraining,
               "The server is shutting down. Try again on another one.");
}

}  // namespace

absl::Status Gate::TooManyRequests() {
  return Error(Reason::kTooManyRequests,
               "The server runs as many calls as it may. Send fewer at a "
               "time, or raise server.max_calls.");
}

absl::StatusOr<Gate::Pass> Gate::Enter() {
  const std::lock_guard lock(mutex_);
  if (state_ == State::kStarting) {
    return Error(Reason::kServerStarting,
                 "The server is still loading its models. Try again when its "
                 "health service says SERVING.");
  }
  if (state_ == State::kClosed) return Draining();
  if (calls_ >= max_calls_) return TooManyRequests();
  ++calls_;
  return Pass(this);
}

absl::Status Gate::CheckNotClosed() {
  const std::lock_guard lock(mutex_);
  return state_ == State::kClosed ? Draining() : absl::OkStatus();
}

void Gate::Open() {
  const std::lock_guard lock(mutex_);
  if (state_ == State::kStarting) state_ = State::kOpen;
}

void Gate::Close() {
  const std::lock_guard lock(mutex_);
  state_ = State::kClosed;
}

bool Gate::WaitUntilIdle(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return idle_.wait_for(lock, timeout, [&] { return calls_ == 0; });
}

bool Gate::is_open() {
  const std::lock_guard lock(mutex_);
  return state_ == State::kOpen;
}

int Gate::calls() {
  const std::lock_guard lock(mutex_);
  return calls_;
}

void Gate::LeaveOnce() {
  const std::lock_guard lock(mutex_);
  if (--calls_ == 0) idle_.notify_all();
}

}  // namespace burntin
