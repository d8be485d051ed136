// `burntin scan`.
#ifndef BURNTIN_CLIENT_COMMAND_SCAN_COMMAND_H_
#define BURNTIN_CLIENT_COMMAND_SCAN_COMMAND_H_

#include "client/command/inspection_options.h"
#include "client/command/sub_command.h"
#include "client/scan/scan.h"

namespace burntin {

// Exit status: 0 everything is CLEAR, 1 something must be quarantined (REVIEW,
// IDENTIFYING or INDETERMINATE), 2 the scan itself failed: wrong arguments, a
// path that does not exist, no DICOM file at all, models not loaded, server
// not reachable, results not written.
class ScanCommand final : public SubCommand {
 public:
  explicit ScanCommand(ScanEnvironment environment);

  void AddTo(CLI::App* app) override;
  bool IsAsked() const override;
  int Run() override;

  const ScanArguments& arguments() const { return arguments_; }

 private:
  const ScanEnvironment environment_;
  ScanArguments arguments_;
  InspectionOptions inspection_;
  CLI::App* scan_ = nullptr;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_SCAN_COMMAND_H_
