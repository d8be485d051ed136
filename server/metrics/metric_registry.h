// metrics: numbers about the running server, for Prometheus to collect.
//
// Names follow Prometheus' rules: base units (seconds, bytes), `_total` for
// what only grows. A label's values come from a closed set that this program
// knows: names of methods, codes, reasons, models. Never what a caller or an
// object says, which could identify a person and have no end.
#ifndef BURNTIN_SERVER_METRICS_METRIC_REGISTRY_H_
#define BURNTIN_SERVER_METRICS_METRIC_REGISTRY_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace burntin {

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

// What a metric is called, and one sentence that says what it counts.
struct MetricName {
  std::string name;
  std::string help;
};

// Grows only. Any number of threads may add at the same time, at the price of
// an atomic addition.
class Counter {
 public:
  virtual ~Counter() = default;
  // `amount` >= 0.
  virtual void Add(double amount) = 0;
  void Increment() { Add(1); }
};

// Goes up and down. Threads as for Counter.
class Gauge {
 public:
  virtual ~Gauge() = default;
  virtual void Add(double amount) = 0;
};

// Counts values by size. Any number of threads may observe at the same time.
class Histogram {
 public:
  virtual ~Histogram() = default;
  virtual void Observe(double value) = 0;
};

// What is read when it is collected.
struct MetricSample {
  MetricLabels labels;
  double value = 0;
};
enum class MetricKind { kCounter, kGauge };
struct SampledMetric {
  MetricName name;
  MetricKind kind = MetricKind::kGauge;
  std::vector<MetricSample> samples;  // may be empty: nothing is known now
};
using MetricSource = std::function<std::vector<SampledMetric>()>;

// All metrics of a process. What it hands out lives as long as it does and is
// not to be deleted; any number of threads may call at the same time.
class MetricRegistry {
 public:
  MetricRegistry();
  ~MetricRegistry();
  MetricRegistry(const MetricRegistry&) = delete;
  MetricRegistry& operator=(const MetricRegistry&) = delete;

  // From now on the metric is collected with these labels, beginning with 0.
  // Of one name all have the same help and the same labels' names, and no two
  // the same labels' values.
  Counter* AddCounter(const MetricName& name, const MetricLabels& labels = {});
  Gauge* AddGauge(const MetricName& name, const MetricLabels& labels = {});
  // `upper_bounds` of the buckets ascend; one without an end is added.
  Histogram* AddHistogram(const MetricName& name, const MetricLabels& labels,
                          const std::vector<double>& upper_bounds);

  // `source` is asked at each collection, by any thread, one at a time. What it
  // uses outlives the registry, or the last collection. One that throws is left
  // out of this collection, and nothing else is.
  void AddSource(MetricSource source);

  // Everything, in Prometheus' text format.
  std::string Text() const;

 private:
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

// Bounds for what takes from milliseconds to half an hour.
std::vector<double> SecondsBuckets();

}  // namespace burntin

#endif  // BURNTIN_SERVER_METRICS_METRIC_REGISTRY_H_
