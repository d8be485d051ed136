// A stream socket between a parent and its worker: messages with a length in
// front, a file descriptor beside one if need be, and bare bytes.
#ifndef BURNTIN_DETECTOR_ISOLATION_CHANNEL_H_
#define BURNTIN_DETECTOR_ISOLATION_CHANNEL_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace burntin {

// Owns a file descriptor.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept;
  UniqueFd& operator=(UniqueFd&& other) noexcept;
  ~UniqueFd();

  int get() const { return fd_; }  // -1 if there is none
  void Close();

 private:
  int fd_ = -1;
};

// When a call has to be done. Nothing: it may take for ever.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

// No message is longer; pixels go as bare bytes.
inline constexpr uint32_t kMostMessageBytes = uint32_t{16} << 20;

// One thread at a time. All calls fail with DECODER_TIMED_OUT when the
// deadline passes and with DECODER_CRASHED when the other side is gone or
// says what cannot be; the channel is of no use after either.
class Channel {
 public:
  explicit Channel(UniqueFd socket) : socket_(std::move(socket)) {}

  // Sends a message of at most kMostMessageBytes, and `fd` if it is not -1.
  absl::Status Send(std::string_view message, int fd, Deadline deadline);
  absl::Status SendBytes(std::span<const uint8_t> bytes, Deadline deadline);

  struct Received {
    std::string message;
    UniqueFd fd;  // if one came
  };
  // A descriptor that comes where `takes_fd` is false is an error.
  absl::StatusOr<Received> Receive(bool takes_fd, Deadline deadline);
  // Fills all of `bytes`.
  absl::Status ReceiveBytes(std::span<uint8_t> bytes, Deadline deadline);

  // Whether nothing waits to be read and the other side is there; with `time`,
  // nor does anything come until that is over.
  bool IsQuiet(std::chrono::milliseconds time = {}) const;

 private:
  absl::Status Wait(short events, Deadline deadline) const;

  UniqueFd socket_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_ISOLATION_CHANNEL_H_
