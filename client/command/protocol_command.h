// `burntin protocol check`.
#ifndef BURNTIN_CLIENT_COMMAND_PROTOCOL_COMMAND_H_
#define BURNTIN_CLIENT_COMMAND_PROTOCOL_COMMAND_H_

#include "client/command/sub_command.h"
#include "client/protocol/protocol_check.h"

namespace burntin {

// Exit status: 0 every session goes to a project, 1 a session is quarantined
// or has to be inspected first, 2 the check itself failed: wrong arguments, a
// protocol with errors, a path that does not exist, no DICOM file at all,
// models not loaded, results not written.
class ProtocolCommand final : public SubCommand {
 public:
  explicit ProtocolCommand(ProtocolCheckEnvironment environment);

  void AddTo(CLI::App* app) override;
  bool IsAsked() const override;
  int Run() override;

  const ProtocolCheckArguments& arguments() const { return arguments_; }

 private:
  void AddProtocolOptions();
  void AddInspectionOptions();

  const ProtocolCheckEnvironment environment_;
  ProtocolCheckArguments arguments_;
  CLI::App* check_ = nullptr;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_PROTOCOL_COMMAND_H_
