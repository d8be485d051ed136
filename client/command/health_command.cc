#include "client/command/health_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <utility>

#include "client/health/health.h"
#include "client/output/failure.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr char kHelp[] =
    "Ask a server whether it serves, by the standard gRPC health service. For "
    "the health checks of containers and supervisors.";

constexpr char kExitStatusHelp[] =
    "Exit status:\n"
    "  0  it serves\n"
    "  1  it does not, or cannot be asked\n"
    "  2  wrong arguments";

constexpr std::chrono::seconds kMostPatience(5);

}  // namespace

HealthCommand::HealthCommand(HealthEnvironment environment)
    : environment_(std::move(environment)) {}

void HealthCommand::AddTo(CLI::App* app) {
  health_ = app->add_subcommand("health", kHelp);
  health_->footer(kExitStatusHelp);
  inspection_.AddServerTo(health_, &arguments_);
  health_->get_option("--server")->required();
}

bool HealthCommand::IsAsked() const {
  return health_ != nullptr && health_->parsed();
}

int HealthCommand::Run() {
  inspection_.Finish();
  const auto ask = [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const auto channel, environment_.make_channel(arguments_));
    return CheckHealth(channel, std::min<std::chrono::milliseconds>(
                                    arguments_.object_timeout, kMostPatience));
  };
  const absl::Status status = ask();
  if (status.ok()) return 0;
  TellFailure(status, environment_.err);
  return 1;
}

}  // namespace burntin
