// Which trace a call belongs to, as W3C Trace Context (level 1) carries it in
// the metadata `traceparent` and `tracestate`. Pure but for the ids it makes.
#ifndef BURNTIN_WIRE_TRACE_CONTEXT_H_
#define BURNTIN_WIRE_TRACE_CONTEXT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burntin {

inline constexpr char kTraceparentKey[] = "traceparent";
inline constexpr char kTracestateKey[] = "tracestate";
// The server's name for a call, in what it sends last.
inline constexpr char kRequestIdKey[] = "x-request-id";

struct TraceContext {
  std::string trace_id;  // 32 lower-case hexadecimal digits, not all 0
  std::string span_id;   // 16 of them: the step of the trace that this is
  bool sampled = true;
  // What tracing systems have added: printable ASCII, at most 512 bytes. It is
  // handed on as it came and never logged, as anybody may have written it.
  std::string state;

  friend bool operator==(const TraceContext&, const TraceContext&) = default;
};

// The value of a `traceparent`; nothing if it is not valid. Of versions that
// are later than 00 what level 1 knows is read.
std::optional<TraceContext> ParseTraceparent(std::string_view value);

// The value of `traceparent` that names `context`, in version 00.
std::string Traceparent(const TraceContext& context);

// A trace of its own, with random ids.
TraceContext NewTrace();

// A further step of the same trace.
TraceContext NextSpan(const TraceContext& context);

// The step that a call is, by all values of the two keys in what it brought: it
// goes on with the caller's trace if there is exactly one `traceparent` and
// that is valid, and else begins one of its own, without a state. A state that
// is too long or not printable is left out.
TraceContext SpanOfCall(const std::vector<std::string_view>& traceparents,
                        const std::vector<std::string_view>& tracestates);

// `digits` random lower-case hexadecimal digits, not all 0; `digits` is a
// multiple of 8.
std::string RandomHexDigits(int digits);

}  // namespace burntin

#endif  // BURNTIN_WIRE_TRACE_CONTEXT_H_
