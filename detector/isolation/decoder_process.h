// One worker process. Private to detector/isolation.
#ifndef BURNTIN_DETECTOR_ISOLATION_DECODER_PROCESS_H_
#define BURNTIN_DETECTOR_ISOLATION_DECODER_PROCESS_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "detector/isolation/channel.h"

namespace burntin {

// The descriptor by which a worker talks to its parent.
inline constexpr int kWorkerSocket = 3;

// What a worker may use; it sets them itself, before it reads anything.
struct ResourceLimits {
  int64_t memory_bytes = 0;  // of address space
  int64_t file_bytes = 0;    // of any file that it writes
  int64_t cpu_seconds = 0;   // for one request
};

// The worker is killed, and waited for, when the object dies. One thread at a
// time.
class DecoderProcess {
 public:
  // The worker is killed as well when the calling thread ends. INVALID_ARGUMENT
  // when `program` cannot be run; whether it is a worker's program shows when
  // it says hello. INTERNAL_FAILURE for want of processes, memory or
  // descriptors.
  static absl::StatusOr<std::unique_ptr<DecoderProcess>> Start(
      const std::string& program, const ResourceLimits& limits);

  ~DecoderProcess();
  DecoderProcess(const DecoderProcess&) = delete;
  DecoderProcess& operator=(const DecoderProcess&) = delete;

  Channel& channel() { return channel_; }
  pid_t id() const { return id_; }

 private:
  explicit DecoderProcess(UniqueFd socket) : channel_(std::move(socket)) {}

  pid_t id_ = 0;  // until it is started
  Channel channel_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_DECODER_PROCESS_H_
