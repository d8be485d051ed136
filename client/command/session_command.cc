#include "client/command/session_command.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>

namespace burntin {
namespace {

constexpr char kHelp[] =
    "Inspect one session of XNAT by a server, and ask it where the session "
    "goes. What XNAT's Container Service starts.\n"
    "\n"
    "Writes report.json and report.html to the output folder, which hold "
    "patient data, and what was decided to standard output.";

constexpr char kExitStatusHelp[] =
    "Environment, where the option is not given:\n"
    "  BURNTIN_SERVER, BURNTIN_PROJECT, BURNTIN_EXPERIMENT,\n"
    "  BURNTIN_SUBJECT_LABEL, BURNTIN_SESSION_LABEL\n"
    "  BURNTIN_TOKEN  the token itself, instead of --token-file\n"
    "  TRACEPARENT    the trace that the calls belong to, in the form of W3C\n"
    "                 Trace Context; without it they begin one\n"
    "\n"
    "Exit status:\n"
    "  0  the session goes to a project; with --inspect-only: every object\n"
    "     is CLEAR\n"
    "  1  the session is quarantined; with --inspect-only: an object is not\n"
    "     CLEAR; 0 with --exit-0-if-held\n"
    "  2  it could not be inspected or decided, so treat it as quarantined:\n"
    "     wrong arguments, no DICOM file, server not reachable, the session\n"
    "     changed all the time, reports not written";

}  // namespace

SessionCommand::SessionCommand(SessionEnvironment environment)
    : environment_(std::move(environment)) {}

void SessionCommand::AddTo(CLI::App* app) {
  session_ = app->add_subcommand("session", kHelp);
  session_->footer(kExitStatusHelp);
  session_
      ->add_option("--input", arguments_.input,
                   "Folder with the session's files")
      ->required()
      ->option_text("DIR REQUIRED");
  session_->add_option("--output", arguments_.output, "Folder for the reports")
      ->required()
      ->option_text("DIR REQUIRED");
  AddLocation();
  session_->add_flag("--exit-0-if-held", arguments_.held_is_success,
                     "End with status 0 for a quarantined session too: XNAT "
                     "keeps no report of a container that ends with another");
  inspection_.AddServerTo(session_, &arguments_.inspection);
  session_->get_option("--server")->required()->envname("BURNTIN_SERVER");
}

// XNAT runs a container's command line through a shell, and labels hold what
// people type. So these may come from the environment as well.
void SessionCommand::AddLocation() {
  session_->add_flag(
      "--inspect-only", arguments_.inspect_only,
      "Inspect and report a part of a session, and decide nothing");
  const auto add = [&](const std::string& name, const std::string& variable,
                       std::string* value, const std::string& help) {
    session_->add_option(name, *value, help)
        ->option_text("TEXT")
        ->envname(variable);
  };
  v1::SessionLocation* location = &arguments_.location;
  add("--project", "BURNTIN_PROJECT", location->mutable_project(),
      "ID of the project that holds the session in XNAT");
  add("--experiment", "BURNTIN_EXPERIMENT", location->mutable_experiment_id(),
      "XNAT's ID of the session, as in XNAT_E00012");
  add("--subject-label", "BURNTIN_SUBJECT_LABEL",
      location->mutable_subject_label(), "Label of the subject in XNAT");
  add("--session-label", "BURNTIN_SESSION_LABEL",
      location->mutable_session_label(), "Label of the session in XNAT");
}

bool SessionCommand::IsAsked() const {
  return session_ != nullptr && session_->parsed();
}

int SessionCommand::Run() {
  inspection_.Finish();
  // The page needs pictures, which are made here.
  arguments_.inspection.report_path = arguments_.output + "/report.html";
  return DecideAndReport(arguments_, environment_);
}

}  // namespace burntin
