// command: the sub-commands of `burntin`, each a class.
#ifndef BURNTIN_CLIENT_COMMAND_SUB_COMMAND_H_
#define BURNTIN_CLIENT_COMMAND_SUB_COMMAND_H_

namespace CLI {
class App;
}  // namespace CLI

namespace burntin {

class SubCommand {
 public:
  virtual ~SubCommand() = default;

  // Adds the sub-command with its options to `app`, which this must outlive.
  virtual void AddTo(CLI::App* app) = 0;

  // Whether the parsed command line names this sub-command.
  virtual bool IsAsked() const = 0;

  // Runs it and returns the exit status. Called at most once.
  virtual int Run() = 0;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_SUB_COMMAND_H_
