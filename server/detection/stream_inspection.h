// The life of one InspectStream call: reads objects, inspects several at a
// time, answers each as it is done, and sums up the sessions at the end.
#ifndef BURNTIN_SERVER_DETECTION_STREAM_INSPECTION_H_
#define BURNTIN_SERVER_DETECTION_STREAM_INSPECTION_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "burntin/v1/detection_service.pb.h"
#include "detector/base/mutex.h"
#include "server/detection/activity.h"
#include "server/detection/bounded_tasks.h"
#include "server/detection/inspector.h"
#include "server/upload/byte_budget.h"
#include "server/upload/upload.h"
#include "wire/session_summary.h"

namespace burntin {

class StreamInspection {
 public:
  // What the inspection needs of its call, and does not own. `write` and
  // `cancelled` are called from several threads; `write` one call at a time. It
  // may block, which stops the reading of further objects, and says whether the
  // client still listens.
  struct Parts {
    std::function<bool(const v1::InspectStreamResponse&)> write;
    std::function<bool()> cancelled;
    // Waits until an object of this size may be held; nothing if the call is
    // cancelled meanwhile.
    std::function<std::optional<ByteBudget::Lease>(int64_t bytes)> reserve;
    // SERVER_DRAINING once no further object may be taken.
    std::function<absl::Status()> check_not_draining;
    const Inspector* inspector = nullptr;
    Activity* activity = nullptr;
    int objects_held = 1;  // at a time: being uploaded or inspected
  };

  StreamInspection(Parts parts, UploadReader* reader);
  ~StreamInspection();
  StreamInspection(const StreamInspection&) = delete;
  StreamInspection& operator=(const StreamInspection&) = delete;

  // Runs until the client has closed its side and all answers are written.
  // After an error or a cancellation no session is reported, and the objects
  // that are in work are awaited but not waited for by the client. When the
  // server drains, what is in work is still answered.
  absl::Status Run();

 private:
  absl::Status ReadObjects();
  absl::Status TakeObject(const v1::InstanceHeader& header);
  absl::Status KeepObject(const v1::InstanceHeader& header);
  v1::InstanceReport Inspect(const v1::InstanceHeader& header,
                             const AnonymousFile& file);
  void Answer(const v1::InstanceHeader& header, v1::InstanceReport report);
  absl::Status WriteSessions();
  void CountCapacity(int objects);
  // Whether the work is in vain: the call is cancelled or has failed.
  bool Stopped();

  Parts parts_;
  UploadReader* reader_;
  Mutex mutex_;
  SessionSummary summary_ ABSL_GUARDED_BY(mutex_);
  bool failed_ ABSL_GUARDED_BY(mutex_) = false;
  Mutex write_mutex_;   // held while an answer is written
  BoundedTasks tasks_;  // last, so that it ends first
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_STREAM_INSPECTION_H_
