// `burntin batch plan`, `run`, `status` and `export`.
#ifndef BURNTIN_CLIENT_COMMAND_BATCH_COMMAND_H_
#define BURNTIN_CLIENT_COMMAND_BATCH_COMMAND_H_

#include "client/batch/batch.h"
#include "client/command/inspection_options.h"
#include "client/command/sub_command.h"

namespace burntin {

// Exit status: 0 done, whatever the verdicts are; 1 (`status` only) some
// instances have no answer yet; 2 the command failed.
class BatchCommand final : public SubCommand {
 public:
  explicit BatchCommand(BatchEnvironment environment);

  void AddTo(CLI::App* app) override;
  bool IsAsked() const override;
  int Run() override;

  const BatchPlanArguments& plan_arguments() const { return plan_arguments_; }
  const BatchRunArguments& run_arguments() const { return run_arguments_; }

 private:
  void AddPlan();
  void AddRun();
  void AddStatus();
  void AddExport();

  const BatchEnvironment environment_;
  BatchPlanArguments plan_arguments_;
  BatchRunArguments run_arguments_;
  BatchStatusArguments status_arguments_;
  BatchExportArguments export_arguments_;
  InspectionOptions inspection_;
  CLI::App* batch_ = nullptr;
  CLI::App* plan_ = nullptr;
  CLI::App* run_ = nullptr;
  CLI::App* status_ = nullptr;
  CLI::App* export_ = nullptr;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_COMMAND_BATCH_COMMAND_H_
