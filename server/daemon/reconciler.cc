#include "server/daemon/reconciler.h"

#include <string>

#include "detector/base/error.h"

namespace burntin {

Reconciler::Reconciler(Quarantine* quarantine,
                       std::chrono::milliseconds interval, Log* log)
    : quarantine_(quarantine), interval_(interval), log_(log) {
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

void Reconciler::Run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    Reconcile(stop);
    wake_.wait_for(lock, stop, interval_, [] { return false; });
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
