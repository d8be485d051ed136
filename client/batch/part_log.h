// The answers of one part: an append-only file of records. A file rather than
// a database, because a cluster's shared file systems promise appending and
// locking, and little else.
//
// A process that is killed loses what it had not written, and a line that it
// had half written is not one. A machine that stops may lose the lines since
// the last Sync; those that are left are whole. What is lost is done again.
#ifndef BURNTIN_CLIENT_BATCH_PART_LOG_H_
#define BURNTIN_CLIENT_BATCH_PART_LOG_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/batch/plan.h"
#include "client/batch/record.h"

namespace burntin {

// What a log says about one instance.
struct InstanceState {
  std::optional<size_t> answer_at;  // offset of the answer's text in the log
  size_t answer_bytes = 0;
  bool given_up = false;   // the answer is for want of a better one
  int64_t failures = 0;    // attempts that failed since the last answer
  int64_t alone_ends = 0;  // runs that ended while it was the only one in work
};

struct PartState {
  std::vector<InstanceState> instances;
  int64_t answered = 0;
  int64_t given_up = 0;
  bool cut_off = false;      // the last run did not end by itself
  int64_t in_flight = 0;     // of the last run, see RecordKind::kBegin
  size_t whole_bytes = 0;    // of the whole records
  size_t dropped_bytes = 0;  // after them
};

// What the bytes of a log say. Records after the first that is not whole do
// not count: their instances are done again. Fails with INVALID_ARGUMENT if
// the log belongs to another plan. No bytes at all are a part not begun.
absl::StatusOr<PartState> ReadPartState(std::string_view bytes,
                                        const Plan& plan, int64_t part);

// How far a part is, in the time that one line takes if its last run ended by
// itself.
struct PartCounts {
  int64_t answered = 0;
  int64_t given_up = 0;
};
absl::StatusOr<PartCounts> CountPart(const std::string& batch, const Plan& plan,
                                     int64_t part);

// All bytes of a part's log; none if there is no log yet.
absl::StatusOr<std::string> ReadPartLog(const std::string& batch, int64_t part);

// Writes a part's log. Holds its lock until it is destroyed. One thread at a
// time.
class PartLog {
 public:
  // Opens the log, or makes it, and takes off what is not whole at its end.
  // Fails with INVALID_ARGUMENT if another process writes it, or if it belongs
  // to another plan.
  static absl::StatusOr<std::unique_ptr<PartLog>> Open(const std::string& batch,
                                                       const Plan& plan,
                                                       int64_t part);
  ~PartLog();
  PartLog(const PartLog&) = delete;
  PartLog& operator=(const PartLog&) = delete;

  // As it was when the log was opened.
  const PartState& state() const { return state_; }

  // The record is there for every process when this returns. After an error
  // every further call fails.
  absl::Status Append(const Record& record);

  // What was appended is on the disk when this returns.
  absl::Status Sync();

 private:
  PartLog(int fd, PartState state);
  absl::Status Broken();

  const int fd_;
  const PartState state_;
  int64_t size_bytes_ = 0;  // of the whole records
  bool broken_ = false;
};

}  // namespace burntin

#endif  // BURNTIN_CLIENT_BATCH_PART_LOG_H_
