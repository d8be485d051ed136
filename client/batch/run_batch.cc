#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "client/batch/batch.h"
#include "client/batch/failure.h"
#include "client/batch/part_log.h"
#include "client/batch/part_run.h"
#include "client/batch/plan.h"
#include "client/batch/shard.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr std::chrono::milliseconds kTickPeriod(100);

// A progress meter that several threads use.
class SharedProgress {
 public:
  explicit SharedProgress(std::unique_ptr<ProgressMeter> meter)
      : meter_(std::move(meter)),
        ticker_([this](const std::stop_token& stop) { Tick(stop); }) {}

  ~SharedProgress() {
    ticker_.request_stop();
    ticker_.join();
    if (meter_) meter_->Hide();
  }
  SharedProgress(const SharedProgress&) = delete;
  SharedProgress& operator=(const SharedProgress&) = delete;

  void Add(int64_t bytes) {
    const std::lock_guard lock(mutex_);
    if (meter_) meter_->Add(bytes);
  }

 private:
  void Tick(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      if (meter_) meter_->Tick();
      ticks_.wait_for(lock, stop, kTickPeriod, [] { return false; });
    }
  }

  std::mutex mutex_;
  std::condition_variable_any ticks_;
  const std::unique_ptr<ProgressMeter> meter_;  // guarded by mutex_
  std::jthread ticker_;
};

struct Work {
  std::vector<int64_t> parts;  // that are not done
  int64_t instances = 0;       // to ask for
  int64_t bytes = 0;
  int64_t instances_in_all = 0;  // of the shard
};

class Run {
 public:
  Run(const BatchRunArguments& arguments, const BatchEnvironment& environment)
      : arguments_(arguments), environment_(environment) {
    options_.attempts = arguments.attempts;
    options_.retry_given_up = arguments.retry_given_up;
  }

  absl::Status Go() {
    ASSIGN_OR_RETURN(shard_, ParseShard(arguments_.shard));
    ASSIGN_OR_RETURN(plan_, ReadPlan(arguments_.batch));
    RETURN_IF_ERROR(FindWork());
    Tell(fmt::format("shard {}: {} instances, {} answered already\n",
                     arguments_.shard, work_.instances_in_all,
                     work_.instances_in_all - work_.instances));
    if (!work_.parts.empty()) RETURN_IF_ERROR(DoWork());
    return TellEnd();
  }

 private:
  void Tell(const std::string& words) {
    if (arguments_.inspection.quiet) return;
    *environment_.err << words << std::flush;
  }

  absl::Status FindWork() {
    for (int64_t part = shard_.index; part < plan_.parts();
         part += shard_.count) {
      work_.instances_in_all += plan_.SizeOf(part);
      ASSIGN_OR_RETURN(const PartCounts counts,
                       CountPart(arguments_.batch, plan_, part));
      if (counts.answered == plan_.SizeOf(part) &&
          (counts.given_up == 0 || !options_.retry_given_up)) {
        continue;
      }
      RETURN_IF_ERROR(AddWork(part));
    }
    return absl::OkStatus();
  }

  absl::Status AddWork(int64_t part) {
    work_.parts.push_back(part);
    ASSIGN_OR_RETURN(const std::string bytes,
                     ReadPartLog(arguments_.batch, part));
    ASSIGN_OR_RETURN(const PartState state, ReadPartState(bytes, plan_, part));
    ASSIGN_OR_RETURN(const std::vector<FoundFile> files,
                     ReadPart(arguments_.batch, plan_, part));
    for (const size_t instance : InstancesToAsk(state, options_)) {
      ++work_.instances;
      work_.bytes += files[instance].bytes;
    }
    return absl::OkStatus();
  }

  std::unique_ptr<ProgressMeter> MakeMeter() const {
    if (arguments_.inspection.quiet) return nullptr;
    return std::make_unique<ProgressMeter>(
        environment_.err,
        ProgressOptions{.terminal = environment_.err_is_terminal,
                        .columns = environment_.err_columns,
                        .files_total = work_.instances,
                        .bytes_total = work_.bytes},
        environment_.clock);
  }

  absl::Status DoWork() {
    ASSIGN_OR_RETURN(const std::unique_ptr<Inspector> inspector,
                     environment_.make_inspector(arguments_.inspection));
    SharedProgress progress(MakeMeter());
    for (const int64_t part : work_.parts) {
      ASSIGN_OR_RETURN(const std::unique_ptr<PartLog> log,
                       PartLog::Open(arguments_.batch, plan_, part));
      ASSIGN_OR_RETURN(const std::vector<FoundFile> files,
                       ReadPart(arguments_.batch, plan_, part));
      RETURN_IF_ERROR(RunPart(files, options_,
                              {inspector.get(), log.get(),
                               [&](int64_t bytes) { progress.Add(bytes); }}));
    }
    return absl::OkStatus();
  }

  absl::Status TellEnd() {
    int64_t given_up = 0;
    for (int64_t part = shard_.index; part < plan_.parts();
         part += shard_.count) {
      ASSIGN_OR_RETURN(const PartCounts counts,
                       CountPart(arguments_.batch, plan_, part));
      given_up += counts.given_up;
    }
    Tell(fmt::format(
        "shard {}: {} instances answered, of which {} given up "
        "after {} attempts\n",
        arguments_.shard, work_.instances_in_all, given_up, options_.attempts));
    if (given_up > 0) {
      Tell(
          "burntin batch status --given-up names them; run with "
          "--retry-given-up asks for them again.\n");
    }
    return absl::OkStatus();
  }

  const BatchRunArguments& arguments_;
  const BatchEnvironment& environment_;
  PartRunOptions options_;
  Shard shard_;
  Plan plan_;
  Work work_;
};

}  // namespace

int RunBatch(const BatchRunArguments& arguments,
             const BatchEnvironment& environment) {
  const absl::Status status = Run(arguments, environment).Go();
  return status.ok() ? kBatchDone : FailBatch(status, environment.err);
}

}  // namespace burntin
