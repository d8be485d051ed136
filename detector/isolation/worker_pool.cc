#include "detector/isolation/worker_pool.h"

#include <algorithm>
#include <set>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "detector/base/processors.h"
#include "detector/base/status_macros.h"
#include "detector/isolation/decoder_process.h"
#include "detector/isolation/open_file.h"
#include "detector/isolation/steady_thread.h"
#include "detector/isolation/worker.h"

namespace burntin {
namespace {

// The parent's clock ends a request first, unless the parent stands still.
int64_t CpuSeconds(const WorkerPoolOptions& options) {
  const auto longer = std::max(options.open_time, options.plane_time);
  return std::chrono::ceil<std::chrono::seconds>(longer).count() + 1;
}

// Made once, so that it is there when there is no memory to make it.
const absl::Status& NoMemory() {
  static const auto& status = *new absl::Status(
      Error(Reason::kInternalFailure,
            "An answer of a process that decodes could not be taken, "
            "perhaps for want of memory. Look at the object by hand."));
  return status;
}

}  // namespace

// All workers: those that wait, and the ids of those that work as well.
class WorkerPool::Workers {
 public:
  explicit Workers(const WorkerPoolOptions& options)
      : options_(options),
        least_idle_(static_cast<size_t>(UsableProcessors())),
        most_idle_(std::max(
            least_idle_, static_cast<size_t>(std::max(options.most_idle, 0)))) {
    idle_.reserve(most_idle_);
  }

  const WorkerPoolOptions& options() const { return options_; }

  // One that waits for an object; null if none does.
  std::unique_ptr<Worker> Take() {
    while (std::unique_ptr<Worker> worker = TakeIdle()) {
      if (worker->IsReady()) return worker;
      End(std::move(worker));
    }
    return nullptr;
  }

  absl::StatusOr<std::unique_ptr<Worker>> Start() {
    absl::StatusOr<std::unique_ptr<DecoderProcess>> process = NoMemory();
    starter_.Run([&] {
      try {
        process = StartProcess();
      } catch (...) {  // `process` says it
      }
    });
    if (!process.ok()) return process.status();
    auto worker = std::make_unique<Worker>(*std::move(process));
    {
      MutexLock lock(&mutex_);
      ids_.insert(worker->id());
      ++counts_.started;
    }
    const absl::Status greeted = Greet(worker.get());
    if (greeted.ok()) return worker;
    End(std::move(worker));
    return greeted;
  }

  // Keeps the worker for another object, or ends it. Does not throw.
  void GiveBack(std::unique_ptr<Worker> worker) {
    if (MayServeAgain(worker.get())) {
      Keep(std::move(worker));
    } else {
      End(std::move(worker));
    }
  }

  void End(std::unique_ptr<Worker> worker) {
    // One that died while it was idle is not broken, and not ready either.
    const bool crashed = !worker->TimedOut() && !worker->IsReady();
    // First, because another process may have the id afterwards.
    MutexLock lock(&mutex_);
    ids_.erase(worker->id());
    ++(worker->TimedOut() ? counts_.timed_out
       : crashed          ? counts_.crashed
                          : counts_.retired);
  }  // the lock goes before the worker does

  void Keep(std::unique_ptr<Worker> worker) {
    {
      const auto now = std::chrono::steady_clock::now();
      MutexLock lock(&mutex_);
      if (idle_.size() < most_idle_) {
        idle_.push_back({std::move(worker), now});
        return;
      }
    }
    End(std::move(worker));
  }

  void EndIdle() {
    while (std::unique_ptr<Worker> worker = TakeNeedless()) {
      End(std::move(worker));
    }
  }

  std::vector<pid_t> Ids() const {
    MutexLock lock(&mutex_);
    return {ids_.begin(), ids_.end()};
  }

  WorkerCounts Counts() const {
    MutexLock lock(&mutex_);
    WorkerCounts counts = counts_;
    counts.running = static_cast<int>(ids_.size());
    return counts;
  }

  bool confined() const { return confined_; }
  void set_confined(bool confined) { confined_ = confined; }

 private:
  // Whether the worker may be used: it says so, and is as confined as the
  // first.
  absl::Status Greet(Worker* worker) const {
    try {
      RETURN_IF_ERROR(worker->Greet(options_.start_time));
      if (worker->IsConfined() || !confined_) return absl::OkStatus();
      return Error(Reason::kInternalFailure,
                   "A process that decodes could not give up its system "
                   "calls, as others did before. Start this program again.");
    } catch (...) {
      return NoMemory();
    }
  }

  bool MayServeAgain(Worker* worker) const {
    if (worker->IsBroken() ||
        worker->objects() >= options_.objects_per_worker) {
      return false;
    }
    try {
      return worker->Close(options_.open_time).ok();
    } catch (...) {
      return false;
    }
  }

  // The one that has waited longest is the first of `idle_`.
  struct Idle {
    std::unique_ptr<Worker> worker;
    std::chrono::steady_clock::time_point since;
  };

  std::unique_ptr<Worker> TakeIdle() {
    MutexLock lock(&mutex_);
    if (idle_.empty()) return nullptr;
    std::unique_ptr<Worker> worker = std::move(idle_.back().worker);
    idle_.pop_back();
    return worker;
  }

  // The one that has waited longest, if that was long enough.
  std::unique_ptr<Worker> TakeNeedless() {
    const auto now = std::chrono::steady_clock::now();
    MutexLock lock(&mutex_);
    if (idle_.size() <= least_idle_ ||
        now - idle_.front().since < options_.idle_time) {
      return nullptr;
    }
    std::unique_ptr<Worker> oldest = std::move(idle_.front().worker);
    idle_.erase(idle_.begin());
    return oldest;
  }

  absl::StatusOr<std::unique_ptr<DecoderProcess>> StartProcess() const {
    return DecoderProcess::Start(options_.program,
                                 {.memory_bytes = options_.memory_bytes,
                                  .file_bytes = options_.file_bytes,
                                  .cpu_seconds = CpuSeconds(options_)});
  }

  const WorkerPoolOptions options_;
  const size_t least_idle_;  // are not ended for having waited
  const size_t most_idle_;   // `idle_` has room for so many
  bool confined_ = false;    // set before the pool is shared
  SteadyThread starter_;
  mutable Mutex mutex_;
  std::set<pid_t> ids_ ABSL_GUARDED_BY(mutex_);
  WorkerCounts counts_ ABSL_GUARDED_BY(mutex_);  // but for `running`
  std::vector<Idle> idle_ ABSL_GUARDED_BY(mutex_);
};

// An object that a worker has opened.
class WorkerPool::RemoteObject final : public DicomObject {
 public:
  RemoteObject(Workers* workers, std::unique_ptr<Worker> worker,
               ObjectFacts facts)
      : facts_(std::move(facts)),
        workers_(workers),
        worker_(std::move(worker)) {}

  ~RemoteObject() override {
    if (worker_) workers_->GiveBack(std::move(worker_));
  }

  const Header& header() const override { return facts_.header; }
  int frames_total() const override { return facts_.frames_total; }
  const std::vector<PlaneId>& planes() const override { return facts_.planes; }
  const std::vector<absl::Status>& omissions() const override {
    return facts_.omissions;
  }

  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane) override {
    MutexLock lock(&mutex_);
    if (!worker_) return broken_;
    absl::StatusOr<DecodedPlane> decoded = DecodeOrFail(plane);
    if (worker_->IsBroken()) {
      broken_ = decoded.status();
      workers_->End(std::move(worker_));
    }
    return decoded;
  }

 private:
  absl::StatusOr<DecodedPlane> DecodeOrFail(const PlaneId& plane) {
    const WorkerPoolOptions& options = workers_->options();
    try {
      return worker_->Decode(plane, options.memory_bytes, options.plane_time);
    } catch (...) {
      return NoMemory();
    }
  }

  const ObjectFacts facts_;
  Workers* const workers_;
  Mutex mutex_;
  std::unique_ptr<Worker> worker_;  // null once it broke
  absl::Status broken_ ABSL_GUARDED_BY(mutex_);
};

absl::StatusOr<std::unique_ptr<WorkerPool>> WorkerPool::Create(
    const WorkerPoolOptions& options) {
  auto workers = std::make_unique<Workers>(options);
  ASSIGN_OR_RETURN(std::unique_ptr<Worker> first, workers->Start());
  workers->set_confined(first->IsConfined());
  workers->Keep(std::move(first));
  return std::unique_ptr<WorkerPool>(new WorkerPool(std::move(workers)));
}

WorkerPool::WorkerPool(std::unique_ptr<Workers> workers)
    : workers_(std::move(workers)) {}

WorkerPool::~WorkerPool() = default;

absl::StatusOr<std::unique_ptr<DicomObject>> WorkerPool::Open(
    const std::string& path, const DicomLimits& limits) {
  ASSIGN_OR_RETURN(const UniqueFd file, OpenFile(path));
  if (std::unique_ptr<Worker> worker = workers_->Take()) {
    auto opened = OpenWith(std::move(worker), file.get(), limits);
    // What happened to the worker before is not this object's fault.
    if (ReasonOf(opened.status()) != Reason::kDecoderCrashed) return opened;
  }
  absl::StatusOr<std::unique_ptr<Worker>> worker = workers_->Start();
  // One that was killed before it was ready says nothing about the next.
  if (!worker.ok()) worker = workers_->Start();
  if (!worker.ok()) {
    // Whatever is wrong with the program, it is not the object's fault.
    return Error(Reason::kInternalFailure,
                 std::string(worker.status().message()));
  }
  return OpenWith(*std::move(worker), file.get(), limits);
}

absl::StatusOr<std::unique_ptr<DicomObject>> WorkerPool::OpenWith(
    std::unique_ptr<Worker> worker, int fd, const DicomLimits& limits) {
  absl::StatusOr<std::unique_ptr<DicomObject>> object = NoMemory();
  try {
    object = TryToOpenWith(&worker, fd, limits);
  } catch (...) {  // `object` says it
  }
  if (worker != nullptr) workers_->GiveBack(std::move(worker));
  return object;
}

absl::StatusOr<std::unique_ptr<DicomObject>> WorkerPool::TryToOpenWith(
    std::unique_ptr<Worker>* worker, int fd, const DicomLimits& limits) {
  ASSIGN_OR_RETURN(ObjectFacts facts,
                   (*worker)->Open(fd, limits, workers_->options().open_time));
  return std::make_unique<RemoteObject>(workers_.get(), std::move(*worker),
                                        std::move(facts));
}

void WorkerPool::EndIdle() { workers_->EndIdle(); }

std::vector<pid_t> WorkerPool::WorkerIds() const { return workers_->Ids(); }

WorkerCounts WorkerPool::Counts() const { return workers_->Counts(); }

bool WorkerPool::IsConfined() const { return workers_->confined(); }

}  // namespace burntin
