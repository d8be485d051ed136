// What a parent asks of one worker process. Private to detector/isolation.
#ifndef BURNTIN_DETECTOR_ISOLATION_WORKER_H_
#define BURNTIN_DETECTOR_ISOLATION_WORKER_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/plane.h"
#include "detector/isolation/decoder_process.h"
#include "detector/isolation/messages.h"

namespace burntin {

namespace isolation {
class Request;
}  // namespace isolation

// One thread at a time. Errors are of two kinds: what the worker reports of
// the object, after which it works on; and DECODER_CRASHED or
// DECODER_TIMED_OUT, after which it is not to be used any more (IsBroken). Nor
// is it after a call that threw, for want of memory.
class Worker {
 public:
  using Time = std::chrono::milliseconds;

  explicit Worker(std::unique_ptr<DecoderProcess> process)
      : process_(std::move(process)) {}

  // Waits until the worker is ready. Once, before anything is asked.
  // INVALID_ARGUMENT when the program is of another version, or no worker.
  // The worker is broken then.
  absl::Status Greet(Time time);

  // Opens the object in the file `fd`.
  absl::StatusOr<ObjectFacts> Open(int fd, const DicomLimits& limits,
                                   Time time);
  // Decodes a plane of the open object, `most_bytes` of pixels at most.
  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane, int64_t most_bytes,
                                      Time time);
  // Makes the worker drop its object, if it has one.
  absl::Status Close(Time time);

  bool IsBroken() const { return broken_; }
  // Whether it broke because it took too long.
  bool TimedOut() const { return timed_out_; }
  // Whether it may be given another object: it lives, and says nothing unasked.
  bool IsReady() { return !broken_ && process_->channel().IsQuiet(); }
  // Whether it may make few system calls only.
  bool IsConfined() const { return confined_; }
  int objects() const { return objects_; }  // opened so far
  pid_t id() const { return process_->id(); }

 private:
  // The reply, if it reports no error.
  absl::StatusOr<isolation::Reply> Ask(const isolation::Request& request,
                                       int fd, Deadline deadline);
  absl::StatusOr<ObjectFacts> TryToOpen(int fd, Deadline deadline);
  absl::StatusOr<DecodedPlane> TryToDecode(const PlaneId& plane,
                                           int64_t most_bytes,
                                           Deadline deadline);
  // Fills the view's pixels.
  absl::Status ReceivePixels(Deadline deadline, Image* view);
  // What a call returns means for the worker, which is broken until then.
  void Note(const absl::Status& status);

  std::unique_ptr<DecoderProcess> process_;
  DicomLimits limits_;  // of the open object
  bool broken_ = false;
  bool timed_out_ = false;
  bool confined_ = false;
  int objects_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_WORKER_H_
