// Does what decisions leave to be done, one after another.
#ifndef BURNTIN_SERVER_DAEMON_FOLLOW_UP_QUEUE_H_
#define BURNTIN_SERVER_DAEMON_FOLLOW_UP_QUEUE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "detector/base/mutex.h"
#include "server/decision/follow_up.h"
#include "server/log/log.h"
#include "server/metrics/metric_registry.h"
#include "server/trace/call_trace.h"

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

  // The log outlives the queue, and so does `registry`, which, if it is not
  // null, counts what was done and what waits.
  FollowUpQueue(Actions actions, Log* log, MetricRegistry* registry = nullptr);

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

  // What waits, for metrics.
  std::vector<SampledMetric> Measure();

 private:
  struct WaitingReport {
    // Large, and not copied.
    std::shared_ptr<const SessionReport> report;
    CallTracePtr trace;  // of the call that decided
    int tries = 0;
  };
  struct WaitingRelease {
    CallTracePtr trace;
    int tries = 0;
    int64_t number = 0;  // of the call that asked for it
  };
  // Of one kind of work.
  struct Outcomes {
    Counter* done = nullptr;
    Counter* put_off = nullptr;
    Counter* failed = nullptr;
  };

  void RunReports(const std::function<bool()>& stopped);
  void RunReleases(const std::function<bool()>& stopped);
  void LogEnd(const char* event, const std::string& name,
              const absl::Status& end);
  static Outcomes MakeOutcomes(const char* kind, MetricRegistry* registry);
  // Whether it is left for the next call.
  static bool Book(const Outcomes& outcomes, const absl::Status& end,
                   int* tries);
  void Wake();

  const Actions actions_;
  Log* const log_;
  Outcomes release_outcomes_;
  Outcomes report_outcomes_;
  Mutex mutex_;
  std::map<std::string, WaitingRelease> releases_ ABSL_GUARDED_BY(mutex_);
  int64_t releases_asked_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, WaitingReport> reports_ ABSL_GUARDED_BY(mutex_);
  int64_t report_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_FOLLOW_UP_QUEUE_H_
