#include "client/command/inspection_options.h"

#include <CLI/CLI.hpp>
#include <map>
#include <string>

namespace burntin {

void InspectionOptions::AddTo(CLI::App* command, ScanArguments* arguments) {
  AddServerTo(command, arguments);
  AddDetector();
  CLI::Option* text = command_->add_flag(
      "--text", arguments_->text,
      "Include the recognised strings, which may be patient data");
  command_
      ->add_option("--cache", arguments_->cache_file,
                   "Keep reports in this file, and inspect nothing that is "
                   "equal to what has a report there. Not with --server, nor "
                   "with --text, which it does not keep")
      ->option_text("FILE")
      ->excludes(command_->get_option("--server"))
      ->excludes(text);
  command_
      ->add_option("--workers", arguments_->workers,
                   "Frames inspected at a time; with --server, objects sent "
                   "at a time")
      ->check(CLI::Range(1, 4096))
      ->option_text("N [one for each CPU]");
  command_->add_flag("--in-process-decoding", arguments_->in_process_decoding,
                     "Decode in this process, not in processes of their own: a "
                     "file that crashes a decoder then ends the scan");
}

void InspectionOptions::AddServerTo(CLI::App* command,
                                    ScanArguments* arguments) {
  command_ = command;
  arguments_ = arguments;
  timeout_s_ = static_cast<int>(arguments->object_timeout.count());
  AddServer();
  AddAccess();
}

void InspectionOptions::Finish() {
  arguments_->object_timeout = std::chrono::seconds(timeout_s_);
}

// Some options are only for a server and some only for an inspection without
// one. One that would be ignored is refused.
void InspectionOptions::AddServer() {
  CLI::Option* server =
      command_
          ->add_option(
              "--server", arguments_->server,
              "Ask this burntind, or these, instead of inspecting here")
          ->check([](const std::string& address) {
            return address.empty() ? "it is empty" : "";
          })
          ->option_text("HOST:PORT[,HOST:PORT...]");
  command_
      ->add_option("--streams", arguments_->streams,
                   "With --server: calls at a time, which go to its addresses "
                   "in turn; for several servers, or a name that stands for "
                   "several")
      ->check(CLI::Range(1, 1024))
      ->option_text("N [two for each address]")
      ->needs(server);
  command_
      ->add_flag("--allow-plaintext", arguments_->allow_plaintext,
                 "With --server: send the files to another machine, although "
                 "the connection is not encrypted")
      ->needs(server);
  command_
      ->add_option("--timeout", timeout_s_,
                   "With --server: give an object up when the server has "
                   "answered nothing for so long")
      ->check(CLI::Range(1, 86'400))
      ->option_text("SECONDS [1800]")
      ->needs(server);
}

void InspectionOptions::AddDetector() {
  CLI::Option* server = command_->get_option("--server");
  command_
      ->add_option("--models", arguments_->model_directory,
                   "Folder with the models; default: BURNTIN_MODELS, or "
                   "models/cache above the program. Not with --server")
      ->option_text("DIR")
      ->excludes(server);
  command_
      ->add_option("--languages", arguments_->languages,
                   "Language packs of Tesseract, as in eng+deu. Not with "
                   "--server")
      ->option_text("LANGUAGES [eng]")
      ->excludes(server);
  command_
      ->add_flag("--thorough", arguments_->thorough,
                 "Look at all of every view, and read every line twice; "
                 "slower. Not with --server")
      ->excludes(server);
  const std::map<std::string, Comparison> comparisons = {
      {"nothing", Comparison::kNothing},
      {"frames", Comparison::kFrames},
      {"series", Comparison::kSeries}};
  command_
      ->add_option("--compare-with", arguments_->compare_with,
                   "What a picture is compared with, so that only what is new "
                   "on it is looked at: frames before it, or also others of "
                   "its series; with --thorough, nothing. Not with --server")
      ->transform(CLI::CheckedTransformer(comparisons))
      ->option_text("nothing|frames|series [frames]")
      ->excludes(server);
  command_
      ->add_option("--benign-vocabulary", arguments_->benign_vocabulary_file,
                   "Words of your own that say nothing about a patient, in "
                   "the form of detector/phi/benign_vocabulary.txt. Not with "
                   "--server")
      ->option_text("FILE")
      ->excludes(server);
  const std::map<std::string, InferenceRuntime> runtimes = {
      {"auto", InferenceRuntime::kAuto},
      {"opencv", InferenceRuntime::kOpenCv},
      {"onnxruntime", InferenceRuntime::kOnnxRuntime}};
  command_
      ->add_option("--runtime", arguments_->runtime,
                   "What runs the neural networks; auto: ONNX Runtime where "
                   "models/fetch got it, else OpenCV. Not with --server")
      ->transform(CLI::CheckedTransformer(runtimes))
      ->option_text("auto|opencv|onnxruntime [auto]")
      ->excludes(server);
  const std::map<std::string, NetworkChoice> networks = {
      {"all", NetworkChoice::kAll},
      {"own", NetworkChoice::kOwn},
      {"pp-ocr", NetworkChoice::kPpOcr}};
  command_
      ->add_option("--networks", arguments_->networks,
                   "Which networks find and read text; all: burntin's own, "
                   "and PP-OCR's reader confirms. Not with --server")
      ->transform(CLI::CheckedTransformer(networks))
      ->option_text("all|own|pp-ocr [all]")
      ->excludes(server);
}

// How to reach the server, and as whom.
void InspectionOptions::AddAccess() {
  CLI::Option* server = command_->get_option("--server");
  const auto add = [&](const std::string& name, std::string* path,
                       const std::string& help) {
    return command_->add_option(name, *path, "With --server: " + help)
        ->option_text("FILE")
        ->needs(server);
  };
  ServerAccess* access = &arguments_->access;
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

}  // namespace burntin
