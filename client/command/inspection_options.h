// The options that say how objects are inspected: here or by a server, and
// with what. The same for every sub-command that inspects.
#ifndef BURNTIN_CLIENT_COMMAND_INSPECTION_OPTIONS_H_
#define BURNTIN_CLIENT_COMMAND_INSPECTION_OPTIONS_H_

#include "client/scan/scan.h"

namespace CLI {
class App;
}  // namespace CLI

namespace burntin {

class InspectionOptions {
 public:
  // Both have to outlive this.
  void AddTo(CLI::App* command, ScanArguments* arguments);

  // Only what says how to reach a server, for commands that need one.
  void AddServerTo(CLI::App* command, ScanArguments* arguments);

  // Takes over what was parsed. Called once, after the parsing.
  void Finish();

 private:
  void AddServer();
  void AddAccess();
  void AddDetector();

  CLI::App* command_ = nullptr;
  ScanArguments* arguments_ = nullptr;
  int timeout_s_ = 0;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_INSPECTION_OPTIONS_H_
