#include "benchmarks/bench/together.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "detector/base/names.h"
#include "detector/base/runner.h"
#include "detector/base/status_macros.h"

namespace burntin::bench {
namespace {

using Clock = std::chrono::steady_clock;

void Add(const InstanceReport& report, TogetherAnswer* answer) {
  answer->frames += report.frames_inspected;
  ++answer->verdicts[std::string(VerdictName(report.verdict))];
  answer->stages_ms["decode"] += report.timings.decode_ms;
  answer->stages_ms["candidates"] += report.timings.candidates_ms;
  answer->stages_ms["detect"] += report.timings.detect_ms;
  answer->stages_ms["recognize"] += report.timings.recognize_ms;
  answer->stages_ms["match"] += report.timings.match_ms;
}

// Each file's report in its own slot, which needs no lock.
std::vector<InstanceReport> InspectAll(Detector* detector,
                                       const TogetherTask& task) {
  std::vector<InstanceReport> reports(task.paths.size());
  std::atomic<size_t> next = 0;
  const auto inspect = [&] {
    for (size_t i = next++; i < reports.size(); i = next++) {
      reports[i] = detector->Inspect(task.paths[i], InspectOptions());
    }
  };
  std::vector<std::jthread> callers;
  for (int i = 0; i < std::max(1, task.in_flight); ++i) {
    callers.emplace_back(inspect);
  }
  callers.clear();  // joins
  return reports;
}

}  // namespace

absl::StatusOr<TogetherAnswer> InspectTogether(const Engines& engines,
                                               const TogetherTask& task) {
  DetectorOptions options = MakeDetectorOptions(engines, Way::kUsual);
  if (task.isolated) {
    ASSIGN_OR_RETURN(options.decoder,
                     MakeDecoder({.program = DecoderBesideThisProgram()}));
  }
  const std::unique_ptr<Runner> runner = MakeThreadPoolRunner(task.workers);
  ASSIGN_OR_RETURN(const std::unique_ptr<Detector> detector,
                   Detector::Create(options, runner.get()));
  TogetherTask warm_up = task;
  // Each worker loads its own networks' state when it is first asked.
  warm_up.paths.assign(static_cast<size_t>(2 * task.workers), task.warm_up);
  InspectAll(detector.get(), warm_up);
  TogetherAnswer answer;
  const Clock::time_point start = Clock::now();
  const std::vector<InstanceReport> reports = InspectAll(detector.get(), task);
  answer.wall_ms =
      std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  for (const InstanceReport& report : reports) Add(report, &answer);
  return answer;
}

}  // namespace burntin::bench
