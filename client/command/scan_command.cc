#include "client/command/scan_command.h"

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <utility>

namespace burntin {
namespace {

constexpr char kHelp[] =
    "Find text burnt into the pixels of DICOM files.\n"
    "\n"
    "Results go to standard output in the order of the files, then one line "
    "for each study. Everything else goes to standard error. Files that are "
    "not DICOM are listed as skipped.";

constexpr char kExitStatusHelp[] =
    "Exit status:\n"
    "  0  nothing found: every file is CLEAR\n"
    "  1  something must be quarantined: at least one file is REVIEW,\n"
    "     IDENTIFYING or INDETERMINATE\n"
    "  2  the scan itself failed: wrong arguments, a path that does not\n"
    "     exist, no DICOM file at all, models not loaded, server not\n"
    "     reachable, results not written";

}  // namespace

ScanCommand::ScanCommand(ScanEnvironment environment)
    : environment_(std::move(environment)) {}

void ScanCommand::AddTo(CLI::App* app) {
  const std::map<std::string, ScanFormat> formats = {
      {"text", ScanFormat::kText}, {"jsonl", ScanFormat::kJsonLines}};
  scan_ = app->add_subcommand("scan", kHelp);
  scan_->footer(kExitStatusHelp);
  scan_
      ->add_option("PATH", arguments_.paths,
                   "Files, and folders with all that is below them")
      ->required();
  scan_
      ->add_option("--format", arguments_.format,
                   "text: a table; jsonl: one ScanEvent in JSON per line")
      ->transform(CLI::CheckedTransformer(formats))
      ->option_text("text|jsonl [text]");
  inspection_.AddTo(scan_, &arguments_);
  scan_
      ->add_option("--report", arguments_.report_path,
                   "Write a page with pictures of what was found; it holds "
                   "patient data")
      ->option_text("FILE.html");
  scan_->add_flag("--quiet,-q", arguments_.quiet,
                  "Write only errors and the number of skipped files to "
                  "standard error");
}

bool ScanCommand::IsAsked() const {
  return scan_ != nullptr && scan_->parsed();
}

int ScanCommand::Run() {
  inspection_.Finish();
  return Scan(arguments_, environment_);
}

}  // namespace burntin
