#include "server/trace/call_trace.h"

#include <utility>

namespace burntin {
namespace {

constexpr int kRequestIdDigits = 16;

thread_local const TraceScope* innermost = nullptr;

const LogScope::Fields& FieldsOf(const CallTracePtr& trace) {
  static const auto& none = *new LogScope::Fields();
  return trace == nullptr ? none : trace->log_fields();
}

}  // namespace

CallTrace::CallTrace(std::string_view rpc,
                     const std::vector<std::string_view>& traceparents,
                     const std::vector<std::string_view>& tracestates)
    : context_(SpanOfCall(traceparents, tracestates)),
      request_id_(RandomHexDigits(kRequestIdDigits)),
      log_fields_({{"trace_id", context_.trace_id},
                   {"span_id", context_.span_id},
                   {"request_id", request_id_},
                   {"rpc", std::string(rpc)}}) {}

TraceScope::TraceScope(CallTracePtr trace)
    : trace_(std::move(trace)),
      log_scope_(&FieldsOf(trace_)),
      outer_(innermost) {
  innermost = this;
}

TraceScope::~TraceScope() { innermost = outer_; }

CallTracePtr CurrentTrace() {
  return innermost == nullptr ? nullptr : innermost->trace_;
}

}  // namespace burntin
