// Counts decisions about sessions.
#ifndef BURNTIN_SERVER_DECISION_DECISION_METRICS_H_
#define BURNTIN_SERVER_DECISION_DECISION_METRICS_H_

#include <map>

#include "burntin/v1/routing_service.pb.h"
#include "server/metrics/metric_registry.h"

namespace burntin {

// Any number of threads may call at the same time.
class DecisionMetrics {
 public:
  // All metrics begin with 0. Does not own the registry, which outlives it.
  explicit DecisionMetrics(MetricRegistry* registry);

  // `recorded`: in the ledger.
  void Count(v1::RouteAction action, bool recorded) const;

 private:
  struct Counters {
    Counter* recorded;
    Counter* answered_only;
  };
  std::map<v1::RouteAction, Counters> actions_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DECISION_DECISION_METRICS_H_
