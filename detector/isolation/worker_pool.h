// isolation: decodes in processes of their own, so that a decoder that
// crashes, hangs or wants too much memory costs one object and not the
// service.
#ifndef BURNTIN_DETECTOR_ISOLATION_WORKER_POOL_H_
#define BURNTIN_DETECTOR_ISOLATION_WORKER_POOL_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/dicom/object_opener.h"

namespace burntin {

class Worker;

// Workers since the pool was made.
struct WorkerCounts {
  int running = 0;  // started and not ended yet
  int64_t started = 0;
  int64_t crashed = 0;  // died, or answered what cannot be
  int64_t timed_out = 0;
  int64_t retired = 0;  // ended after their last object, or were not needed
};

struct WorkerPoolOptions {
  // Path of burntin-decoder.
  std::string program;
  // Address space of a worker; has to hold the largest frame several times.
  int64_t memory_bytes = int64_t{8} << 30;
  // The largest file that a worker may write, for data sets to inflate.
  int64_t file_bytes = int64_t{4} << 30;
  // Wall time for a worker's start.
  std::chrono::milliseconds start_time{60'000};
  // Wall time for opening an object, and for decoding one plane.
  std::chrono::milliseconds open_time{60'000};
  std::chrono::milliseconds plane_time{60'000};
  // A worker ends after so many objects, so that leaks do not add up. What an
  // object did to its worker without breaking it lasts so long: 1 shields each
  // object from all others, for the price of a start (tens of milliseconds).
  int objects_per_worker = 100;
  // Workers that wait for an object, at most. A start costs as much as some
  // twenty small objects, and with many calls at a time as many objects are
  // open; one that waits takes some 8 MB. At least one for each processor. See
  // EndIdle.
  int most_idle = 64;
  std::chrono::milliseconds idle_time{30'000};
};

// A worker serves one open object at a time. It is started when an object is
// opened and no other is free, and ends after its last object or when it
// breaks. Idle workers wait for the next object, a bounded number of them.
//
// Beside the errors of DicomObject: DECODER_CRASHED when the worker died or
// answered what cannot be, DECODER_TIMED_OUT when it was too slow; then also
// for all later calls of Decode on that object. INTERNAL_FAILURE when no
// worker can be started, or this process has not enough memory.
class WorkerPool final : public ObjectOpener {
 public:
  // Starts the first worker, to see that it works. INVALID_ARGUMENT when the
  // program cannot be run. If the first is confined, so are all others.
  static absl::StatusOr<std::unique_ptr<WorkerPool>> Create(
      const WorkerPoolOptions& options);

  // Kills the idle workers and waits for them. All objects are gone by then.
  ~WorkerPool() override;

  absl::StatusOr<std::unique_ptr<DicomObject>> Open(
      const std::string& path, const DicomLimits& limits) override;

  // Ends the workers that have waited for `idle_time`, but for one for each
  // processor.
  void EndIdle();

  // The process ids of the workers that were started and not ended yet.
  std::vector<pid_t> WorkerIds() const;

  WorkerCounts Counts() const;

  // Whether workers may make few system calls only; false where the kernel
  // does not let a process give up the others.
  bool IsConfined() const;

 private:
  class Workers;
  class RemoteObject;

  explicit WorkerPool(std::unique_ptr<Workers> workers);

  absl::StatusOr<std::unique_ptr<DicomObject>> OpenWith(
      std::unique_ptr<Worker> worker, int fd, const DicomLimits& limits);
  // Takes the worker only if it succeeds.
  absl::StatusOr<std::unique_ptr<DicomObject>> TryToOpenWith(
      std::unique_ptr<Worker>* worker, int fd, const DicomLimits& limits);

  const std::unique_ptr<Workers> workers_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_WORKER_POOL_H_
