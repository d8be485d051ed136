// `burntin scan` without its command line: from arguments to exit status.
#ifndef BURNTIN_CLIENT_SCAN_SCAN_H_
#define BURNTIN_CLIENT_SCAN_SCAN_H_

#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/html/html_report.h"
#include "client/inspect/inspector.h"
#include "client/inspect/server_access.h"
#include "client/output/progress_meter.h"
#include "client/walk/walk.h"
#include "detector/base/comparison.h"
#include "detector/base/inference_runtime.h"
#include "detector/base/network_choice.h"

namespace burntin {

// Exit statuses, as virus scanners have them.
inline constexpr int kExitNothingFound = 0;  // everything is CLEAR
inline constexpr int kExitHeld = 1;          // something must be quarantined
inline constexpr int kExitFailed = 2;        // the scan itself failed

enum class ScanFormat { kText, kJsonLines };

struct ScanArguments {
  std::vector<std::string> paths;
  ScanFormat format = ScanFormat::kText;
  std::string server;            // see ParseServers; empty: in this process
  int streams = 0;               // 0: two for each address, if several
  bool allow_plaintext = false;  // also to other machines than this one
  ServerAccess access;           // with `server`
  std::string report_path;       // of the HTML page; empty: none
  bool text = false;             // show the recognised strings
  bool quiet = false;  // only errors and what was skipped on standard error
  int workers = 0;     // 0: one for each CPU; objects in flight remotely
  std::chrono::seconds object_timeout = std::chrono::minutes(30);
  std::string model_directory;  // empty: looked for
  std::string languages = "eng";
  InferenceRuntime runtime = InferenceRuntime::kAuto;
  NetworkChoice networks = NetworkChoice::kAll;
  bool thorough = false;                          // see DetectorOptions
  Comparison compare_with = Comparison::kFrames;  // see DetectorOptions
  std::string benign_vocabulary_file;             // see DetectorOptions
  // An SQLite file with reports that were made before, made if it is not there;
  // see server/report_cache. Empty: everything is inspected. Not with `text`,
  // which is not kept there.
  std::string cache_file;
  bool in_process_decoding = false;  // instead of in processes of its own
};

// What a scan touches outside itself, so that tests can bring their own.
struct ScanEnvironment {
  std::ostream* out = nullptr;  // results
  std::ostream* err = nullptr;  // everything meant for people
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool may_use_color = true;
  int err_columns = 80;
  std::string now;  // for the page, as people read it
  ProgressMeter::Clock clock;
  LooksLikeDicomFunction looks_like_dicom;
  FrameRenderer render_frame;  // called after make_inspector
  // Makes the inspector that the arguments ask for; an error is the scan's.
  std::function<absl::StatusOr<std::unique_ptr<Inspector>>(
      const ScanArguments& arguments)>
      make_inspector;
};

// Scans and returns the exit status. Fails, with a sentence on `err`, when a
// path does not exist, when there is no DICOM file at all, when the report or
// the results cannot be written, and when the inspector fails.
int Scan(const ScanArguments& arguments, const ScanEnvironment& environment);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_SCAN_SCAN_H_
