// How many cases wait, for metrics.
#ifndef BURNTIN_SERVER_DAEMON_CASE_COUNT_H_
#define BURNTIN_SERVER_DAEMON_CASE_COUNT_H_

#include <chrono>
#include <optional>

#include "detector/base/mutex.h"
#include "server/ledger/ledger.h"
#include "server/metrics/metric_registry.h"

namespace burntin {

// Asks the ledger once in a while, because that takes the longer the more cases
// are open. Any number of threads may call.
class CaseCount {
 public:
  // Does not own the ledger, which outlives it.
  CaseCount(Ledger* ledger, std::chrono::milliseconds interval)
      : ledger_(ledger), interval_(interval) {}

  // Counts, unless a count began less than the interval ago.
  void Poll(std::chrono::steady_clock::time_point now);

  // What the last count found; no samples before it, or if it failed.
  SampledMetric Measure();

 private:
  bool IsDue(std::chrono::steady_clock::time_point now);

  Ledger* const ledger_;
  const std::chrono::milliseconds interval_;
  Mutex mutex_;
  std::optional<std::chrono::steady_clock::time_point> begun_
      ABSL_GUARDED_BY(mutex_);
  std::optional<OpenCases> open_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DAEMON_CASE_COUNT_H_
