#include "client/batch/part_run.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "client/batch/record.h"
#include "client/batch/transient.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "wire/json.h"

namespace burntin {
namespace {

constexpr char kEndsTheProgram[] =
    "The program ended each time while it inspected this object and no other. "
    "Look at it by hand, and report its kind as a defect.";

// What the plan could not read may be there by now.
FoundFile AsItIsNow(const FoundFile& planned) {
  if (planned.state == FoundFile::State::kReadable) return planned;
  struct stat info;
  if (stat(planned.path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) ||
      access(planned.path.c_str(), R_OK) != 0) {
    return MakeFoundFile(planned.path, 0, FoundFile::State::kUnreadable);
  }
  return MakeFoundFile(planned.path, info.st_size,
                       info.st_size == 0 ? FoundFile::State::kEmpty
                                         : FoundFile::State::kReadable);
}

class PartRun {
 public:
  PartRun(const std::vector<FoundFile>& files, const PartRunOptions& options,
          const PartRunParts& parts)
      : files_(files), options_(options), parts_(parts) {
    const PartState& state = parts.log->state();
    answered_ = state.answered;
    given_up_ = state.given_up;
    for (const InstanceState& instance : state.instances) {
      failures_.push_back(instance.failures);
    }
  }

  absl::Status Run() {
    std::vector<size_t> left = InstancesToAsk(parts_.log->state(), options_);
    if (left.empty() && !parts_.log->state().cut_off) return absl::OkStatus();
    RETURN_IF_ERROR(
        Append({RecordKind::kBegin, 0, parts_.inspector->max_in_flight(), {}}));
    const absl::Status status = AskAll(std::move(left));
    // Whatever ended the run, it was not an object that ended the program.
    RETURN_IF_ERROR(Append({RecordKind::kEnd, answered_, given_up_, {}}));
    RETURN_IF_ERROR(parts_.log->Sync());
    return status;
  }

 private:
  absl::Status AskAll(std::vector<size_t> left) {
    const PartState& state = parts_.log->state();
    const size_t suspects =
        state.cut_off
            ? std::min(left.size(), static_cast<size_t>(state.in_flight))
            : 0;
    for (size_t i = 0; i < suspects; ++i) RETURN_IF_ERROR(AskAlone(left[i]));
    RETURN_IF_ERROR(Ask(
        {left.begin() + static_cast<std::ptrdiff_t>(suspects), left.end()}));
    while (!again_.empty()) {
      std::sort(again_.begin(), again_.end());
      RETURN_IF_ERROR(Ask(std::exchange(again_, {})));
    }
    return absl::OkStatus();
  }

  absl::Status AskAlone(size_t instance) {
    const InstanceState& state = parts_.log->state().instances[instance];
    if (state.alone_ends >= options_.attempts) {
      return Answer(instance, RecordKind::kGivenUp, state.alone_ends,
                    LocalReport(files_[instance], Reason::kInternalFailure,
                                kEndsTheProgram));
    }
    RETURN_IF_ERROR(
        Append({RecordKind::kAlone, static_cast<int64_t>(instance), 0, {}}));
    return Ask({instance});
  }

  // Afterwards each of `instances` is answered, or in `again_`.
  absl::Status Ask(const std::vector<size_t>& instances) {
    std::vector<FoundFile> readable;
    std::vector<size_t> places;
    failed_.clear();
    for (const size_t instance : instances) {
      const FoundFile file = AsItIsNow(files_[instance]);
      if (file.state == FoundFile::State::kReadable) {
        readable.push_back(file);
        places.push_back(instance);
      } else {
        Take(instance, UninspectableReport(file));
      }
    }
    if (!readable.empty()) {
      RETURN_IF_ERROR(parts_.inspector->InspectAll(
          readable, [&](size_t i, v1::InstanceReport report) {
            Take(places[i], std::move(report));
          }));
    }
    RETURN_IF_ERROR(written_);
    for (auto& [instance, report] : std::exchange(failed_, {})) {
      RETURN_IF_ERROR(BookFailure(instance, report));
    }
    return absl::OkStatus();
  }

  // An inspector that fails answers for all that is left. So what may pass is
  // kept until it is known whether the inspector did.
  void Take(size_t instance, v1::InstanceReport report) {
    const std::lock_guard lock(mutex_);
    if (MayBeTransient(report)) {
      failed_.emplace(instance, std::move(report));
      return;
    }
    written_.Update(AnswerLocked(instance, RecordKind::kAnswer, 1, report));
  }

  absl::Status BookFailure(size_t instance, const v1::InstanceReport& report) {
    const int64_t attempts = ++failures_[instance];
    if (attempts >= options_.attempts) {
      return Answer(instance, RecordKind::kGivenUp, attempts, report);
    }
    again_.push_back(instance);
    return Append(
        {RecordKind::kFailed, static_cast<int64_t>(instance), attempts, {}});
  }

  absl::Status Answer(size_t instance, RecordKind kind, int64_t attempts,
                      const v1::InstanceReport& report) {
    const std::lock_guard lock(mutex_);
    return AnswerLocked(instance, kind, attempts, report);
  }

  absl::Status AnswerLocked(size_t instance, RecordKind kind, int64_t attempts,
                            const v1::InstanceReport& report) {
    ASSIGN_OR_RETURN(const std::string line, ToJsonLine(report));
    RETURN_IF_ERROR(parts_.log->Append(
        {kind, static_cast<int64_t>(instance), attempts, line}));
    const InstanceState& before = parts_.log->state().instances[instance];
    if (before.answer_at) {
      given_up_ -= before.given_up ? 1 : 0;
    } else {
      ++answered_;
    }
    given_up_ += kind == RecordKind::kGivenUp ? 1 : 0;
    parts_.answered(files_[instance].bytes);
    return absl::OkStatus();
  }

  absl::Status Append(const Record& record) {
    const std::lock_guard lock(mutex_);
    return parts_.log->Append(record);
  }

  const std::vector<FoundFile>& files_;
  const PartRunOptions& options_;
  const PartRunParts& parts_;

  std::mutex mutex_;  // guards all below while an inspector runs
  absl::Status written_;
  int64_t answered_ = 0;
  int64_t given_up_ = 0;
  std::map<size_t, v1::InstanceReport> failed_;
  std::vector<int64_t> failures_;  // by instance
  std::vector<size_t> again_;
};

}  // namespace

std::vector<size_t> InstancesToAsk(const PartState& state,
                                   const PartRunOptions& options) {
  std::vector<size_t> instances;
  for (size_t i = 0; i < state.instances.size(); ++i) {
    const InstanceState& instance = state.instances[i];
    if (!instance.answer_at || (options.retry_given_up && instance.given_up)) {
      instances.push_back(i);
    }
  }
  return instances;
}

absl::Status RunPart(const std::vector<FoundFile>& files,
                     const PartRunOptions& options, const PartRunParts& parts) {
  return PartRun(files, options, parts).Run();
}

}  // namespace burntin
