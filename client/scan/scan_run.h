// scan: answers for a list of files and tells everybody who listens. This
// header: the run itself, for which the inspector and the outputs are passed
// in.
#ifndef BURNTIN_CLIENT_SCAN_SCAN_RUN_H_
#define BURNTIN_CLIENT_SCAN_SCAN_RUN_H_

#include <vector>

#include "absl/status/status.h"
#include "client/inspect/inspector.h"
#include "client/output/event_sink.h"
#include "client/output/progress_meter.h"
#include "client/walk/walk.h"

namespace burntin {

// Owned by the caller.
struct ScanParts {
  Inspector* inspector = nullptr;
  std::vector<EventSink*> sinks;      // each gets all events
  ProgressMeter* progress = nullptr;  // may be null: nobody waits
  // The results go to the terminal that shows the progress, so that a bar has
  // to make room for them.
  bool results_share_terminal = false;
};

struct ScanOutcome {
  ScanSummary summary;
  // Not OK when the scan itself failed. Every file has an answer even then.
  absl::Status status;
};

// Inspects `walk.files`, hands each report on in the order of the walk as soon
// as those before it are there, then one session for each study, then the
// summary.
ScanOutcome RunScan(const WalkResult& walk, const ScanParts& parts);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_SCAN_SCAN_RUN_H_
