// One call of DetectionService, sent and answered without a thread of its own,
// so that thousands may be under way.
#ifndef BURNTIN_BENCHMARKS_LOAD_CALLS_H_
#define BURNTIN_BENCHMARKS_LOAD_CALLS_H_

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "burntin/v1/detection_service.grpc.pb.h"

namespace burntin {

struct PlannedCall {
  // When it begins, in seconds after the first call could.
  double at_s = 0;
  // The objects' bytes, not owned; they outlive the call. InspectInstance
  // takes exactly one.
  std::vector<const std::string*> objects;
  bool stream = false;  // InspectStream
};

// A report less its timings and whether it came from the cache, which differ
// from run to run.
struct ObjectAnswer {
  v1::Verdict verdict = v1::VERDICT_UNSPECIFIED;
  std::vector<std::string> reasons;  // their codes
  std::string sha256;                // equal for equal reports
};

struct Outcome {
  grpc::Status status;
  // In the objects' order; nothing for those without an answer.
  std::vector<std::optional<ObjectAnswer>> answers;
  // Answers that belong to no object, or to one that was answered before.
  int stray_answers = 0;
};

// Starts `call` and returns at once. `done` is called exactly once, on a thread
// of gRPC; `stub` lives until then.
void StartCall(v1::DetectionService::Stub* stub, const PlannedCall& call,
               std::chrono::system_clock::time_point deadline,
               std::function<void(Outcome)> done);

}  // namespace burntin

#endif  // BURNTIN_BENCHMARKS_LOAD_CALLS_H_
