#include "client/command/audit_command.h"

#include <CLI/CLI.hpp>

namespace burntin {
namespace {

constexpr char kHelp[] =
    "Prove the audit trail of a ledger, or write it as DICOM audit messages.";

constexpr char kVerifyHelp[] =
    "Prove that no entry of the audit trail was changed, removed or put in.\n"
    "\n"
    "Prints the last entry's number and digest to standard output. Note that "
    "line down where nobody who can write to the ledger can reach it.";

constexpr char kExportHelp[] =
    "Write the audit trail to standard output: one AuditMessage (DICOM PS3.15 "
    "A.5, XML) on a line. The trail is proven first.";

constexpr char kExitStatusHelp[] =
    "Exit status:\n"
    "  0  the trail is whole\n"
    "  1  it is broken; the first broken entry is named\n"
    "  2  it could not be read, or the result not be written";

void AddLedger(CLI::App* command, AuditArguments* arguments) {
  command->footer(kExitStatusHelp);
  command
      ->add_option("LEDGER", arguments->ledger,
                   "The ledger: an SQLite file, or a connection string of "
                   "PostgreSQL. Leave passwords to ~/.pgpass")
      ->required();
  command
      ->add_option("--expect-head", arguments->expected_head,
                   "What an earlier verify printed: that entry has to be "
                   "there, unchanged")
      ->option_text("NUMBER:SHA256");
}

}  // namespace

void AuditCommand::AddTo(CLI::App* app) {
  audit_ = app->add_subcommand("audit", kHelp);
  audit_->require_subcommand(1);
  verify_ = audit_->add_subcommand("verify", kVerifyHelp);
  AddLedger(verify_, &arguments_);
  export_ = audit_->add_subcommand("export", kExportHelp);
  AddLedger(export_, &arguments_);
  export_
      ->add_option("--from", arguments_.from,
                   "Number of the first entry to write")
      ->check(CLI::PositiveNumber)
      ->option_text("NUMBER [1]");
  export_
      ->add_option("--source", arguments_.source,
                   "AuditSourceID: names the machine that kept the trail")
      ->option_text("NAME [burntin]");
  export_->add_flag("--reasons", arguments_.include_reasons,
                    "Include the admins' reasons, which may be patient data");
}

bool AuditCommand::IsAsked() const {
  return audit_ != nullptr && audit_->parsed();
}

int AuditCommand::Run() {
  return verify_->parsed() ? VerifyAudit(arguments_, out_, err_)
                           : ExportAudit(arguments_, out_, err_);
}

}  // namespace burntin
