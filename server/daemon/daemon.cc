#include "server/daemon/daemon.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <thread>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/processors.h"
#include "detector/base/status_macros.h"
#include "server/daemon/daemon_metrics.h"
#include "server/daemon/detector_settings.h"
#include "server/daemon/memory_trim.h"
#include "server/daemon/settings.h"
#include "server/metrics/process_metrics.h"
#include "server/protocol/protocol_watch.h"
#include "server/report_cache/caching_detector.h"
#include "server/report_cache/memory_tier.h"
#include "server/report_cache/sql_tier.h"

namespace burntin {
namespace {

constexpr std::chrono::seconds kTrimPeriod{30};

// The file appears with its whole content, so that who waits for it may read
// it at once.
absl::Status WriteAddress(const std::string& address, const std::string& path) {
  const std::string temporary = path + ".new";
  std::ofstream file(temporary, std::ios::trunc);
  file << address << "\n";
  file.close();
  if (file && std::rename(temporary.c_str(), path.c_str()) == 0) {
    return absl::OkStatus();
  }
  return Error(Reason::kInvalidArgument,
               "The file " + path +
                   " cannot be written. Check that the folder of "
                   "--address-file exists and is writable.");
}

PictureRenderer RendererOf(const Decoder& decoder) {
  return [decoder](const std::string& path, const Picture& picture,
                   int max_side, const std::vector<Box>& outlined) {
    return RenderFrame(decoder, path, picture.source, picture.source_index,
                       picture.frame, max_side, outlined);
  };
}

}  // namespace

Daemon::Daemon(ServerConfig config, std::vector<KnownIdentity> identities)
    : config_(std::move(config)),
      log_(LogLevelByName(config_.log_level), &std::cerr),
      inspection_metrics_(TransferSyntaxNames(), &registry_),
      decision_metrics_(&registry_),
      xnat_metrics_(&registry_),
      call_metrics_(&registry_),
      runner_(MakeThreadPoolRunner(config_.workers > 0 ? config_.workers
                                                       : UsableProcessors())),
      gate_(config_.max_calls),
      doorman_(std::move(identities), &std::chrono::system_clock::now),
      entrance_(&doorman_, &gate_, &log_,
                [this](const Refusal& refusal) { OnRefused(refusal); }),
      reports_(config_.report_memory_bytes),
      protocol_(ToProtocolOptions(config_), &log_),
      inspector_(config_.include_text, &log_, &reports_),
      detection_(ToDetectionOptions(config_), &inspector_, &entrance_, &log_),
      xnat_(ToXnatOptions(config_), &log_, &xnat_metrics_) {
  inspector_.UseMetrics(&inspection_metrics_);
}

absl::Status Daemon::Run(const std::string& address_file) {
  log_.Write(LogLevel::kInfo, "starting",
             {{"version", DetectorVersion()},
              {"workers", int64_t{runner_->worker_count()}}});
  RETURN_IF_ERROR(CheckSpoolDirectory(ToDetectionOptions(config_).upload));
  const ProtocolWatch watch(&protocol_, config_.reload_interval);
  const MemoryTrim trim(kTrimPeriod);
  ASSIGN_OR_RETURN(const std::unique_ptr<GrpcHost> host, StartHost());
  RETURN_IF_ERROR(ServeMetrics());
  if (!address_file.empty()) {
    RETURN_IF_ERROR(WriteAddress(host->address(), address_file));
  }
  absl::Status loaded;
  std::thread loader([&] {
    loaded = Load(host.get());
    if (loaded.ok()) return;
    log_.Write(LogLevel::kError, "detector_failed",
               {{"message", std::string(loaded.message())}});
    signals_.Stop();
  });
  signals_.Wait();
  host->Drain(config_.drain_timeout);
  loader.join();
  return loaded;
}

absl::StatusOr<std::unique_ptr<GrpcHost>> Daemon::StartHost() {
  ASSIGN_OR_RETURN(HostOptions options, ToHostOptions(config_));
  options.metrics = &call_metrics_;
  RoutingParts routing = {.protocol = &protocol_,
                          .reports = &reports_,
                          .decisions = nullptr,
                          .entrance = &entrance_,
                          .log = &log_,
                          .metrics = &decision_metrics_};
  std::vector<grpc::Service*> services = {&detection_};
  if (!config_.ledger_database.empty()) {
    RETURN_IF_ERROR(OpenEvidence());
    ASSIGN_OR_RETURN(
        office_, QuarantineOffice::Open(config_, {.xnat = &xnat_,
                                                  .evidence = evidence_.get(),
                                                  .shrink = ShrinkPicture,
                                                  .entrance = &entrance_,
                                                  .log = &log_,
                                                  .metrics = &registry_}));
    registry_.AddSource([this] { return office_->Measure(); });
    routing.decisions = office_->decisions();
    services.push_back(office_->service());
  }
  routing_ = std::make_unique<RoutingService>(
      config_.quarantine_project, routing, std::chrono::system_clock::now);
  services.push_back(routing_.get());
  return GrpcHost::Start(options, services, &entrance_, &log_);
}

absl::Status Daemon::ServeMetrics() {
  AddServerMetrics(
      config_,
      {.gate = &gate_, .uploads = detection_.budget(), .protocol = &protocol_},
      &registry_);
  AddBuildMetrics(DetectorVersion(), &registry_);
  registry_.AddSource(ProcessMetrics());
  if (config_.metrics_listen.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(exposer_,
                   MetricExposer::Start(config_.metrics_listen, &registry_));
  log_.Write(LogLevel::kInfo, "metrics_listening",
             {{"address", exposer_->address()}});
  return absl::OkStatus();
}

absl::Status Daemon::OpenEvidence() {
  if (config_.evidence_directory.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(evidence_, EvidenceStore::Open(ToEvidenceOptions(config_)));
  pictures_ = std::make_unique<PictureTaker>(
      ToPictureOptions(config_), evidence_.get(), &log_, &registry_);
  AddEvidenceMetrics(evidence_.get(), config_.evidence_total_bytes, &registry_);
  log_.Write(LogLevel::kInfo, "evidence_opened",
             {{"bytes", evidence_->bytes()}});
  return absl::OkStatus();
}

void Daemon::OnRefused(const Refusal& refusal) {
  if (office_ != nullptr) office_->Audit(refusal);
}

absl::StatusOr<Decoder> Daemon::StartDecoder() {
  const DecoderOptions options = ToDecoderOptions(config_);
  absl::StatusOr<Decoder> decoder = MakeDecoder(options);
  if (!decoder.ok()) {
    return Error(Reason::kInvalidArgument,
                 options.program + ": " +
                     std::string(decoder.status().message()) +
                     " Or give its path by decoder.program.");
  }
  // Isolation by processes alone is worth a warning.
  const bool weak = decoder->isolated && !decoder->confined;
  log_.Write(
      weak ? LogLevel::kWarning : LogLevel::kInfo, "decoder_started",
      {{"isolated", decoder->isolated}, {"confined", decoder->confined}});
  return decoder;
}

absl::Status Daemon::Load(GrpcHost* host) {
  DetectorOptions options = ToDetectorOptions(config_);
  ASSIGN_OR_RETURN(options.decoder, StartDecoder());
  AddDecoderMetrics(options.decoder, &registry_);
  if (pictures_ != nullptr) {
    pictures_->UseDetector(RendererOf(options.decoder), ShrinkPicture);
    inspector_.UseEvidence(pictures_.get());
  }
  ASSIGN_OR_RETURN(detector_, Detector::Create(options, runner_.get()));
  if (options.decoder.end_idle) {
    decoder_trim_ =
        std::make_unique<MemoryTrim>(kTrimPeriod, options.decoder.end_idle);
  }
  UseCache();
  for (const ModelVersion& model : detector_->models()) {
    log_.Write(LogLevel::kInfo, "model_loaded",
               {{"name", model.name}, {"sha256", model.sha256}});
  }
  AddModelMetrics(detector_->models(), &registry_);
  inspector_.UseDetector(detector_.get(), DetectorVersion());
  host->Open();
  CheckXnat();
  return absl::OkStatus();
}

// A cache that cannot be had is worth a warning, and nothing else.
void Daemon::UseCache() {
  ReportCacheParts parts;
  parts.files_may_change = false;  // an upload has no name
  if (config_.cache_memory_bytes > 0) {
    parts.memory = std::make_unique<MemoryTier>(config_.cache_memory_bytes);
  }
  if (office_ != nullptr && config_.cache_database_bytes > 0) {
    const auto on_failure = [this](const absl::Status& status) {
      log_.Write(LogLevel::kWarning, "report_cache_failed",
                 {{"message", std::string(status.message())}});
    };
    absl::StatusOr<std::unique_ptr<SqlTier>> opened =
        SqlTier::OpenInLedger(ToCacheOptions(config_, on_failure));
    if (opened.ok()) {
      parts.database = *std::move(opened);
    } else {
      on_failure(opened.status());
    }
  }
  if (parts.memory == nullptr && parts.database == nullptr) return;
  auto cache =
      std::make_unique<CachingDetector>(std::move(detector_), std::move(parts));
  AddCacheMetrics(cache.get(), &registry_);
  log_.Write(LogLevel::kInfo, "report_cache_opened",
             {{"keyed", !cache->fingerprint().empty()},
              {"in_database", cache->database() != nullptr}});
  detector_ = std::move(cache);
}

// Tells the admin early. XNAT may come later, so it is no reason to end.
void Daemon::CheckXnat() {
  if (config_.xnat_url.empty()) return;
  const absl::Status reached = xnat_.Login();
  if (reached.ok()) {
    log_.Write(LogLevel::kInfo, "xnat_reached");
    return;
  }
  log_.Write(LogLevel::kWarning, "xnat_failed",
             {{"message", std::string(reached.message())}});
}

}  // namespace burntin
