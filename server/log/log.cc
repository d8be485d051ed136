#include "server/log/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <nlohmann/json.hpp>

namespace burntin {
namespace {

using ::nlohmann::ordered_json;

thread_local const LogScope::Fields* scope_fields = nullptr;

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kTrace:
      return spdlog::level::trace;
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::info;
}

}  // namespace

LogLevel LogLevelByName(std::string_view name) {
  if (name == "trace") return LogLevel::kTrace;
  if (name == "debug") return LogLevel::kDebug;
  if (name == "warning") return LogLevel::kWarning;
  if (name == "error") return LogLevel::kError;
  if (name == "off") return LogLevel::kOff;
  return LogLevel::kInfo;
}

Log::Log(LogLevel level, std::ostream* out)
    : logger_(std::make_shared<spdlog::logger>(
          "burntind", std::make_shared<spdlog::sinks::ostream_sink_mt>(
                          *out, /*force_flush=*/true))) {
  logger_->set_level(ToSpdlog(level));
  // The message is a JSON object without its first brace.
  logger_->set_pattern(R"({"ts":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v)",
                       spdlog::pattern_time_type::utc);
}

Log::~Log() = default;

void Log::Write(LogLevel level, std::string_view event,
                std::initializer_list<LogField> fields) {
  if (!logger_->should_log(ToSpdlog(level))) return;
  ordered_json line = {{"event", event}};
  for (const auto& [name, value] : fields) {
    std::visit([&](const auto& v) { line[std::string(name)] = v; }, value);
  }
  if (scope_fields != nullptr) {
    for (const auto& [name, value] : *scope_fields) line[name] = value;
  }
  const std::string text =
      line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  logger_->log(ToSpdlog(level), std::string_view(text).substr(1));
}

LogScope::LogScope(const Fields* fields) : outer_(scope_fields) {
  scope_fields = fields;
}

LogScope::~LogScope() { scope_fields = outer_; }

}  // namespace burntin
