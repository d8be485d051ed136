#include "wire/trace_context.h"

#include <algorithm>
#include <cstdint>
#include <random>

namespace burntin {
namespace {

constexpr size_t kVersionDigits = 2;
constexpr size_t kTraceDigits = 32;
constexpr size_t kSpanDigits = 16;
constexpr size_t kFlagDigits = 2;
// VERSION-TRACE-SPAN-FLAGS
constexpr size_t kTraceAt = kVersionDigits + 1;
constexpr size_t kSpanAt = kTraceAt + kTraceDigits + 1;
constexpr size_t kFlagsAt = kSpanAt + kSpanDigits + 1;
constexpr size_t kLength = kFlagsAt + kFlagDigits;

constexpr size_t kMostStateBytes = 512;
constexpr char kHexDigits[] = "0123456789abcdef";

bool IsHex(std::string_view text) {
  return text.find_first_not_of(kHexDigits) == std::string_view::npos;
}

bool IsZero(std::string_view text) {
  return text.find_first_not_of('0') == std::string_view::npos;
}

// The last digit of the flags is odd.
bool IsSampled(std::string_view flags) {
  return (std::string_view(kHexDigits).find(flags.back()) & 1) != 0;
}

bool IsPrintable(char c) { return c >= ' ' && c <= '~'; }

// Several headers of one name are one list.
std::string JoinedState(const std::vector<std::string_view>& values) {
  std::string state;
  for (const std::string_view value : values) {
    if (value.empty()) continue;
    if (!state.empty()) state += ',';
    if (state.size() + value.size() > kMostStateBytes) return "";
    state += value;
  }
  const bool printable = std::all_of(state.begin(), state.end(), IsPrintable);
  return printable ? state : "";
}

}  // namespace

std::optional<TraceContext> ParseTraceparent(std::string_view value) {
  if (value.size() < kLength) return std::nullopt;
  const std::string_view version = value.substr(0, kVersionDigits);
  const std::string_view trace = value.substr(kTraceAt, kTraceDigits);
  const std::string_view span = value.substr(kSpanAt, kSpanDigits);
  const std::string_view flags = value.substr(kFlagsAt, kFlagDigits);
  const bool has_dashes = value[kTraceAt - 1] == '-' &&
                          value[kSpanAt - 1] == '-' &&
                          value[kFlagsAt - 1] == '-';
  // Later versions may go on after a dash.
  const bool ends =
      value.size() == kLength || (version != "00" && value[kLength] == '-');
  if (!has_dashes || !ends || !IsHex(version) || version == "ff" ||
      !IsHex(trace) || IsZero(trace) || !IsHex(span) || IsZero(span) ||
      !IsHex(flags)) {
    return std::nullopt;
  }
  return TraceContext{.trace_id = std::string(trace),
                      .span_id = std::string(span),
                      .sampled = IsSampled(flags)};
}

std::string Traceparent(const TraceContext& context) {
  return "00-" + context.trace_id + "-" + context.span_id +
         (context.sampled ? "-01" : "-00");
}

TraceContext NewTrace() {
  return {.trace_id = RandomHexDigits(kTraceDigits),
          .span_id = RandomHexDigits(kSpanDigits)};
}

TraceContext NextSpan(const TraceContext& context) {
  TraceContext next = context;
  next.span_id = RandomHexDigits(kSpanDigits);
  return next;
}

TraceContext SpanOfCall(const std::vector<std::string_view>& traceparents,
                        const std::vector<std::string_view>& tracestates) {
  if (traceparents.size() != 1) return NewTrace();
  std::optional<TraceContext> callers = ParseTraceparent(traceparents.front());
  if (!callers) return NewTrace();
  callers->state = JoinedState(tracestates);
  return NextSpan(*callers);
}

std::string RandomHexDigits(int digits) {
  std::random_device random;
  std::string text;
  do {
    text.clear();
    while (text.size() < static_cast<size_t>(digits)) {
      const uint32_t bits = random();
      for (int shift = 28; shift >= 0; shift -= 4) {
        text += kHexDigits[(bits >> shift) & 15U];
      }
    }
  } while (IsZero(text));
  return text;
}

}  // namespace burntin
