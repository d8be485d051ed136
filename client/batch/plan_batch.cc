#include <fmt/format.h>

#include <chrono>
#include <fstream>

#include "client/batch/batch.h"
#include "client/batch/failure.h"
#include "client/batch/plan.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr std::chrono::seconds kTellPeriod(5);

absl::StatusOr<std::vector<std::string>> PathsOf(
    const BatchPlanArguments& arguments) {
  std::vector<std::string> paths = arguments.paths;
  if (arguments.list_file.empty()) return paths;
  std::ifstream list(arguments.list_file, std::ios::binary);
  for (std::string line; std::getline(list, line);) {
    if (!line.empty()) paths.push_back(line);
  }
  if (list.eof()) return paths;
  return Error(
      Reason::kInvalidArgument,
      arguments.list_file + " cannot be read. Check its path and permissions.");
}

absl::StatusOr<Plan> Run(const BatchPlanArguments& arguments,
                         const BatchEnvironment& environment) {
  ASSIGN_OR_RETURN(const std::vector<std::string> paths, PathsOf(arguments));
  if (paths.empty()) {
    return Error(Reason::kInvalidArgument,
                 "There is nothing to plan. Name files or folders, or a list "
                 "of them by --list.");
  }
  auto told = environment.clock();
  const auto tell = [&](int64_t planned) {
    const auto now = environment.clock();
    if (arguments.quiet || now - told < kTellPeriod) return;
    told = now;
    *environment.err << "planned: " << planned << " instances\n" << std::flush;
  };
  return WritePlan(arguments.batch, paths, arguments.part_size,
                   environment.looks_like_dicom, tell);
}

}  // namespace

int PlanBatch(const BatchPlanArguments& arguments,
              const BatchEnvironment& environment) {
  const absl::StatusOr<Plan> plan = Run(arguments, environment);
  if (!plan.ok()) return FailBatch(plan.status(), environment.err);
  if (!arguments.quiet) {
    *environment.err << fmt::format(
                            "planned: {} instances ({} bytes) in {} parts; {} "
                            "files skipped, not DICOM\n",
                            plan->instances, plan->bytes, plan->parts(),
                            plan->skipped)
                     << std::flush;
  }
  return kBatchDone;
}

}  // namespace burntin
