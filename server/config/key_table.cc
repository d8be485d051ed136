#include "server/config/key_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "absl/strings/ascii.h"

namespace burntin {
namespace {

using Setter =
    std::function<std::string(const std::string&, ServerConfig* config)>;

constexpr int64_t kMaxInt = std::numeric_limits<int>::max();
constexpr int64_t kHalfGibibyte = int64_t{1} << 29;
constexpr size_t kMostProjectIdBytes = 64;
constexpr int64_t kTebibyte = int64_t{1} << 40;

std::optional<int64_t> ParseInteger(std::string_view text) {
  int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [parsed_to, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || parsed_to != end) return std::nullopt;
  return value;
}

// Calls `store` with the integer, which is in [min, max].
Setter Integer(int64_t min, int64_t max,
               std::function<void(int64_t, ServerConfig*)> store) {
  return [=](const std::string& text, ServerConfig* config) -> std::string {
    const std::optional<int64_t> value = ParseInteger(text);
    if (!value || *value < min || *value > max) {
      return fmt::format("an integer in [{}, {}]", min, max);
    }
    store(*value, config);
    return "";
  };
}

Setter Int(int ServerConfig::*member, int min, int64_t max) {
  return Integer(min, max, [=](int64_t value, ServerConfig* config) {
    config->*member = static_cast<int>(value);
  });
}

Setter Int64(int64_t ServerConfig::*member, int64_t min, int64_t max) {
  return Integer(min, max, [=](int64_t value, ServerConfig* config) {
    config->*member = value;
  });
}

Setter Seconds(std::chrono::seconds ServerConfig::*member, int64_t min,
               int64_t max) {
  return Integer(min, max, [=](int64_t value, ServerConfig* config) {
    config->*member = std::chrono::seconds(value);
  });
}

Setter Bool(bool ServerConfig::*member) {
  return [=](const std::string& text, ServerConfig* config) -> std::string {
    if (text != "true" && text != "false") return "true or false";
    config->*member = text == "true";
    return "";
  };
}

Setter Text(std::string ServerConfig::*member) {
  return [=](const std::string& text, ServerConfig* config) -> std::string {
    config->*member = text;
    return "";
  };
}

Setter NonEmptyText(std::string ServerConfig::*member) {
  return [=](const std::string& text, ServerConfig* config) -> std::string {
    if (text.empty()) return "a text that is not empty";
    config->*member = text;
    return "";
  };
}

// An ID of a project in XNAT, or, if `least_bytes` is 0, none.
Setter ProjectId(std::string ServerConfig::*member, size_t least_bytes) {
  return [=](const std::string& text, ServerConfig* config) -> std::string {
    const bool is_id =
        text.size() >= least_bytes && text.size() <= kMostProjectIdBytes &&
        std::all_of(text.begin(), text.end(), [](unsigned char c) {
          return absl::ascii_isalnum(c) || c == '_' || c == '-';
        });
    if (!is_id) return "a project's ID: letters, digits, _ and -, at most 64";
    config->*member = text;
    return "";
  };
}

std::string SetLogLevel(const std::string& text, ServerConfig* config) {
  constexpr std::array<std::string_view, 6> kLevels = {
      "trace", "debug", "info", "warning", "error", "off"};
  if (std::find(kLevels.begin(), kLevels.end(), text) == kLevels.end()) {
    return "trace, debug, info, warning, error or off";
  }
  config->log_level = text;
  return "";
}

std::string SetRuntime(const std::string& text, ServerConfig* config) {
  const std::optional<InferenceRuntime> runtime = ParseInferenceRuntime(text);
  if (!runtime) return "auto, opencv or onnxruntime";
  config->runtime = *runtime;
  return "";
}

std::string SetNetworks(const std::string& text, ServerConfig* config) {
  const std::optional<NetworkChoice> networks = ParseNetworkChoice(text);
  if (!networks) return "all, own or pp-ocr";
  config->networks = *networks;
  return "";
}

std::string SetComparison(const std::string& text, ServerConfig* config) {
  const std::optional<Comparison> comparison = ParseComparison(text);
  if (!comparison) return "nothing, frames or series";
  config->compare_with = *comparison;
  return "";
}

std::vector<ConfigKey> MakeTable() {
  using C = ServerConfig;
  return {
      {"server", "listen", NonEmptyText(&C::listen)},
      {"server", "allow_plaintext", Bool(&C::allow_plaintext)},
      {"server", "reflection", Bool(&C::reflection)},
      {"server", "max_calls", Int(&C::max_calls, 1, 1024)},
      {"server", "drain_timeout_seconds", Seconds(&C::drain_timeout, 0, 3600)},
      {"server", "idle_timeout_seconds", Seconds(&C::idle_timeout, 1, 86'400)},
      {"tls", "certificate_file", Text(&C::tls_certificate_file)},
      {"tls", "key_file", Text(&C::tls_key_file)},
      {"tls", "client_authorities_file", Text(&C::tls_client_authorities_file)},
      {"identity", "file", Text(&C::identity_file)},
      {"xnat", "url", Text(&C::xnat_url)},
      {"xnat", "credentials_file", Text(&C::xnat_credentials_file)},
      {"xnat", "authorities_file", Text(&C::xnat_authorities_file)},
      {"xnat", "allow_plaintext", Bool(&C::xnat_allow_plaintext)},
      {"xnat", "request_timeout_seconds",
       Seconds(&C::xnat_request_timeout, 1, 3600)},
      {"xnat", "move_timeout_seconds",
       Seconds(&C::xnat_move_timeout, 1, 86'400)},
      {"xnat", "settle_seconds", Seconds(&C::xnat_settle_time, 1, 86'400)},
      {"upload", "spool_directory", NonEmptyText(&C::spool_directory)},
      {"upload", "memory_bytes", Int64(&C::upload_memory_bytes, 0, kTebibyte)},
      {"upload", "total_bytes", Int64(&C::upload_total_bytes, 1, kTebibyte)},
      {"upload", "objects_per_stream", Int(&C::objects_per_stream, 1, 256)},
      {"detector", "model_directory", NonEmptyText(&C::model_directory)},
      {"detector", "languages", NonEmptyText(&C::languages)},
      {"detector", "tessdata_directory", Text(&C::tessdata_directory)},
      {"detector", "runtime", SetRuntime},
      {"detector", "networks", SetNetworks},
      {"detector", "thorough", Bool(&C::thorough)},
      {"detector", "compare_with", SetComparison},
      {"detector", "benign_vocabulary_file", Text(&C::benign_vocabulary_file)},
      {"detector", "workers", Int(&C::workers, 0, 1024)},
      {"detector", "include_text", Bool(&C::include_text)},
      {"decoder", "isolation", Bool(&C::decoder_isolation)},
      {"decoder", "program", Text(&C::decoder_program)},
      {"decoder", "memory_bytes",
       Int64(&C::decoder_memory_bytes, kHalfGibibyte, kTebibyte)},
      {"decoder", "open_timeout_seconds",
       Seconds(&C::decoder_open_timeout, 1, 86'400)},
      {"decoder", "frame_timeout_seconds",
       Seconds(&C::decoder_frame_timeout, 1, 86'400)},
      {"decoder", "objects_per_process",
       Int(&C::decoder_objects_per_process, 1, kMaxInt)},
      {"limits", "file_bytes", Int64(&C::file_bytes, 1, kTebibyte)},
      {"limits", "pixels_per_frame", Int64(&C::pixels_per_frame, 1, kMaxInt)},
      {"limits", "frames", Int(&C::frames, 1, kMaxInt)},
      {"limits", "findings", Int(&C::findings, 1, 10'000)},
      {"cache", "memory_bytes", Int64(&C::cache_memory_bytes, 0, kTebibyte)},
      {"cache", "database_bytes",
       Int64(&C::cache_database_bytes, 0, kTebibyte)},
      {"routing", "protocol_file", Text(&C::protocol_file)},
      {"routing", "hospital_project", ProjectId(&C::hospital_project, 0)},
      {"routing", "reload_interval_seconds",
       Seconds(&C::reload_interval, 1, 3600)},
      {"routing", "report_memory_bytes",
       Int64(&C::report_memory_bytes, 0, kTebibyte)},
      {"ledger", "database", Text(&C::ledger_database)},
      {"ledger", "connections", Int(&C::ledger_connections, 1, 64)},
      {"quarantine", "project", ProjectId(&C::quarantine_project, 1)},
      {"quarantine", "approvers", Int(&C::quarantine_approvers, 1, 2)},
      {"quarantine", "move_lease_seconds",
       Seconds(&C::quarantine_move_lease, 60, 86'400)},
      {"quarantine", "reconcile_interval_seconds",
       Seconds(&C::quarantine_reconcile_interval, 1, 3600)},
      {"evidence", "directory", Text(&C::evidence_directory)},
      {"evidence", "total_bytes",
       Int64(&C::evidence_total_bytes, 1, int64_t{1} << 50)},
      {"evidence", "session_bytes",
       Int64(&C::evidence_session_bytes, 1, kTebibyte)},
      {"evidence", "pictures_per_object",
       Int(&C::evidence_pictures_per_object, 1, 1'000)},
      {"evidence", "max_side", Int(&C::evidence_max_side, 256, 4'096)},
      {"evidence", "undecided_seconds",
       Seconds(&C::evidence_undecided_time, 3'600, 31'536'000)},
      {"metrics", "listen", Text(&C::metrics_listen)},
      {"log", "level", SetLogLevel},
  };
}

}  // namespace

const std::vector<ConfigKey>& ConfigKeyTable() {
  static const auto* const kTable = new std::vector<ConfigKey>(MakeTable());
  return *kTable;
}

}  // namespace burntin
