// `burntin session`.
#ifndef BURNTIN_CLIENT_COMMAND_SESSION_COMMAND_H_
#define BURNTIN_CLIENT_COMMAND_SESSION_COMMAND_H_

#include "client/command/inspection_options.h"
#include "client/command/sub_command.h"
#include "client/session/session.h"

namespace burntin {

// Exit status: 0 the session goes to a project, 1 it is quarantined, 2 it could
// not be inspected or decided.
class SessionCommand final : public SubCommand {
 public:
  explicit SessionCommand(SessionEnvironment environment);

  void AddTo(CLI::App* app) override;
  bool IsAsked() const override;
  int Run() override;

  const SessionArguments& arguments() const { return arguments_; }

 private:
  void AddLocation();

  const SessionEnvironment environment_;
  SessionArguments arguments_;
  InspectionOptions inspection_;
  CLI::App* session_ = nullptr;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_SESSION_COMMAND_H_
