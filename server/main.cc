// burntind: answers the contract's DetectionService and RoutingService and,
// with a ledger, its QuarantineService over gRPC.
// burntind token: makes a caller's token.
//
// Exit status: 0 stopped when asked to, or done; 1 stopped at once by a second
// signal; 2 could not start.
#include <sys/prctl.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/detector.h"
#include "server/config/config.h"
#include "server/daemon/daemon.h"
#include "server/daemon/settings.h"
#include "server/identity/token.h"

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
  RETURN_IF_ERROR(CheckSettings(config));
  return config;
}

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
