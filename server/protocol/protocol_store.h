// protocol: the protocol that decides now, read again whenever its file has
// changed.
#ifndef BURNTIN_SERVER_PROTOCOL_PROTOCOL_STORE_H_
#define BURNTIN_SERVER_PROTOCOL_PROTOCOL_STORE_H_

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "detector/base/mutex.h"
#include "server/log/log.h"
#include "server/routing/protocol.h"

namespace burntin {

struct ProtocolSnapshot {
  std::shared_ptr<const Protocol> protocol;  // null: quarantine everything
  std::string sha256;                        // of its file; empty if null
  // What the file is now is not what `protocol` was read from: the last good
  // one stays while the file is broken or cannot be read.
  bool outdated = false;
  std::string trouble;  // what is wrong with the file, by line; empty: nothing
};

struct ProtocolFileOptions {
  std::string path;  // empty: there is none
  ProtocolSite site;
  std::chrono::milliseconds poll_interval = std::chrono::seconds(5);
};

// A new content counts once two looks in a row have seen it, so that a file
// that is being written is not taken by half; the first look takes what is
// there. Where there is no file there is no protocol, whatever was there
// before: to delete it is how an admin stops all that goes out. Any number of
// threads may call.
class ProtocolStore {
 public:
  // Does not look yet. `log` outlives the store.
  ProtocolStore(ProtocolFileOptions options, Log* log);

  // Looks at the file, unless that was done less than the interval ago.
  void Poll(std::chrono::steady_clock::time_point now);

  std::shared_ptr<const ProtocolSnapshot> Current() const;

 private:
  // What a look finds, but for the text.
  struct Sight {
    enum class State { kMissing, kUnreadable, kRead };
    State state = State::kMissing;
    std::string sha256;

    friend bool operator==(const Sight&, const Sight&) = default;
  };
  struct Look {
    Sight sight;
    std::string text;
  };

  static Look LookAt(const std::string& path);
  void Take(const Look& look);
  void TakeText(const Look& look);
  void KeepLast(std::string trouble);
  void Publish(ProtocolSnapshot snapshot);

  const ProtocolFileOptions options_;
  Log* const log_;
  Mutex poll_mutex_;  // one look at a time
  std::optional<std::chrono::steady_clock::time_point> looked_
      ABSL_GUARDED_BY(poll_mutex_);
  std::optional<Sight> seen_ ABSL_GUARDED_BY(poll_mutex_);   // by the last look
  std::optional<Sight> taken_ ABSL_GUARDED_BY(poll_mutex_);  // last acted upon
  mutable Mutex mutex_;
  std::shared_ptr<const ProtocolSnapshot> current_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_PROTOCOL_PROTOCOL_STORE_H_
