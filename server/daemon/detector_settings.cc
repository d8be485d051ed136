#include "server/daemon/detector_settings.h"

#include <utility>

namespace burntin {

DetectorOptions ToDetectorOptions(const ServerConfig& config) {
  DetectorOptions options;
  options.model_directory = config.model_directory;
  options.languages = config.languages;
  options.tessdata_directory = config.tessdata_directory;
  options.runtime = config.runtime;
  options.networks = config.networks;
  options.thorough = config.thorough;
  options.compare_with = config.compare_with;
  options.benign_vocabulary_file = config.benign_vocabulary_file;
  options.limits.file_bytes = config.file_bytes;
  options.limits.pixels_per_frame = config.pixels_per_frame;
  options.limits.frames = config.frames;
  options.limits.findings = config.findings;
  return options;
}

DecoderOptions ToDecoderOptions(const ServerConfig& config) {
  DecoderOptions options;
  if (!config.decoder_isolation) return options;
  options.program = config.decoder_program.empty() ? DecoderBesideThisProgram()
                                                   : config.decoder_program;
  options.memory_bytes = config.decoder_memory_bytes;
  options.file_bytes = config.file_bytes;
  options.open_timeout = config.decoder_open_timeout;
  options.frame_timeout = config.decoder_frame_timeout;
  options.objects_per_process = config.decoder_objects_per_process;
  return options;
}

SqlTierOptions ToCacheOptions(
    const ServerConfig& config,
    std::function<void(const absl::Status& status)> on_failure) {
  SqlTierOptions options;
  options.database = config.ledger_database;
  options.most_bytes = config.cache_database_bytes;
  options.on_failure = std::move(on_failure);
  return options;
}

}  // namespace burntin
