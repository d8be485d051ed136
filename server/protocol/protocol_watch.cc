#include "server/protocol/protocol_watch.h"

namespace burntin {

ProtocolWatch::ProtocolWatch(ProtocolStore* store,
                             std::chrono::milliseconds interval)
    : store_(store), interval_(interval) {
  store_->Poll(std::chrono::steady_clock::now());
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

void ProtocolWatch::Run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    wake_.wait_for(lock, stop, interval_, [] { return false; });
    if (!stop.stop_requested()) store_->Poll(std::chrono::steady_clock::now());
  }
}

}  // namespace burntin
