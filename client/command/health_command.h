// `burntin health`.
#ifndef BURNTIN_CLIENT_COMMAND_HEALTH_COMMAND_H_
#define BURNTIN_CLIENT_COMMAND_HEALTH_COMMAND_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <ostream>

#include "absl/status/statusor.h"
#include "client/command/inspection_options.h"
#include "client/command/sub_command.h"
#include "client/scan/scan.h"

namespace burntin {

struct HealthEnvironment {
  std::ostream* err = nullptr;
  std::function<absl::StatusOr<std::shared_ptr<grpc::Channel>>(
      const ScanArguments& arguments)>
      make_channel;
};

// Exit status: 0 the server serves, 1 it does not or cannot be asked.
class HealthCommand final : public SubCommand {
 public:
  explicit HealthCommand(HealthEnvironment environment);

  void AddTo(CLI::App* app) override;
  bool IsAsked() const override;
  int Run() override;

 private:
  const HealthEnvironment environment_;
  ScanArguments arguments_;
  InspectionOptions inspection_;
  CLI::App* health_ = nullptr;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_HEALTH_COMMAND_H_
