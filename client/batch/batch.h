// `burntin batch` without its command line: from arguments to exit status.
#ifndef BURNTIN_CLIENT_BATCH_BATCH_H_
#define BURNTIN_CLIENT_BATCH_BATCH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/inspect/inspector.h"
#include "client/output/progress_meter.h"
#include "client/scan/scan.h"
#include "client/walk/walk.h"

namespace burntin {

// Exit statuses.
inline constexpr int kBatchDone = 0;
inline constexpr int kBatchNotDone = 1;  // `status`: some have no answer yet
inline constexpr int kBatchFailed = 2;   // the command itself failed

struct BatchPlanArguments {
  std::string batch;               // the folder to make
  std::vector<std::string> paths;  // files and folders
  std::string list_file;           // with one path a line; empty: none
  int64_t part_size = 1'000;
  bool quiet = false;
};

struct BatchRunArguments {
  std::string batch;
  std::string shard = "0/1";
  int64_t attempts = 3;
  bool retry_given_up = false;
  ScanArguments inspection;  // how; its paths, format and report are not used
};

struct BatchStatusArguments {
  std::string batch;
  bool json = false;
  bool list_given_up = false;  // name the instances, whose paths may be PHI
};

// Paths; empty: not written.
struct BatchExportArguments {
  std::string batch;
  std::string jsonl_path;
  std::string csv_path;
  std::string summary_path;
  bool text = false;  // with the recognised strings, if the run kept them
  bool partial = false;
};

// What a batch touches outside itself, so that tests can bring their own.
struct BatchEnvironment {
  std::ostream* out = nullptr;  // results
  std::ostream* err = nullptr;  // everything meant for people
  bool err_is_terminal = false;
  int err_columns = 80;
  ProgressMeter::Clock clock;
  LooksLikeDicomFunction looks_like_dicom;
  std::function<absl::StatusOr<std::unique_ptr<Inspector>>(
      const ScanArguments& arguments)>
      make_inspector;
};

// Writes the plan of a batch.
int PlanBatch(const BatchPlanArguments& arguments,
              const BatchEnvironment& environment);

// Answers for the instances of a shard that have no answer yet. 0: each of them
// has one now, whatever it is. Stopped at any moment and run again, it goes on
// where it was. Shards may run at the same time, on one machine or many.
int RunBatch(const BatchRunArguments& arguments,
             const BatchEnvironment& environment);

// Tells how far a batch is. 0: every instance is answered.
int TellBatchStatus(const BatchStatusArguments& arguments,
                    const BatchEnvironment& environment);

// Writes the answers in the order of the plan, each file whole or not at all.
// What is written depends on the answers alone: not on shards, stops, times or
// the machine. Fails when an instance has no answer, unless `partial`; then
// only those that have one are written, and no sessions, since what is missing
// may belong to any of them.
int ExportBatch(const BatchExportArguments& arguments,
                const BatchEnvironment& environment);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_BATCH_H_
