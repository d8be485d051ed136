#include "client/command/batch_command.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>

namespace burntin {
namespace {

constexpr char kHelp[] =
    "Inspect an archive in any number of runs and tasks, each instance once.";

constexpr char kPlanHelp[] =
    "List what there is to inspect, once, into a new folder: the batch. Later "
    "commands work on that folder; it holds paths, which may be patient data.";

constexpr char kRunHelp[] =
    "Inspect the instances of a shard that have no answer yet.\n"
    "\n"
    "It may be stopped at any moment, by kill -9 too, and goes on where it was "
    "when it is run again. Shards may run at the same time, on machines that "
    "share the batch's folder.";

constexpr char kStatusHelp[] = "Tell how far a batch is.";

constexpr char kExportHelp[] =
    "Write the answers in the order of the plan. What is written depends on "
    "the answers alone, so two runs of one version over the same data give "
    "equal files.";

constexpr char kExitStatusHelp[] =
    "Exit status:\n"
    "  0  done, whatever the verdicts are\n"
    "  2  not done: wrong arguments, no plan, models not loaded, server not\n"
    "     reachable, another run works on the same shard, answers not written";

constexpr char kStatusExitHelp[] =
    "Exit status:\n"
    "  0  every instance has its answer\n"
    "  1  some have none yet\n"
    "  2  wrong arguments, or no plan";

void AddBatchOption(CLI::App* command, std::string* batch) {
  command->add_option("BATCH", *batch, "The batch's folder")->required();
}

}  // namespace

BatchCommand::BatchCommand(BatchEnvironment environment)
    : environment_(std::move(environment)) {}

void BatchCommand::AddTo(CLI::App* app) {
  batch_ = app->add_subcommand("batch", kHelp);
  batch_->require_subcommand(1);
  AddPlan();
  AddRun();
  AddStatus();
  AddExport();
}

void BatchCommand::AddPlan() {
  plan_ = batch_->add_subcommand("plan", kPlanHelp);
  plan_->footer(kExitStatusHelp);
  AddBatchOption(plan_, &plan_arguments_.batch);
  plan_->add_option("PATH", plan_arguments_.paths,
                    "Files, and folders with all that is below them");
  plan_
      ->add_option("--list", plan_arguments_.list_file,
                   "Also what this file names, one path a line")
      ->option_text("FILE");
  plan_
      ->add_option("--part-size", plan_arguments_.part_size,
                   "Instances of one part, the unit that shards are made of")
      ->check(CLI::Range(1, 1'000'000))
      ->option_text("N [1000]");
  plan_->add_flag("--quiet,-q", plan_arguments_.quiet, "Write only errors");
}

void BatchCommand::AddRun() {
  run_ = batch_->add_subcommand("run", kRunHelp);
  run_->footer(kExitStatusHelp);
  AddBatchOption(run_, &run_arguments_.batch);
  run_->add_option("--shard", run_arguments_.shard,
                   "The share of this task, counted from 0, and the number "
                   "of tasks; each run may choose another number")
      ->option_text("INDEX/COUNT [0/1]");
  run_->add_option("--attempts", run_arguments_.attempts,
                   "Give an instance up after so many attempts that failed "
                   "for a cause that may pass")
      ->check(CLI::Range(1, 100))
      ->option_text("N [3]");
  run_->add_flag("--retry-given-up", run_arguments_.retry_given_up,
                 "Ask again for what was given up before");
  inspection_.AddTo(run_, &run_arguments_.inspection);
  run_->add_flag("--quiet,-q", run_arguments_.inspection.quiet,
                 "Write only errors");
}

void BatchCommand::AddStatus() {
  status_ = batch_->add_subcommand("status", kStatusHelp);
  status_->footer(kStatusExitHelp);
  AddBatchOption(status_, &status_arguments_.batch);
  CLI::Option* json = status_->add_flag("--json", status_arguments_.json,
                                        "Write one line of JSON");
  status_
      ->add_flag("--given-up", status_arguments_.list_given_up,
                 "Name the instances that were given up, with the reason")
      ->excludes(json);
}

void BatchCommand::AddExport() {
  export_ = batch_->add_subcommand("export", kExportHelp);
  export_->footer(kExitStatusHelp);
  AddBatchOption(export_, &export_arguments_.batch);
  export_
      ->add_option("--jsonl", export_arguments_.jsonl_path,
                   "One ScanEvent in JSON per line, the sessions last")
      ->option_text("FILE");
  export_
      ->add_option("--csv", export_arguments_.csv_path,
                   "One row for each instance")
      ->option_text("FILE");
  export_
      ->add_option("--summary", export_arguments_.summary_path,
                   "A page with figures and plots, without patient data")
      ->option_text("FILE.html");
  export_->add_flag("--text", export_arguments_.text,
                    "Include the recognised strings, which may be patient "
                    "data, if the run was given --text as well");
  export_->add_flag("--partial", export_arguments_.partial,
                    "Export what there is although some instances have no "
                    "answer; leaves the sessions out");
}

bool BatchCommand::IsAsked() const {
  return batch_ != nullptr && batch_->parsed();
}

int BatchCommand::Run() {
  if (plan_->parsed()) return PlanBatch(plan_arguments_, environment_);
  if (status_->parsed()) {
    return TellBatchStatus(status_arguments_, environment_);
  }
  if (export_->parsed()) return ExportBatch(export_arguments_, environment_);
  inspection_.Finish();
  return RunBatch(run_arguments_, environment_);
}

}  // namespace burntin
