// burntin, the command line. Here the parts are chosen and joined; no other
// file of the client knows the command line, the environment or the clock.
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
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
#include "client/command/protocol_command.h"
#include "client/command/scan_command.h"
#include "client/inspect/in_process_inspector.h"
#include "client/inspect/remote_inspector.h"
#include "client/inspect/server_access.h"
#include "client/inspect/server_address.h"
#include "client/models/find_models.h"
#include "detector/base/error.h"
#include "detector/base/processors.h"
#include "detector/base/runner.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"

namespace burntin {
namespace {

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
  options.thorough = arguments.thorough;
  options.benign_vocabulary_file = arguments.benign_vocabulary_file;
  const int workers =
      arguments.workers > 0 ? arguments.workers : UsableProcessors();
  options.decoder = parts->decoder;
  parts->runner = MakeThreadPoolRunner(workers);
  ASSIGN_OR_RETURN(auto detector,
                   Detector::Create(options, parts->runner.get()));
  return std::make_unique<InProcessInspector>(
      std::move(detector), /*files_in_flight=*/workers + 1, arguments.text);
}

absl::StatusOr<std::unique_ptr<Inspector>> MakeRemote(
    const ScanArguments& arguments) {
  const ServerAccess& access = arguments.access;
  RemoteOptions options;
  ASSIGN_OR_RETURN(options.token, ReadToken(access.token_file));
  // A token is never sent to another machine in plaintext.
  if (access.authorities_file.empty() &&
      (!arguments.allow_plaintext || !options.token.empty())) {
    RETURN_IF_ERROR(CheckIsThisMachine(arguments.server));
  }
  ASSIGN_OR_RETURN(const auto credentials, ChannelCredentialsFor(access));
  options.include_text = arguments.text;
  options.object_timeout = arguments.object_timeout;
  if (arguments.workers > 0) options.max_in_flight = arguments.workers;
  auto inspector = std::make_unique<RemoteInspector>(
      MakeChannel(arguments.server, credentials), options);
  RETURN_IF_ERROR(inspector->WaitForServer());
  return inspector;
}

// Without a local inspection only pictures for the report are decoded here.
absl::StatusOr<std::unique_ptr<Inspector>> MakeInspector(
    const ScanArguments& arguments, Parts* parts) {
  if (arguments.server.empty() || !arguments.report_path.empty()) {
    ASSIGN_OR_RETURN(parts->decoder, StartDecoder(arguments));
  }
  if (!arguments.server.empty()) return MakeRemote(arguments);
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
      std::make_unique<ProtocolCommand>(MakeCheckEnvironment(&parts)));
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
