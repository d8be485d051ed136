// What stands behind a MetricRegistry. Private to server/metrics.
#ifndef BURNTIN_SERVER_METRICS_REGISTRY_PARTS_H_
#define BURNTIN_SERVER_METRICS_REGISTRY_PARTS_H_

#include <prometheus/collectable.h>
#include <prometheus/registry.h>

#include <memory>
#include <vector>

#include "detector/base/mutex.h"
#include "server/metrics/metric_registry.h"

namespace burntin {

// The sources as the library sees them.
class SampledMetrics final : public prometheus::Collectable {
 public:
  void Add(MetricSource source);
  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  mutable Mutex mutex_;
  std::vector<MetricSource> sources_ ABSL_GUARDED_BY(mutex_);
};

struct MetricRegistry::Parts {
  std::shared_ptr<prometheus::Registry> registry =
      std::make_shared<prometheus::Registry>();
  std::shared_ptr<SampledMetrics> sampled = std::make_shared<SampledMetrics>();
  // What was handed out.
  Mutex mutex;
  std::vector<std::unique_ptr<Counter>> counters ABSL_GUARDED_BY(mutex);
  std::vector<std::unique_ptr<Gauge>> gauges ABSL_GUARDED_BY(mutex);
  std::vector<std::unique_ptr<Histogram>> histograms ABSL_GUARDED_BY(mutex);
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_METRICS_REGISTRY_PARTS_H_
