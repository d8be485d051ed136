// log: events as lines of JSON, one object each, for machines to collect.
//
// Nothing that may identify a person is ever logged, at any level. What may:
// numbers, sizes, verdicts, reason codes, names of models, addresses of the
// server itself, what the protocol's file says (its rules' names, what is wrong
// in it), the ids of a call, and the `request_id` of an object, which the
// contract keeps free of PHI. Never: paths, header values (UIDs included),
// recognised text; messages only through `ForLog`.
#ifndef BURNTIN_SERVER_LOG_LOG_H_
#define BURNTIN_SERVER_LOG_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace spdlog {
class logger;
}  // namespace spdlog

namespace burntin {

enum class LogLevel { kTrace, kDebug, kInfo, kWarning, kError, kOff };

// The level with this name, lower case as in "warning"; kInfo for any other.
LogLevel LogLevelByName(std::string_view name);

using LogValue = std::variant<bool, int64_t, double, std::string>;
using LogField = std::pair<std::string_view, LogValue>;

// Any number of threads may write at the same time.
class Log {
 public:
  // Writes events of `level` and above to `out`, which must outlive the log.
  Log(LogLevel level, std::ostream* out);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // One line: `ts` (UTC, milliseconds), `level`, `event`, then `fields`, then
  // those of the thread's LogScope.
  void Write(LogLevel level, std::string_view event,
             std::initializer_list<LogField> fields = {});

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

// As long as it lives, each line that its thread writes to any log also has
// these fields. Scopes of one thread end in the opposite order of their
// beginning; only the innermost counts.
class LogScope {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  // Does not own the fields, which outlive the scope. No line has a field of
  // one of these names itself.
  explicit LogScope(const Fields* fields);
  ~LogScope();
  LogScope(const LogScope&) = delete;
  LogScope& operator=(const LogScope&) = delete;

 private:
  const Fields* const outer_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_LOG_LOG_H_
