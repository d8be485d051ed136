// Has a protocol store look at its file, as long as it lives.
#ifndef BURNTIN_SERVER_PROTOCOL_PROTOCOL_WATCH_H_
#define BURNTIN_SERVER_PROTOCOL_PROTOCOL_WATCH_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/protocol/protocol_store.h"

namespace burntin {

class ProtocolWatch {
 public:
  // Polls at once, in the calling thread, and then every `interval` in its own.
  // `store` outlives the watch.
  ProtocolWatch(ProtocolStore* store, std::chrono::milliseconds interval);

 private:
  void Run(const std::stop_token& stop);

  ProtocolStore* const store_;
  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_PROTOCOL_PROTOCOL_WATCH_H_
