#include "server/metrics/metric_registry.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>

#include "detector/base/mutex.h"

namespace burntin {
namespace {

class LibraryCounter final : public Counter {
 public:
  explicit LibraryCounter(prometheus::Counter* counter) : counter_(counter) {}
  void Add(double amount) override { counter_->Increment(amount); }

 private:
  prometheus::Counter* const counter_;
};

class LibraryGauge final : public Gauge {
 public:
  explicit LibraryGauge(prometheus::Gauge* gauge) : gauge_(gauge) {}
  void Add(double amount) override { gauge_->Increment(amount); }

 private:
  prometheus::Gauge* const gauge_;
};

class LibraryHistogram final : public Histogram {
 public:
  explicit LibraryHistogram(prometheus::Histogram* histogram)
      : histogram_(histogram) {}
  void Observe(double value) override { histogram_->Observe(value); }

 private:
  prometheus::Histogram* const histogram_;
};

prometheus::Labels ToLibrary(const MetricLabels& labels) {
  return {labels.begin(), labels.end()};
}

prometheus::ClientMetric ToLibrary(const MetricSample& sample,
                                   MetricKind kind) {
  prometheus::ClientMetric metric;
  for (const auto& [name, value] : sample.labels) {
    metric.label.push_back({name, value});
  }
  if (kind == MetricKind::kCounter) {
    metric.counter.value = sample.value;
  } else {
    metric.gauge.value = sample.value;
  }
  return metric;
}

prometheus::MetricFamily ToLibrary(const SampledMetric& sampled) {
  prometheus::MetricFamily family;
  family.name = sampled.name.name;
  family.help = sampled.name.help;
  family.type = sampled.kind == MetricKind::kCounter
                    ? prometheus::MetricType::Counter
                    : prometheus::MetricType::Gauge;
  for (const MetricSample& sample : sampled.samples) {
    family.metric.push_back(ToLibrary(sample, sampled.kind));
  }
  return family;
}

// Keeps what the library made and answers it.
template <typename Wrapper, typename Made, typename Kept>
Wrapper* Keep(Made* made, Mutex* mutex, std::vector<Kept>* kept) {
  auto wrapper = std::make_unique<Wrapper>(made);
  Wrapper* const answer = wrapper.get();
  const MutexLock lock(mutex);
  kept->push_back(std::move(wrapper));
  return answer;
}

// Where a source throws, its metrics are missing, and the others are not.
void Append(const MetricSource& source,
            std::vector<prometheus::MetricFamily>* families) {
  std::vector<SampledMetric> metrics;
  try {
    metrics = source();
  } catch (...) {
    return;
  }
  for (const SampledMetric& sampled : metrics) {
    if (!sampled.samples.empty()) families->push_back(ToLibrary(sampled));
  }
}

}  // namespace

struct MetricRegistry::Parts {
  prometheus::Registry registry;
  Mutex sources_mutex;
  std::vector<MetricSource> sources ABSL_GUARDED_BY(sources_mutex);
  // What was handed out.
  Mutex mutex;
  std::vector<std::unique_ptr<Counter>> counters ABSL_GUARDED_BY(mutex);
  std::vector<std::unique_ptr<Gauge>> gauges ABSL_GUARDED_BY(mutex);
  std::vector<std::unique_ptr<Histogram>> histograms ABSL_GUARDED_BY(mutex);
};

MetricRegistry::MetricRegistry() : parts_(std::make_unique<Parts>()) {}

MetricRegistry::~MetricRegistry() = default;

Counter* MetricRegistry::AddCounter(const MetricName& name,
                                    const MetricLabels& labels) {
  prometheus::Counter& made = prometheus::BuildCounter()
                                  .Name(name.name)
                                  .Help(name.help)
                                  .Register(parts_->registry)
                                  .Add(ToLibrary(labels));
  return Keep<LibraryCounter>(&made, &parts_->mutex, &parts_->counters);
}

Gauge* MetricRegistry::AddGauge(const MetricName& name,
                                const MetricLabels& labels) {
  prometheus::Gauge& made = prometheus::BuildGauge()
                                .Name(name.name)
                                .Help(name.help)
                                .Register(parts_->registry)
                                .Add(ToLibrary(labels));
  return Keep<LibraryGauge>(&made, &parts_->mutex, &parts_->gauges);
}

Histogram* MetricRegistry::AddHistogram(
    const MetricName& name, const MetricLabels& labels,
    const std::vector<double>& upper_bounds) {
  prometheus::Histogram& made =
      prometheus::BuildHistogram()
          .Name(name.name)
          .Help(name.help)
          .Register(parts_->registry)
          .Add(ToLibrary(labels),
               prometheus::Histogram::BucketBoundaries(upper_bounds));
  return Keep<LibraryHistogram>(&made, &parts_->mutex, &parts_->histograms);
}

void MetricRegistry::AddSource(MetricSource source) {
  const MutexLock lock(&parts_->sources_mutex);
  parts_->sources.push_back(std::move(source));
}

std::string MetricRegistry::Text() const {
  std::vector<prometheus::MetricFamily> families = parts_->registry.Collect();
  const MutexLock lock(&parts_->sources_mutex);
  for (const MetricSource& source : parts_->sources) {
    Append(source, &families);
  }
  return prometheus::TextSerializer().Serialize(families);
}

std::vector<double> SecondsBuckets() {
  return {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
          2.5,   5,    10,    30,   60,  300,  1800};
}

}  // namespace burntin
