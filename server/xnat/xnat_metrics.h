// Counts requests to XNAT.
#ifndef BURNTIN_SERVER_XNAT_XNAT_METRICS_H_
#define BURNTIN_SERVER_XNAT_XNAT_METRICS_H_

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "server/metrics/metric_registry.h"

namespace burntin {

// Any number of threads may call at the same time.
class XnatMetrics {
 public:
  // All metrics begin with 0. Does not own the registry, which outlives it.
  explicit XnatMetrics(MetricRegistry* registry);

  // A request was answered with this HTTP status, or, if it is 0, with none.
  void Count(std::string_view method, int status, double seconds) const;

 private:
  // By what the answer means.
  struct Outcomes {
    Counter* success;
    Counter* redirect;
    Counter* client_error;
    Counter* server_error;
    Counter* unreachable;
  };

  static Outcomes MakeOutcomes(const std::string& method,
                               MetricRegistry* registry);

  std::map<std::string, Outcomes, std::less<>> methods_;
  Outcomes other_;
  Histogram* seconds_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_XNAT_XNAT_METRICS_H_
