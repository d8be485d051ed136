// log: events as lines of JSON, one object each, for machines to collect.
//
// Nothing that may identify a person is ever logged, at any level. What may:
// numbers, sizes, verdicts, reason codes, names of models, addresses of the
// server itself, what the protocol's file says (its rules' names, what is wrong
// in it), and a call's `request_id`, which the contract keeps free of
// PHI. Never: paths, header values (UIDs included), recognised text; messages
// only through `ForLog`.
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

  // One line: `ts` (UTC, milliseconds), `level`, `event`, then `fields`.
  void Write(LogLevel level, std::string_view event,
             std::initializer_list<LogField> fields = {});

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_LOG_LOG_H_
