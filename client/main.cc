// burntin, the command line. Here the parts are chosen and joined; no other
// file of the client knows the command line, the environment or the clock.
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "client/command/audit_command.h"
#include "client/command/batch_command.h"
#include "client/command/health_command.h"
#include "client/command/protocol_command.h"
#include "client/command/scan_command.h"
#include "client/command/session_command.h"
#include "client/inspect/in_process_inspector.h"
#include "client/inspect/outgoing_call.h"
#include "client/inspect/remote_inspector.h"
#include "client/inspect/server_access.h"
#include "client/inspect/server_address.h"
#include "client/models/find_models.h"
#include "detector/base/error.h"
#include "detector/base/processors.h"
#include "detector/base/runner.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"
#include "server/report_cache/caching_detector.h"
#include "server/report_cache/sql_tier.h"

namespace burntin {
namespace {

// Some six million reports; beyond, the least recently used go.
constexpr int64_t kCacheFileBytes = int64_t{8} << 30;

std::string EnvironmentValue(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string ExecutablePath() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).string();
}

int TerminalColumns() {
  winsize size = {};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return 80;
  }
  return size.ws_col;
}

std::string Now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts = {};
  localtime_r(&now, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof(text), "%Y-%m-%d %H:%M %Z", &parts)};
}

// What lives until the process ends, so longer than any inspector.
struct Parts {
  // All calls of the command belong to it.
  TraceContext trace = TraceOfCommand(EnvironmentValue("TRACEPARENT"));
  std::unique_ptr<Runner> runner;
  Decoder decoder;
};

absl::StatusOr<Decoder> StartDecoder(const ScanArguments& arguments) {
  DecoderOptions options;
  if (!arguments.in_process_decoding) {
    options.program = DecoderBesideThisProgram();
  }
  absl::StatusOr<Decoder> decoder = MakeDecoder(options);
  if (decoder.ok()) return decoder;
  return Error(Reason::kInvalidArgument,
               options.program + ": " +
                   std::string(decoder.status().message()) +
                   " Or give --in-process-decoding.");
}

// A file that fails later on is told of and costs inspections, nothing else.
absl::StatusOr<std::unique_ptr<Detector>> WithCache(
    std::unique_ptr<Detector> detector, const std::string& path) {
  SqlTierOptions options;
  options.database = path;
  options.most_bytes = kCacheFileBytes;
  options.on_failure = [path](const absl::Status& status) {
    std::cerr << "burntin: " + path + ": " + std::string(status.message()) +
                     "\n";
  };
  ReportCacheParts parts;
  absl::StatusOr<std::unique_ptr<SqlTier>> opened = SqlTier::OpenFile(options);
  if (!opened.ok()) {
    return Error(Reason::kInvalidArgument,
                 path + ": " + std::string(opened.status().message()) +
                     " Or name another file by --cache.");
  }
  parts.database = *std::move(opened);
  return std::make_unique<CachingDetector>(std::move(detector),
                                           std::move(parts));
}

absl::StatusOr<std::unique_ptr<Inspector>> MakeInProcess(
    const ScanArguments& arguments, Parts* parts) {
  ModelPlaces places;
  places.asked_for = arguments.model_directory;
  places.environment = EnvironmentValue("BURNTIN_MODELS");
  places.executable = ExecutablePath();
  DetectorOptions options;
  ASSIGN_OR_RETURN(options.model_directory, FindModels(places));
  options.languages = arguments.languages;
  options.runtime = arguments.runtime;
  options.networks = arguments.networks;
  options.thorough = arguments.thorough;
  options.compare_with = arguments.compare_with;
  options.benign_vocabulary_file = arguments.benign_vocabulary_file;
  const int workers =
      arguments.workers > 0 ? arguments.workers : UsableProcessors();
  options.decoder = parts->decoder;
  parts->runner = MakeThreadPoolRunner(workers);
  ASSIGN_OR_RETURN(std::unique_ptr<Detector> detector,
                   Detector::Create(options, parts->runner.get()));
  if (!arguments.cache_file.empty()) {
    ASSIGN_OR_RETURN(detector,
                     WithCache(std::move(detector), arguments.cache_file));
  }
  return std::make_unique<InProcessInspector>(
      std::move(detector), /*files_in_flight=*/workers + 1, arguments.text);
}

// How a server is spoken to.
struct Connection {
  std::shared_ptr<grpc::Channel> channel;
  std::string token;
  int streams = 1;
};

absl::StatusOr<std::string> TokenOf(const ServerAccess& access) {
  if (!access.token_file.empty()) return ReadToken(access.token_file);
  // The only place where XNAT's Container Service can put a secret.
  return EnvironmentValue("BURNTIN_TOKEN");
}

absl::StatusOr<Connection> Connect(const ScanArguments& arguments) {
  const ServerAccess& access = arguments.access;
  Connection connection;
  ASSIGN_OR_RETURN(connection.token, TokenOf(access));
  const bool is_encrypted = !access.authorities_file.empty();
  // A token is never sent to another machine in plaintext.
  if (!is_encrypted &&
      (!arguments.allow_plaintext || !connection.token.empty())) {
    RETURN_IF_ERROR(CheckIsThisMachine(arguments.server));
  }
  ASSIGN_OR_RETURN(const ServerTarget server, ParseServers(arguments.server));
  if (is_encrypted && server.addresses > 1) {
    return Error(Reason::kInvalidArgument,
                 "An encrypted connection proves one server's name. Give one "
                 "name that stands for all servers, and --streams.");
  }
  ASSIGN_OR_RETURN(const auto credentials, ChannelCredentialsFor(access));
  if (server.addresses > 1) connection.streams = 2 * server.addresses;
  if (arguments.streams > 0) connection.streams = arguments.streams;
  connection.channel = server.addresses > 1 || connection.streams > 1
                           ? MakeBalancedChannel(server.target, credentials)
                           : MakeChannel(server.target, credentials);
  return connection;
}

absl::StatusOr<std::unique_ptr<Inspector>> MakeRemote(
    const ScanArguments& arguments, const Parts& parts) {
  ASSIGN_OR_RETURN(const Connection connection, Connect(arguments));
  RemoteOptions options;
  options.introduction = {connection.token, parts.trace};
  options.include_text = arguments.text;
  options.object_timeout = arguments.object_timeout;
  options.streams = connection.streams;
  // A balanced channel reaches no server before one has loaded its models.
  if (options.streams > 1) options.connect_timeout = options.reconnect_timeout;
  if (arguments.workers > 0) {
    options.max_in_flight =
        (arguments.workers + options.streams - 1) / options.streams;
  }
  auto inspector =
      std::make_unique<RemoteInspector>(connection.channel, options);
  RETURN_IF_ERROR(inspector->WaitForServer());
  return inspector;
}

// Without a local inspection only pictures for the report are decoded here.
absl::StatusOr<std::unique_ptr<Inspector>> MakeInspector(
    const ScanArguments& arguments, Parts* parts) {
  if (arguments.server.empty() || !arguments.report_path.empty()) {
    ASSIGN_OR_RETURN(parts->decoder, StartDecoder(arguments));
  }
  if (!arguments.server.empty()) return MakeRemote(arguments, *parts);
  return MakeInProcess(arguments, parts);
}

ScanEnvironment MakeEnvironment(Parts* parts) {
  ScanEnvironment environment;
  environment.out = &std::cout;
  environment.err = &std::cerr;
  environment.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  environment.err_is_terminal = isatty(STDERR_FILENO) == 1;
  environment.may_use_color = EnvironmentValue("NO_COLOR").empty();
  environment.err_columns = TerminalColumns();
  environment.now = Now();
  environment.clock = std::chrono::steady_clock::now;
  environment.looks_like_dicom = LooksLikeDicom;
  environment.render_frame = [parts](const std::string& path, Source source,
                                     int source_index, int frame,
                                     int max_side) {
    return RenderFrame(parts->decoder, path, source, source_index, frame,
                       max_side);
  };
  environment.make_inspector = [parts](const ScanArguments& arguments) {
    return MakeInspector(arguments, parts);
  };
  return environment;
}

BatchEnvironment MakeBatchEnvironment(Parts* parts) {
  BatchEnvironment environment;
  environment.out = &std::cout;
  environment.err = &std::cerr;
  environment.err_is_terminal = isatty(STDERR_FILENO) == 1;
  environment.err_columns = TerminalColumns();
  environment.clock = std::chrono::steady_clock::now;
  environment.looks_like_dicom = LooksLikeDicom;
  environment.make_inspector = [parts](const ScanArguments& arguments) {
    return MakeInspector(arguments, parts);
  };
  return environment;
}

SessionEnvironment MakeSessionEnvironment(Parts* parts) {
  const ScanEnvironment scan = MakeEnvironment(parts);
  SessionEnvironment environment;
  environment.out = &std::cout;
  environment.err = &std::cerr;
  environment.now = scan.now;
  environment.clock = scan.clock;
  environment.looks_like_dicom = scan.looks_like_dicom;
  environment.render_frame = scan.render_frame;
  environment.make_inspector = scan.make_inspector;
  environment.make_router = [parts](const ScanArguments& arguments)
      -> absl::StatusOr<std::unique_ptr<Router>> {
    ASSIGN_OR_RETURN(const Connection connection, Connect(arguments));
    return MakeRemoteRouter(connection.channel,
                            {.introduction = {connection.token, parts->trace}});
  };
  return environment;
}

ProtocolCheckEnvironment MakeCheckEnvironment(Parts* parts) {
  ProtocolCheckEnvironment environment;
  environment.out = &std::cout;
  environment.err = &std::cerr;
  environment.looks_like_dicom = LooksLikeDicom;
  environment.make_header_reader = [parts](const ScanArguments& arguments)
      -> absl::StatusOr<ProtocolCheckEnvironment::HeaderReader> {
    ASSIGN_OR_RETURN(parts->decoder, StartDecoder(arguments));
    return [parts](const std::string& path) {
      return ReadObjectHeader(parts->decoder, path);
    };
  };
  environment.make_inspector = [parts](const ScanArguments& arguments) {
    return MakeInProcess(arguments, parts);
  };
  return environment;
}

int Main(int argc, char** argv) {
  Parts parts;
  std::vector<std::unique_ptr<SubCommand>> commands;
  commands.push_back(std::make_unique<ScanCommand>(MakeEnvironment(&parts)));
  commands.push_back(
      std::make_unique<BatchCommand>(MakeBatchEnvironment(&parts)));
  commands.push_back(
      std::make_unique<ProtocolCommand>(MakeCheckEnvironment(&parts)));
  commands.push_back(
      std::make_unique<SessionCommand>(MakeSessionEnvironment(&parts)));
  commands.push_back(std::make_unique<HealthCommand>(HealthEnvironment{
      &std::cerr,
      [](const ScanArguments& arguments)
          -> absl::StatusOr<std::shared_ptr<grpc::Channel>> {
        ASSIGN_OR_RETURN(const Connection connection, Connect(arguments));
        return connection.channel;
      }}));
  commands.push_back(std::make_unique<AuditCommand>(&std::cout, &std::cerr));

  CLI::App app("Finds text burnt into the pixels of DICOM images.", "burntin");
  app.set_version_flag("--version", "burntin " + DetectorVersion());
  app.require_subcommand(1);
  for (const auto& command : commands) command->AddTo(&app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and the version are no errors to CLI11; all else is ours to number.
    return app.exit(error) == 0 ? 0 : kExitFailed;
  }
  for (const auto& command : commands) {
    if (command->IsAsked()) return command->Run();
  }
  return kExitFailed;
}

}  // namespace
}  // namespace burntin

int main(int argc, char** argv) {
  burntin::LimitLibraryThreads(argv);
  // A worker of the same user may not read this process through /proc.
  prctl(PR_SET_DUMPABLE, 0);
  return burntin::Main(argc, argv);
}
