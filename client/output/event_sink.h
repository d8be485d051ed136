// output: what a scan shows, and where. This header: the receiver of events.
#ifndef BURNTIN_CLIENT_OUTPUT_EVENT_SINK_H_
#define BURNTIN_CLIENT_OUTPUT_EVENT_SINK_H_

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "burntin/v1/report.pb.h"
#include "client/walk/walk.h"

namespace burntin {

// A whole scan in figures.
struct ScanSummary {
  v1::VerdictCounts counts;
  int64_t frames = 0;  // that were inspected
  size_t skipped = 0;  // files that are not DICOM
  int64_t bytes = 0;   // of all files that were answered
  std::chrono::duration<double> duration = {};
  bool complete = true;  // false: the scan failed before it had asked for all

  int64_t held() const {
    return int64_t{counts.review()} + counts.identifying() +
           counts.indeterminate();
  }
  int64_t total() const { return held() + counts.clear(); }
};

// Takes the events of one scan: every instance in the order of the walk, then
// every session, then the summary. One call at a time. An error says that
// the output could not be written, which fails the scan.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual absl::Status Instance(const FoundFile& file,
                                const v1::InstanceReport& report) = 0;
  virtual absl::Status Session(const v1::SessionReport& report) = 0;
  virtual absl::Status Finish(const ScanSummary& summary) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_OUTPUT_EVENT_SINK_H_
