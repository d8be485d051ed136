#include "client/batch/part_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr size_t kLastLineBytes = 128;

absl::Status CannotUse(int64_t part) {
  return Error(Reason::kInvalidArgument,
               "The answers of part " + std::to_string(part) +
                   " cannot be read or written. Check the batch's folder, its "
                   "permissions and the room on its disk.");
}

absl::Status OfAnotherPlan(int64_t part) {
  return Error(Reason::kInvalidArgument,
               "The answers of part " + std::to_string(part) +
                   " belong to another plan. Put the folder's own back, or "
                   "plan in another folder.");
}

// Adds records to what a log says.
class StateReader {
 public:
  StateReader(const Plan& plan, int64_t part) : plan_(plan), part_(part) {
    state_.instances.resize(static_cast<size_t>(plan.SizeOf(part)));
  }

  // False: the record cannot stand here.
  bool Add(const Record& record, std::string_view bytes) {
    if (!has_head_) {
      has_head_ = true;
      return record.kind == RecordKind::kPart;
    }
    switch (record.kind) {
      case RecordKind::kBegin:
        state_.cut_off = true;
        state_.in_flight = record.count;
        return true;
      case RecordKind::kEnd:
        EndRun();
        return true;
      case RecordKind::kPart:
        return false;
      default:
        break;
    }
    if (record.number < 0 || record.number >= plan_.SizeOf(part_)) return false;
    const auto number = static_cast<size_t>(record.number);
    alone_.reset();
    if (record.kind == RecordKind::kAlone) alone_ = number;
    AddToInstance(record, bytes, &state_.instances[number]);
    return true;
  }

  PartState Finish() {
    for (const InstanceState& instance : state_.instances) {
      state_.answered += instance.answer_at ? 1 : 0;
      state_.given_up += instance.answer_at && instance.given_up ? 1 : 0;
    }
    return std::move(state_);
  }

 private:
  // An instance without an answer did not end the program then.
  void EndRun() {
    state_.cut_off = false;
    if (alone_) --state_.instances[*alone_].alone_ends;
    alone_.reset();
  }

  static void AddToInstance(const Record& record, std::string_view bytes,
                            InstanceState* instance) {
    if (record.kind == RecordKind::kAlone) {
      ++instance->alone_ends;
      return;
    }
    instance->alone_ends = 0;
    if (record.kind == RecordKind::kFailed) {
      instance->failures = record.count;
      return;
    }
    instance->failures = 0;
    instance->given_up = record.kind == RecordKind::kGivenUp;
    instance->answer_at =
        static_cast<size_t>(record.text.data() - bytes.data());
    instance->answer_bytes = record.text.size();
  }

  const Plan& plan_;
  const int64_t part_;
  bool has_head_ = false;
  std::optional<size_t> alone_;  // in work alone, without an answer so far
  PartState state_;
};

absl::StatusOr<std::string> ReadAll(int fd, int64_t part) {
  struct stat info;
  if (fstat(fd, &info) != 0) return CannotUse(part);
  std::string bytes(static_cast<size_t>(info.st_size), '\0');
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = pread(fd, bytes.data() + done, bytes.size() - done,
                              static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return CannotUse(part);
    if (got == 0) break;  // another process took off a line that was cut
    done += static_cast<size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

// The counts in a log's last line, if that line is the end of a run.
std::optional<PartCounts> CountsAtEnd(int fd) {
  struct stat info;
  if (fstat(fd, &info) != 0) return std::nullopt;
  char buffer[kLastLineBytes];
  const off_t from =
      std::max<off_t>(0, info.st_size - static_cast<off_t>(kLastLineBytes));
  const ssize_t got = pread(fd, buffer, sizeof(buffer), from);
  if (got <= 0) return std::nullopt;
  std::string_view tail(buffer, static_cast<size_t>(got));
  if (tail.back() != '\n') return std::nullopt;
  tail.remove_suffix(1);
  const size_t feed = tail.rfind('\n');
  if (feed == std::string_view::npos) return std::nullopt;
  const auto record = ParseRecord(tail.substr(feed + 1));
  if (!record || record->kind != RecordKind::kEnd) return std::nullopt;
  return PartCounts{record->number, record->count};
}

}  // namespace

absl::StatusOr<PartState> ReadPartState(std::string_view bytes,
                                        const Plan& plan, int64_t part) {
  StateReader reader(plan, part);
  size_t at = 0;
  while (at < bytes.size()) {
    const size_t feed = bytes.find('\n', at);
    if (feed == std::string_view::npos) break;
    const auto record = ParseRecord(bytes.substr(at, feed - at));
    if (!record) break;
    if (at == 0 && record->kind == RecordKind::kPart &&
        (record->number != part || record->text != plan.id)) {
      return OfAnotherPlan(part);
    }
    if (!reader.Add(*record, bytes)) break;
    at = feed + 1;
  }
  PartState state = reader.Finish();
  state.whole_bytes = at;
  state.dropped_bytes = bytes.size() - at;
  return state;
}

absl::StatusOr<std::string> ReadPartLog(const std::string& batch,
                                        int64_t part) {
  const Descriptor log(
      open(PartLogPath(batch, part).c_str(), O_RDONLY | O_CLOEXEC));
  if (log.get() < 0 && errno == ENOENT) return std::string();
  if (log.get() < 0) return CannotUse(part);
  return ReadAll(log.get(), part);
}

absl::StatusOr<PartCounts> CountPart(const std::string& batch, const Plan& plan,
                                     int64_t part) {
  const Descriptor log(
      open(PartLogPath(batch, part).c_str(), O_RDONLY | O_CLOEXEC));
  if (log.get() < 0 && errno == ENOENT) return PartCounts();
  if (log.get() < 0) return CannotUse(part);
  if (const auto counts = CountsAtEnd(log.get())) return *counts;
  ASSIGN_OR_RETURN(const std::string bytes, ReadAll(log.get(), part));
  ASSIGN_OR_RETURN(const PartState state, ReadPartState(bytes, plan, part));
  return PartCounts{state.answered, state.given_up};
}

absl::StatusOr<std::unique_ptr<PartLog>> PartLog::Open(const std::string& batch,
                                                       const Plan& plan,
                                                       int64_t part) {
  Descriptor log(open(PartLogPath(batch, part).c_str(),
                      O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (log.get() < 0) return CannotUse(part);
  if (flock(log.get(), LOCK_EX | LOCK_NB) != 0) {
    return Error(Reason::kInvalidArgument,
                 "Another run works on part " + std::to_string(part) +
                     ". Wait for it, or give each task another --shard.");
  }
  ASSIGN_OR_RETURN(const std::string bytes, ReadAll(log.get(), part));
  ASSIGN_OR_RETURN(PartState state, ReadPartState(bytes, plan, part));
  if (state.dropped_bytes > 0 &&
      ftruncate(log.get(), static_cast<off_t>(state.whole_bytes)) != 0) {
    return CannotUse(part);
  }
  const bool is_empty = state.whole_bytes == 0;
  std::unique_ptr<PartLog> opened(new PartLog(log.Release(), std::move(state)));
  if (is_empty) {
    RETURN_IF_ERROR(opened->Append({RecordKind::kPart, part, 0, plan.id}));
  }
  return opened;
}

PartLog::PartLog(int fd, PartState state)
    : fd_(fd),
      state_(std::move(state)),
      size_bytes_(static_cast<int64_t>(state_.whole_bytes)) {}

PartLog::~PartLog() { close(fd_); }

absl::Status PartLog::Append(const Record& record) {
  if (broken_) return Broken();
  const std::string line = ToLine(record);
  size_t done = 0;
  while (done < line.size()) {
    const ssize_t put = write(fd_, line.data() + done, line.size() - done);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return Broken();
    done += static_cast<size_t>(put);
  }
  size_bytes_ += static_cast<int64_t>(line.size());
  return absl::OkStatus();
}

absl::Status PartLog::Sync() {
  if (broken_ || fdatasync(fd_) != 0) return Broken();
  return absl::OkStatus();
}

// Part of a line may be there; the next reader would take it off as well.
absl::Status PartLog::Broken() {
  if (!std::exchange(broken_, true)) {
    [[maybe_unused]] const int ignored = ftruncate(fd_, size_bytes_);
  }
  return Error(Reason::kInternalFailure,
               "Answers could not be written to the batch's folder. Check "
               "the room on its disk, then run the shard again: no answer "
               "that was written is lost.");
}

}  // namespace burntin
