// trace: which call the work of a thread is for, so that each line of the log
// and each request to XNAT says it.
#ifndef BURNTIN_SERVER_TRACE_CALL_TRACE_H_
#define BURNTIN_SERVER_TRACE_CALL_TRACE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/log/log.h"
#include "wire/trace_context.h"

namespace burntin {

// One call of a client. All ids are hexadecimal digits, and those of the span
// and the request are made here. The trace's id may be the caller's own, which
// the contract keeps free of what could identify a person.
class CallTrace {
 public:
  // `rpc` is the method's name, or another word that this program knows; never
  // what a caller wrote. The others: as SpanOfCall takes them.
  CallTrace(std::string_view rpc,
            const std::vector<std::string_view>& traceparents,
            const std::vector<std::string_view>& tracestates);

  // Its span is the call's own.
  const TraceContext& context() const { return context_; }

  // What a caller can give an admin to find the call in the log; 16 digits.
  const std::string& request_id() const { return request_id_; }

  // `trace_id`, `span_id`, `request_id`, `rpc`.
  const LogScope::Fields& log_fields() const { return log_fields_; }

 private:
  const TraceContext context_;
  const std::string request_id_;
  const LogScope::Fields log_fields_;
};

using CallTracePtr = std::shared_ptr<const CallTrace>;

// As long as it lives, the work of this thread is for a call. Scopes of one
// thread end in the opposite order of their beginning; the innermost counts.
class TraceScope {
 public:
  // Null: for no call.
  explicit TraceScope(CallTracePtr trace);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  friend CallTracePtr CurrentTrace();

  const CallTracePtr trace_;
  const LogScope log_scope_;
  const TraceScope* const outer_;
};

// The call that this thread works for; null if it is none. For handing it to
// another thread, or to another service.
CallTracePtr CurrentTrace();

}  // namespace burntin

#endif  // BURNTIN_SERVER_TRACE_CALL_TRACE_H_
