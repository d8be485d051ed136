#include "server/upload/byte_budget.h"

#include <algorithm>
#include <chrono>

namespace burntin {
namespace {

constexpr std::chrono::milliseconds kAskPeriod{100};

}  // namespace

std::optional<ByteBudget::Lease> ByteBudget::Take(
    int64_t bytes, const std::function<bool()>& cancelled) {
  const int64_t wanted_bytes = std::min(bytes, total_bytes_);
  std::unique_lock lock(mutex_);
  const uint64_t ticket = ++last_ticket_;
  waiting_.insert(ticket);
  const auto is_free = [&] {
    return *waiting_.begin() == ticket &&
           wanted_bytes <= total_bytes_ - taken_bytes_;
  };
  bool given_up = false;
  while (!is_free() && !given_up) {
    changed_.wait_for(lock, kAskPeriod);
    lock.unlock();
    given_up = cancelled();
    lock.lock();
  }
  waiting_.erase(ticket);
  changed_.notify_all();
  if (given_up) return std::nullopt;
  taken_bytes_ += wanted_bytes;
  return Lease(this, wanted_bytes);
}

void ByteBudget::Give(int64_t bytes) {
  const std::lock_guard lock(mutex_);
  taken_bytes_ -= bytes;
  changed_.notify_all();
}

int64_t ByteBudget::taken_bytes() {
  const std::lock_guard lock(mutex_);
  return taken_bytes_;
}

int ByteBudget::waiting() {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(waiting_.size());
}

}  // namespace burntin
