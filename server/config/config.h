// config: what an operator may set, read strictly from a YAML file. Every key
// is explained in burntind.default.yaml, which holds the defaults.
#ifndef BURNTIN_SERVER_CONFIG_CONFIG_H_
#define BURNTIN_SERVER_CONFIG_CONFIG_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/comparison.h"
#include "detector/base/inference_runtime.h"
#include "detector/base/network_choice.h"

namespace burntin {

struct ServerConfig {
  std::string listen = "127.0.0.1:50051";
  bool allow_plaintext = false;
  bool reflection = false;
  int max_calls = 32;
  std::chrono::seconds drain_timeout{30};
  std::chrono::seconds idle_timeout{300};

  std::string tls_certificate_file;  // empty: no encryption
  std::string tls_key_file;
  std::string tls_client_authorities_file;  // empty: no client certificates

  std::string identity_file;  // empty: nobody is known

  std::string xnat_url;  // empty: there is none
  std::string xnat_credentials_file;
  std::string xnat_authorities_file;  // empty: the system's
  bool xnat_allow_plaintext = false;
  std::chrono::seconds xnat_request_timeout{30};
  std::chrono::seconds xnat_move_timeout{600};
  std::chrono::seconds xnat_settle_time{900};

  std::string spool_directory = "/var/tmp";
  int64_t upload_memory_bytes = int64_t{32} << 20;
  int64_t upload_total_bytes = int64_t{8} << 30;
  int objects_per_stream = 4;

  std::string model_directory = "models/cache";
  std::string languages = "eng";
  std::string tessdata_directory;
  InferenceRuntime runtime = InferenceRuntime::kAuto;
  NetworkChoice networks = NetworkChoice::kAll;
  bool thorough = false;
  Comparison compare_with = Comparison::kFrames;
  std::string benign_vocabulary_file;  // empty: the built-in words only
  int workers = 0;                     // 0: one for each processor
  bool include_text = false;

  bool decoder_isolation = true;
  std::string decoder_program;  // empty: beside burntind
  int64_t decoder_memory_bytes = int64_t{8} << 30;
  std::chrono::seconds decoder_open_timeout{60};
  std::chrono::seconds decoder_frame_timeout{60};
  int decoder_objects_per_process = 100;

  int64_t file_bytes = int64_t{4} << 30;
  int64_t pixels_per_frame = int64_t{1} << 28;
  int frames = 100'000;
  int findings = 10'000;

  int64_t cache_memory_bytes = int64_t{64} << 20;  // 0: none in memory
  int64_t cache_database_bytes = 0;  // 0: none in the ledger's database

  std::string protocol_file;     // empty: everything is quarantined
  std::string hospital_project;  // only for DASHER's protocol.txt
  std::chrono::seconds reload_interval{5};
  int64_t report_memory_bytes = int64_t{256} << 20;

  std::string ledger_database;  // empty: no ledger
  int ledger_connections = 4;
  std::string quarantine_project = "QUARANTINE";
  int quarantine_approvers = 1;
  std::chrono::seconds quarantine_move_lease{7200};
  std::chrono::seconds quarantine_reconcile_interval{60};

  std::string evidence_directory;  // empty: no pictures are kept
  int64_t evidence_total_bytes = int64_t{100} << 30;
  int64_t evidence_session_bytes = int64_t{1} << 30;
  int evidence_pictures_per_object = 32;
  int evidence_max_side = 1600;
  std::chrono::seconds evidence_undecided_time{7 * 24 * 3600};

  std::string metrics_listen;  // empty: they are not served

  std::string log_level = "info";

  friend bool operator==(const ServerConfig&, const ServerConfig&) = default;
};

// Reads the YAML in `text`. Keys that are absent keep their defaults; an
// unknown or repeated key, a value of the wrong type and one out of range are
// errors that begin with `name` and the line, as in "burntind.yaml:12: ...".
absl::StatusOr<ServerConfig> ParseConfig(std::string_view text,
                                         const std::string& name);

// ParseConfig of the file at `path`.
absl::StatusOr<ServerConfig> LoadConfig(const std::string& path);

// What one key alone cannot tell: whether the server may listen where it is
// told to, and whether keys are there that need each other. Call it once more
// after flags have changed the configuration.
absl::Status CheckConfig(const ServerConfig& config);

// Every key, as in "server.listen".
std::vector<std::string> ConfigKeys();

// The text of burntind.default.yaml.
std::string_view DefaultConfigText();

}  // namespace burntin

#endif  // BURNTIN_SERVER_CONFIG_CONFIG_H_
