// One call of a client: whether it still waits for an answer, and what the
// log says about it.
#ifndef BURNTIN_SERVER_DETECTION_CALL_H_
#define BURNTIN_SERVER_DETECTION_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <chrono>
#include <string_view>

#include "absl/status/status.h"
#include "detector/base/mutex.h"
#include "server/detection/activity.h"
#include "server/log/log.h"
#include "server/trace/call_trace.h"

namespace burntin {

// Any number of threads may ask at the same time.
class Call {
 public:
  // Owns neither context nor log; both outlive the call. `method` is a literal.
  // The thread that makes it works under `trace` until the call is gone.
  Call(std::string_view method, grpc::ServerContext* context, Log* log,
       CallTracePtr trace);

  // Whether the client has gone, or the call's deadline has passed.
  bool Cancelled();

  // Cancels the call, because nothing happens on it. Logs that once.
  void Abandon();

  Activity* activity() { return &activity_; }

  // Why: DEADLINE_EXCEEDED or CANCELLED. Only when Cancelled.
  absl::Status CancelledError() const;

  // Logs how the call ended and turns that into what gRPC sends. A cancelled
  // call ends as cancelled, whatever `status` says.
  grpc::Status End(const absl::Status& status);

 private:
  const CallTracePtr trace_;
  const TraceScope scope_;
  std::string_view method_;
  grpc::ServerContext* context_;
  Log* log_;
  std::chrono::steady_clock::time_point start_;
  Activity activity_;
  std::atomic<bool> abandoned_ = false;
  // gRPC plucks the call's completion queue to find out, and only a few
  // threads may pluck at a time: one asks, the others wait.
  Mutex mutex_;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_DETECTION_CALL_H_
