#include "server/daemon/reconciler.h"

#include <string>
#include <utility>

#include "detector/base/error.h"

namespace burntin {

Reconciler::Reconciler(Quarantine* quarantine,
                       std::chrono::milliseconds interval, Log* log,
                       std::vector<Chore> chores)
    : quarantine_(quarantine),
      interval_(interval),
      log_(log),
      chores_(std::move(chores)) {
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

void Reconciler::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void Reconciler::Run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    woken_ = false;
    lock.unlock();
    Reconcile(stop);
    for (const Chore& chore : chores_) {
      chore([&] { return stop.stop_requested(); });
    }
    lock.lock();
    wake_.wait_for(lock, stop, interval_, [this] { return woken_; });
  }
}

void Reconciler::Reconcile(const std::stop_token& stop) {
  const absl::StatusOr<int> unknown =
      quarantine_->Reconcile([&] { return stop.stop_requested(); });
  if (!unknown.ok()) {
    const auto reason = ReasonOf(unknown.status());
    log_->Write(
        LogLevel::kError, "reconcile_failed",
        {{"reason",
          std::string(ReasonName(reason.value_or(Reason::kInternalFailure)))}});
  } else if (*unknown > 0) {
    log_->Write(LogLevel::kWarning, "moves_unfinished",
                {{"moves", int64_t{*unknown}}});
  }
}

}  // namespace burntin
