// burntind: answers the contract's DetectionService and RoutingService and,
// with a ledger, its QuarantineService over gRPC.
// burntind token: makes a caller's token.
//
// Exit status: 0 stopped when asked to, or done; 1 stopped at once by a second
// signal; 2 could not start.
#include <sys/prctl.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/processors.h"
#include "detector/base/runner.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"
#include "server/config/config.h"
#include "server/decision/routing_service.h"
#include "server/detection/detection_service.h"
#include "server/gate/gate.h"
#include "server/host/grpc_host.h"
#include "server/host/stop_signals.h"
#include "server/host/tls.h"
#include "server/identity/entrance.h"
#include "server/identity/token.h"
#include "server/ledger/digest.h"
#include "server/ledger/ledger.h"
#include "server/log/log.h"
#include "server/protocol/protocol_store.h"
#include "server/protocol/protocol_watch.h"
#include "server/quarantine/evidence_source.h"
#include "server/quarantine/quarantine.h"
#include "server/quarantine/session_mover.h"
#include "server/quarantine_service/quarantine_service.h"
#include "server/reports/report_store.h"
#include "server/xnat/xnat_connection.h"
#include "server/xnat/xnat_url.h"

namespace burntin {
namespace {

constexpr int kStopped = 0;
constexpr int kCannotStart = 2;

struct Flags {
  std::string config_file;
  std::string address_file;
  std::optional<std::string> listen;
  std::optional<std::string> models;
  std::optional<std::string> log_level;
  std::optional<int> workers;
  bool reflection = false;
  bool print_default_config = false;
  CLI::App* token = nullptr;  // the sub-command
  Identity token_for;
};

void Declare(CLI::App* app, Flags* flags) {
  app->add_option("--config", flags->config_file,
                  "Configuration file, YAML; see --print-default-config");
  app->add_option("--listen", flags->listen,
                  "HOST:PORT to listen on; port 0 takes a free one");
  app->add_option("--address-file", flags->address_file,
                  "Writes the address that was bound to this file");
  app->add_option("--models", flags->models, "Folder with the models");
  app->add_option("--workers", flags->workers,
                  "Threads that inspect; 0: one for each processor")
      ->check(CLI::Range(0, 1024));
  app->add_option("--log-level", flags->log_level)
      ->check(
          CLI::IsMember({"trace", "debug", "info", "warning", "error", "off"}));
  app->add_flag("--reflection", flags->reflection,
                "Offers gRPC server reflection");
  app->add_flag("--print-default-config", flags->print_default_config,
                "Prints every key with its default and ends");
  const std::map<std::string, Role> roles = {{"submitter", Role::kSubmitter},
                                             {"reviewer", Role::kReviewer},
                                             {"admin", Role::kAdmin}};
  flags->token = app->add_subcommand(
      "token",
      "Makes a token for a caller and ends. The token goes to standard output, "
      "once; the entry for the file of identity.file to standard error.");
  flags->token->add_option("NAME", flags->token_for.name)
      ->required()
      ->check([](const std::string& name) {
        return IsIdentityName(name) ? "" : "it is not a caller's name";
      });
  flags->token
      ->add_option("--role", flags->token_for.roles,
                   "submitter, reviewer or admin; may be repeated")
      ->required()
      ->transform(CLI::CheckedTransformer(roles));
  app->set_version_flag("--version", "burntind " + DetectorVersion());
}

absl::StatusOr<ServerConfig> ConfigFrom(const Flags& flags) {
  ServerConfig config;
  if (!flags.config_file.empty()) {
    ASSIGN_OR_RETURN(config, LoadConfig(flags.config_file));
  }
  if (flags.listen) config.listen = *flags.listen;
  if (flags.models) config.model_directory = *flags.models;
  if (flags.log_level) config.log_level = *flags.log_level;
  if (flags.workers) config.workers = *flags.workers;
  if (flags.reflection) config.reflection = true;
  RETURN_IF_ERROR(CheckConfig(config));
  if (!config.xnat_url.empty()) {
    RETURN_IF_ERROR(CheckXnatUrl(config.xnat_url, config.xnat_allow_plaintext));
  }
  return config;
}

DetectorOptions ToDetectorOptions(const ServerConfig& config) {
  DetectorOptions options;
  options.model_directory = config.model_directory;
  options.languages = config.languages;
  options.tessdata_directory = config.tessdata_directory;
  options.runtime = config.runtime;
  options.thorough = config.thorough;
  options.benign_vocabulary_file = config.benign_vocabulary_file;
  options.limits.file_bytes = config.file_bytes;
  options.limits.pixels_per_frame = config.pixels_per_frame;
  options.limits.frames = config.frames;
  options.limits.findings = config.findings;
  return options;
}

// Without isolation it has no program.
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

DetectionOptions ToDetectionOptions(const ServerConfig& config) {
  DetectionOptions options;
  options.upload.file_bytes = config.file_bytes;
  options.upload.memory_bytes = config.upload_memory_bytes;
  options.upload.spool_directory = config.spool_directory;
  options.objects_per_stream = config.objects_per_stream;
  options.total_bytes = config.upload_total_bytes;
  options.idle_timeout = config.idle_timeout;
  return options;
}

XnatOptions ToXnatOptions(const ServerConfig& config) {
  XnatOptions options;
  options.url = config.xnat_url;
  options.credentials_file = config.xnat_credentials_file;
  options.ca_file = config.xnat_authorities_file;
  options.request_timeout = config.xnat_request_timeout;
  options.move_timeout = config.xnat_move_timeout;
  return options;
}

absl::StatusOr<std::vector<KnownIdentity>> IdentitiesFrom(
    const ServerConfig& config) {
  if (config.identity_file.empty()) return std::vector<KnownIdentity>();
  return LoadIdentities(config.identity_file);
}

// Null: not encrypted.
absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsFrom(
    const ServerConfig& config) {
  if (config.tls_certificate_file.empty()) {
    return std::shared_ptr<grpc::ServerCredentials>();
  }
  return MakeTlsCredentials(
      {.certificate = config.tls_certificate_file,
       .key = config.tls_key_file,
       .client_authorities = config.tls_client_authorities_file});
}

ProtocolFileOptions ToProtocolOptions(const ServerConfig& config) {
  ProtocolFileOptions options;
  options.path = config.protocol_file;
  options.site.quarantine_project = config.quarantine_project;
  options.site.hospital_project = config.hospital_project;
  // The watch keeps the time; the store only has to look when it is told to.
  options.poll_interval = std::chrono::milliseconds(0);
  return options;
}

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

// The ledger and what serves it. A release permits an admin to move a session.
class LedgerParts {
 public:
  // `log` and `entrance` outlive it.
  static absl::StatusOr<std::unique_ptr<LedgerParts>> Make(
      const ServerConfig& config, Entrance* entrance, Log* log) {
    auto parts = std::make_unique<LedgerParts>();
    ASSIGN_OR_RETURN(parts->ledger_, OpenLedger({config.ledger_database,
                                                 config.ledger_connections}));
    QuarantineOptions options;
    options.policy.quarantine_project = config.quarantine_project;
    options.policy.approvers = config.quarantine_approvers;
    options.move_lease = config.quarantine_move_lease;
    ASSIGN_OR_RETURN(options.mover_name, RandomHex(16));
    parts->quarantine_ = std::make_unique<Quarantine>(
        options, parts->ledger_.get(), &parts->mover_);
    ASSIGN_OR_RETURN(const int unknown, parts->quarantine_->Reconcile());
    log->Write(LogLevel::kInfo, "ledger_opened",
               {{"unfinished_moves", int64_t{unknown}}});
    parts->service_ = std::make_unique<QuarantineService>(QuarantineParts{
        parts->ledger_.get(), parts->quarantine_.get(), &parts->evidence_,
        entrance, entrance->gate(), log, config.include_text});
    return parts;
  }

  QuarantineService* service() { return service_.get(); }

 private:
  PermittingMover mover_;
  NoEvidence evidence_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Quarantine> quarantine_;
  std::unique_ptr<QuarantineService> service_;
};

// The parts of the process, in the order in which they are made.
class Daemon {
 public:
  Daemon(ServerConfig config, std::vector<KnownIdentity> identities)
      : config_(std::move(config)),
        log_(LogLevelByName(config_.log_level), &std::cerr),
        runner_(MakeThreadPoolRunner(config_.workers > 0 ? config_.workers
                                                         : UsableProcessors())),
        gate_(config_.max_calls),
        doorman_(std::move(identities), &std::chrono::system_clock::now),
        entrance_(&doorman_, &gate_, &log_),
        reports_(config_.report_memory_bytes),
        protocol_(ToProtocolOptions(config_), &log_),
        inspector_(config_.include_text, &log_, &reports_),
        service_(ToDetectionOptions(config_), &inspector_, &entrance_, &log_),
        routing_(config_.quarantine_project, MakeRoutingParts(),
                 std::chrono::system_clock::now),
        xnat_(ToXnatOptions(config_), &log_) {}

  // Serves until asked to stop, or until the detector cannot be made.
  absl::Status Run(const std::string& address_file) {
    log_.Write(LogLevel::kInfo, "starting",
               {{"version", DetectorVersion()},
                {"workers", int64_t{runner_->worker_count()}}});
    RETURN_IF_ERROR(CheckSpoolDirectory(ToDetectionOptions(config_).upload));
    const ProtocolWatch watch(&protocol_, config_.reload_interval);
    ASSIGN_OR_RETURN(const std::unique_ptr<GrpcHost> host, StartHost());
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

 private:
  // There is no ledger yet to record decisions in.
  RoutingParts MakeRoutingParts() {
    return {.protocol = &protocol_,
            .reports = &reports_,
            .decisions = nullptr,
            .entrance = &entrance_,
            .log = &log_};
  }

  absl::StatusOr<std::unique_ptr<GrpcHost>> StartHost() {
    HostOptions options;
    options.listen = config_.listen;
    options.reflection = config_.reflection;
    options.max_calls = config_.max_calls;
    options.allow_plaintext = config_.allow_plaintext;
    ASSIGN_OR_RETURN(options.credentials, CredentialsFrom(config_));
    std::vector<grpc::Service*> services = {&service_, &routing_};
    if (!config_.ledger_database.empty()) {
      ASSIGN_OR_RETURN(ledger_, LedgerParts::Make(config_, &entrance_, &log_));
      services.push_back(ledger_->service());
    }
    return GrpcHost::Start(options, services, &entrance_, &log_);
  }

  absl::StatusOr<Decoder> StartDecoder() {
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

  absl::Status Load(GrpcHost* host) {
    DetectorOptions options = ToDetectorOptions(config_);
    ASSIGN_OR_RETURN(options.decoder, StartDecoder());
    ASSIGN_OR_RETURN(detector_, Detector::Create(options, runner_.get()));
    for (const ModelVersion& model : detector_->models()) {
      log_.Write(LogLevel::kInfo, "model_loaded",
                 {{"name", model.name}, {"sha256", model.sha256}});
    }
    inspector_.UseDetector(detector_.get(), DetectorVersion());
    host->Open();
    CheckXnat();
    return absl::OkStatus();
  }

  // Tells the admin early. XNAT may come later, so it is no reason to end.
  void CheckXnat() {
    if (config_.xnat_url.empty()) return;
    const absl::Status reached = xnat_.Login();
    if (reached.ok()) {
      log_.Write(LogLevel::kInfo, "xnat_reached");
      return;
    }
    log_.Write(LogLevel::kWarning, "xnat_failed",
               {{"message", std::string(reached.message())}});
  }

  StopSignals signals_;  // first: every other thread inherits its mask
  const ServerConfig config_;
  Log log_;
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<Detector> detector_;
  Gate gate_;
  Doorman doorman_;
  Entrance entrance_;
  MemoryReportStore reports_;
  ProtocolStore protocol_;
  Inspector inspector_;
  DetectionService service_;
  RoutingService routing_;
  XnatConnection xnat_;                  // used only if there is a URL
  std::unique_ptr<LedgerParts> ledger_;  // none without ledger.database
};

int Fail(const absl::Status& status) {
  std::cerr << "burntind: " << status.message() << "\n";
  if (ReasonOf(status) == Reason::kModelNotLoaded) {
    std::cerr << "burntind: Run models/fetch, and give its folder by --models "
                 "or detector.model_directory.\n";
  }
  return kCannotStart;
}

absl::Status Serve(const Flags& flags) {
  ASSIGN_OR_RETURN(ServerConfig config, ConfigFrom(flags));
  ASSIGN_OR_RETURN(std::vector<KnownIdentity> identities,
                   IdentitiesFrom(config));
  return Daemon(std::move(config), std::move(identities))
      .Run(flags.address_file);
}

int PrintToken(const Identity& identity) {
  const std::string secret = RandomSecret();
  std::cout << identity.name << "." << secret << "\n";
  std::cerr << "Add this to `identities` in the file of identity.file:\n"
            << IdentityEntry(identity, TokenHash::Of(secret));
  return kStopped;
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("burntind finds text burnt into the pixels of DICOM objects.");
  Declare(&app, &flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kStopped : kCannotStart;
  }
  if (flags.print_default_config) {
    std::cout << DefaultConfigText();
    return kStopped;
  }
  if (flags.token->parsed()) return PrintToken(flags.token_for);
  const absl::Status served = Serve(flags);
  return served.ok() ? kStopped : Fail(served);
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) {
  burntin::LimitLibraryThreads(argv);
  // A worker of the same user may not read this process through /proc.
  prctl(PR_SET_DUMPABLE, 0);
  return burntin::Main(argc, argv);
}
