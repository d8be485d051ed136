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
  timeout_s_ = static_cast<int>(arguments_.object_timeout.count());
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
  AddServerOptions();
  AddAccessOptions();
  scan_
      ->add_option("--report", arguments_.report_path,
                   "Write a page with pictures of what was found; it holds "
                   "patient data")
      ->option_text("FILE.html");
  scan_->add_flag("--text", arguments_.text,
                  "Include the recognised strings, which may be patient data");
  scan_
      ->add_option("--workers", arguments_.workers,
                   "Frames inspected at a time; with --server, objects sent "
                   "at a time")
      ->check(CLI::Range(1, 4096))
      ->option_text("N [one for each CPU]");
  scan_->add_flag("--in-process-decoding", arguments_.in_process_decoding,
                  "Decode in this process, not in processes of their own: a "
                  "file that crashes a decoder then ends the scan");
  scan_->add_flag("--quiet,-q", arguments_.quiet,
                  "Write only errors and the number of skipped files to "
                  "standard error");
}

// Some options are only for a server and some only for a scan without one.
// One that would be ignored is refused.
void ScanCommand::AddServerOptions() {
  CLI::Option* server =
      scan_
          ->add_option("--server", arguments_.server,
                       "Ask this burntind instead of inspecting here")
          ->check([](const std::string& address) {
            return address.empty() ? "it is empty" : "";
          })
          ->option_text("HOST:PORT");
  scan_
      ->add_flag("--allow-plaintext", arguments_.allow_plaintext,
                 "With --server: send the files to another machine, although "
                 "the connection is not encrypted")
      ->needs(server);
  scan_
      ->add_option("--timeout", timeout_s_,
                   "With --server: give an object up when the server has "
                   "answered nothing for so long")
      ->check(CLI::Range(1, 86'400))
      ->option_text("SECONDS [1800]")
      ->needs(server);
  scan_
      ->add_option("--models", arguments_.model_directory,
                   "Folder with the models; default: BURNTIN_MODELS, or "
                   "models/cache above the program. Not with --server")
      ->option_text("DIR")
      ->excludes(server);
  scan_
      ->add_option("--languages", arguments_.languages,
                   "Language packs of Tesseract, as in eng+deu. Not with "
                   "--server")
      ->option_text("LANGUAGES [eng]")
      ->excludes(server);
  scan_
      ->add_flag("--thorough", arguments_.thorough,
                 "Look at all of every view, and read every line twice; "
                 "slower. Not with --server")
      ->excludes(server);
  scan_
      ->add_option("--benign-vocabulary", arguments_.benign_vocabulary_file,
                   "Words of your own that say nothing about a patient, in "
                   "the form of detector/phi/benign_vocabulary.txt. Not with "
                   "--server")
      ->option_text("FILE")
      ->excludes(server);
  const std::map<std::string, InferenceRuntime> runtimes = {
      {"auto", InferenceRuntime::kAuto},
      {"opencv", InferenceRuntime::kOpenCv},
      {"onnxruntime", InferenceRuntime::kOnnxRuntime}};
  scan_
      ->add_option("--runtime", arguments_.runtime,
                   "What runs the neural networks; auto: ONNX Runtime where "
                   "models/fetch got it, else OpenCV. Not with --server")
      ->transform(CLI::CheckedTransformer(runtimes))
      ->option_text("auto|opencv|onnxruntime [auto]")
      ->excludes(server);
}

// How to reach the server, and as whom.
void ScanCommand::AddAccessOptions() {
  CLI::Option* server = scan_->get_option("--server");
  const auto add = [&](const std::string& name, std::string* path,
                       const std::string& help) {
    return scan_->add_option(name, *path, "With --server: " + help)
        ->option_text("FILE")
        ->needs(server);
  };
  ServerAccess* access = &arguments_.access;
  CLI::Option* authorities =
      add("--tls-authorities", &access->authorities_file,
          "encrypt, and trust a server that these vouch for (PEM)");
  CLI::Option* certificate =
      add("--tls-certificate", &access->certificate_file,
          "the certificate by which the server knows the caller (PEM)")
          ->needs(authorities);
  add("--tls-key", &access->key_file, "the key of --tls-certificate (PEM)")
      ->needs(certificate);
  add("--token-file", &access->token_file,
      "a file with the token by which the server knows the caller");
}

bool ScanCommand::IsAsked() const {
  return scan_ != nullptr && scan_->parsed();
}

int ScanCommand::Run() {
  arguments_.object_timeout = std::chrono::seconds(timeout_s_);
  return Scan(arguments_, environment_);
}

}  // namespace burntin
