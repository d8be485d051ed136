// `burntin audit verify` and `burntin audit export`.
#ifndef BURNTIN_CLIENT_COMMAND_AUDIT_COMMAND_H_
#define BURNTIN_CLIENT_COMMAND_AUDIT_COMMAND_H_

#include <ostream>

#include "client/audit/audit.h"
#include "client/command/sub_command.h"

namespace burntin {

// Exit status: 0 the trail is whole, 1 it is broken, 2 it could not be read or
// written, or wrong arguments.
class AuditCommand final : public SubCommand {
 public:
  // Owns neither stream.
  AuditCommand(std::ostream* out, std::ostream* err) : out_(out), err_(err) {}

  void AddTo(CLI::App* app) override;
  bool IsAsked() const override;
  int Run() override;

 private:
  std::ostream* const out_;
  std::ostream* const err_;
  AuditArguments arguments_;
  CLI::App* audit_ = nullptr;
  CLI::App* verify_ = nullptr;
  CLI::App* export_ = nullptr;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_AUDIT_COMMAND_H_
