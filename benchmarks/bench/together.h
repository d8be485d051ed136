// How fast a detector with several workers goes through files.
#ifndef BURNTIN_BENCHMARKS_BENCH_TOGETHER_H_
#define BURNTIN_BENCHMARKS_BENCH_TOGETHER_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmarks/bench/method.h"

namespace burntin::bench {

struct TogetherTask {
  // Inspected first and not counted, so that everything is loaded.
  std::string warm_up;
  std::vector<std::string> paths;
  int workers = 1;  // of the detector
  int in_flight =
      1;  // files that are inspected at a time, as `burntin scan` does
  // burntin-decoder, beside this program, decodes; else this process does.
  bool isolated = false;
};

struct TogetherAnswer {
  double wall_ms = 0;
  // CPU milliseconds by stage, over all files, the decoders' included.
  std::map<std::string, double> stages_ms;
  int frames = 0;
  std::map<std::string, int> verdicts;
};

// Inspects all files with a detector of its own, as it is shipped.
absl::StatusOr<TogetherAnswer> InspectTogether(const Engines& engines,
                                               const TogetherTask& task);

}  // namespace burntin::bench

#endif  // BURNTIN_BENCHMARKS_BENCH_TOGETHER_H_
