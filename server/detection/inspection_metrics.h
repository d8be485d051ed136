// Counts objects: what was said about them, why not, and where the time went.
#ifndef BURNTIN_SERVER_DETECTION_INSPECTION_METRICS_H_
#define BURNTIN_SERVER_DETECTION_INSPECTION_METRICS_H_

#include <array>
#include <map>
#include <string>
#include <vector>

#include "detector/report.h"
#include "server/metrics/metric_registry.h"

namespace burntin {

// Any number of threads may call at the same time.
class InspectionMetrics {
 public:
  // `transfer_syntaxes`: a name for each UID that is counted by itself; all
  // others are "other". All metrics begin with 0. Does not own the registry,
  // which outlives it.
  InspectionMetrics(const std::map<std::string, std::string>& transfer_syntaxes,
                    MetricRegistry* registry);

  // An object got this report. One from the cache adds no frames, pixels and
  // times.
  void Count(const InstanceReport& report) const;

  // Objects of streams that are held, and the most that those streams may hold.
  Gauge* stream_objects() const { return stream_objects_; }
  Gauge* stream_capacity() const { return stream_capacity_; }

 private:
  struct Stage {
    double Timings::*milliseconds;
    Histogram* seconds;
  };

  void AddTimes(MetricRegistry* registry);
  void CountIndeterminate(const InstanceReport& report) const;
  void CountTimings(const Timings& timings) const;

  std::array<Counter*, 4> verdicts_;  // by the number of the verdict
  std::map<Reason, Counter*> indeterminate_;
  Counter* other_indeterminate_;
  std::map<std::string, Counter*> decode_failures_;  // by UID
  Counter* other_decode_failures_;
  Counter* frames_;
  Counter* pixels_;
  Histogram* seconds_;
  std::vector<Stage> stages_;
  Gauge* stream_objects_;
  Gauge* stream_capacity_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_INSPECTION_METRICS_H_
