// Does what decisions leave to be done, one after another.
#ifndef BURNTIN_SERVER_DAEMON_FOLLOW_UP_QUEUE_H_
#define BURNTIN_SERVER_DAEMON_FOLLOW_UP_QUEUE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "detector/base/mutex.h"
#include "server/decision/follow_up.h"
#include "server/log/log.h"

namespace burntin {

// Lives in memory: what is left when the process ends is done when the session
// is next decided.
class FollowUpQueue final : public FollowUp {
 public:
  struct Actions {
    std::function<absl::Status(const std::string& case_id)> release_cleared;
    // Empty: reports are not stored.
    std::function<absl::Status(const SessionReport& report)> store_report;
    // Called when there is something to do. May be empty.
    std::function<void()> wake;
  };

  // The log outlives the queue.
  FollowUpQueue(Actions actions, Log* log)
      : actions_(std::move(actions)), log_(log) {}

  void ReleaseCleared(const std::string& case_id) override;
  bool StoresReports() const override {
    return static_cast<bool>(actions_.store_report);
  }
  // A later report on the same decision replaces the earlier one.
  void StoreReport(SessionReport report) override;

  // Does all there is, reports first. What fails because XNAT or the ledger
  // does not answer is left for the next call; so is the rest once `stopped`
  // says so. For one thread at a time.
  void Run(const std::function<bool()>& stopped);

 private:
  struct Waiting {
    // Large, and not copied.
    std::shared_ptr<const SessionReport> report;
    int tries = 0;
  };

  void RunReports(const std::function<bool()>& stopped);
  void RunReleases(const std::function<bool()>& stopped);
  void LogEnd(const char* event, const std::string& name,
              const absl::Status& end);
  void Wake();

  const Actions actions_;
  Log* const log_;
  Mutex mutex_;
  std::map<std::string, int> releases_ ABSL_GUARDED_BY(mutex_);  // tries
  std::map<std::string, Waiting> reports_ ABSL_GUARDED_BY(mutex_);
  int64_t report_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_FOLLOW_UP_QUEUE_H_
