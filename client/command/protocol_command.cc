#include "client/command/protocol_command.h"

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <utility>

namespace burntin {
namespace {

constexpr char kCheckHelp[] =
    "Show what a quarantine protocol does with the sessions of DICOM files: "
    "which rule fires for each, and why those before it do not.\n"
    "\n"
    "Without a PATH it checks the protocol's file alone. By default only "
    "headers are read, and a rule that lets out is shown as INSPECT FIRST. "
    "Results go to standard output, everything else to standard error.";

constexpr char kExitStatusHelp[] =
    "Exit status:\n"
    "  0  every session goes to a project; without PATH: the protocol has\n"
    "     no errors\n"
    "  1  at least one session is quarantined, or has to be inspected first\n"
    "  2  the check itself failed: wrong arguments, a protocol with errors, a\n"
    "     path that does not exist, no DICOM file at all, models not loaded,\n"
    "     results not written";

}  // namespace

ProtocolCommand::ProtocolCommand(ProtocolCheckEnvironment environment)
    : environment_(std::move(environment)) {}

void ProtocolCommand::AddTo(CLI::App* app) {
  CLI::App* protocol =
      app->add_subcommand("protocol", "Work with a quarantine protocol.");
  protocol->require_subcommand(1);
  check_ = protocol->add_subcommand("check", kCheckHelp);
  check_->footer(kExitStatusHelp);
  check_->add_option("PATH", arguments_.paths,
                     "Files, and folders with all that is below them");
  const std::map<std::string, ScanFormat> formats = {
      {"text", ScanFormat::kText}, {"jsonl", ScanFormat::kJsonLines}};
  check_
      ->add_option("--format", arguments_.format,
                   "text: a paragraph for each session; jsonl: one "
                   "CheckedSession in JSON per line")
      ->transform(CLI::CheckedTransformer(formats))
      ->option_text("text|jsonl [text]");
  AddProtocolOptions();
  AddInspectionOptions();
}

void ProtocolCommand::AddProtocolOptions() {
  check_
      ->add_option("--protocol", arguments_.protocol_file,
                   "The protocol: a file in YAML, or DASHER's protocol.txt")
      ->required()
      ->option_text("FILE REQUIRED");
  check_
      ->add_option("--dasher", arguments_.dasher_file,
                   "Compare with what DASHER itself does by this protocol.txt")
      ->option_text("FILE");
  check_
      ->add_option("--hospital-project", arguments_.hospital_project,
                   "ID of the project to which DASHER's protocol.txt lets out")
      ->option_text("ID");
  check_
      ->add_option("--quarantine-project", arguments_.quarantine_project,
                   "ID of the project that holds what is quarantined")
      ->option_text("ID [QUARANTINE]");
}

void ProtocolCommand::AddInspectionOptions() {
  CLI::Option* inspect =
      check_->add_flag("--inspect", arguments_.inspect,
                       "Inspect the pixels as well, in this process");
  ScanArguments* how = &arguments_.inspection;
  check_
      ->add_option("--models", how->model_directory,
                   "With --inspect: folder with the models; default: "
                   "BURNTIN_MODELS, or models/cache above the program")
      ->option_text("DIR")
      ->needs(inspect);
  check_
      ->add_option("--languages", how->languages,
                   "With --inspect: language packs of Tesseract, as in "
                   "eng+deu")
      ->option_text("LANGUAGES [eng]")
      ->needs(inspect);
  check_
      ->add_option("--benign-vocabulary", how->benign_vocabulary_file,
                   "With --inspect: words of your own that say nothing about "
                   "a patient")
      ->option_text("FILE")
      ->needs(inspect);
  check_
      ->add_option("--cache", how->cache_file,
                   "With --inspect: keep reports in this file, and inspect "
                   "nothing that is equal to what has a report there")
      ->option_text("FILE")
      ->needs(inspect);
  check_
      ->add_option("--workers", how->workers,
                   "With --inspect: frames inspected at a time")
      ->check(CLI::Range(1, 4096))
      ->option_text("N [one for each CPU]")
      ->needs(inspect);
  check_->add_flag("--in-process-decoding", how->in_process_decoding,
                   "Read files in this process, not in processes of their "
                   "own: a file that crashes a decoder then ends the check");
}

bool ProtocolCommand::IsAsked() const {
  return check_ != nullptr && check_->parsed();
}

int ProtocolCommand::Run() { return CheckProtocol(arguments_, environment_); }

}  // namespace burntin
