#include "server/detection/call.h"

#include <string>
#include <utility>

#include "detector/base/error.h"
#include "wire/grpc_status.h"

namespace burntin {
namespace {

double MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - start)
      .count();
}

std::string ReasonForLog(const absl::Status& status) {
  return std::string(
      ReasonName(ReasonOf(status).value_or(Reason::kInternalFailure)));
}

}  // namespace

Call::Call(std::string_view method, grpc::ServerContext* context, Log* log,
           CallTracePtr trace)
    : trace_(std::move(trace)),
      scope_(trace_),
      method_(method),
      context_(context),
      log_(log),
      start_(std::chrono::steady_clock::now()) {
  log_->Write(LogLevel::kDebug, "call_started",
              {{"method", std::string(method_)}});
}

bool Call::Cancelled() {
  MutexLock lock(&mutex_);
  cancelled_ = cancelled_ || context_->IsCancelled();
  return cancelled_;
}

void Call::Abandon() {
  if (abandoned_.exchange(true)) return;
  const TraceScope scope(trace_);  // of the thread that watches
  log_->Write(LogLevel::kWarning, "call_idle",
              {{"method", std::string(method_)}});
  context_->TryCancel();
}

absl::Status Call::CancelledError() const {
  if (std::chrono::system_clock::now() >= context_->deadline()) {
    return Error(Reason::kDeadlineExceeded,
                 "The call's deadline passed before the inspection ended. "
                 "Call again with a later deadline.");
  }
  return Error(Reason::kCancelled, "The call was cancelled. Call again.");
}

grpc::Status Call::End(const absl::Status& status) {
  const absl::Status end = Cancelled() ? CancelledError() : status;
  if (end.ok()) {
    log_->Write(LogLevel::kInfo, "call_ended",
                {{"method", std::string(method_)},
                 {"duration_ms", MillisecondsSince(start_)}});
    return grpc::Status::OK;
  }
  log_->Write(LogLevel::kWarning, "call_failed",
              {{"method", std::string(method_)},
               {"code", absl::StatusCodeToString(end.code())},
               {"reason", ReasonForLog(end)},
               {"duration_ms", MillisecondsSince(start_)}});
  return ToGrpc(end);
}

}  // namespace burntin
