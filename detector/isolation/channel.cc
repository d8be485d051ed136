#include "detector/isolation/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr size_t kLengthBytes = sizeof(uint32_t);

absl::Status Gone() {
  return Error(Reason::kDecoderCrashed,
               "The process that decoded the object died. Look at the object "
               "by hand.");
}

absl::Status TimedOut() {
  return Error(Reason::kDecoderTimedOut,
               "Decoding took longer than the limit. Raise the limit, or look "
               "at the object by hand.");
}

// Milliseconds until the deadline, as poll() wants them: -1 is for ever.
int MillisecondsLeft(Deadline deadline) {
  if (!deadline) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(
      *deadline - std::chrono::steady_clock::now());
  return static_cast<int>(
      std::clamp<int64_t>(left.count(), 0, std::numeric_limits<int>::max()));
}

bool MayTryAgain() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

// Room for the control message that carries one descriptor, and no more.
struct ControlBuffer {
  alignas(cmsghdr) std::array<char, CMSG_LEN(sizeof(int))> bytes{};
};

// The descriptors that came with a message.
UniqueFd TakeFd(msghdr& header) {
  cmsghdr* control = CMSG_FIRSTHDR(&header);
  if (control == nullptr || control->cmsg_level != SOL_SOCKET ||
      control->cmsg_type != SCM_RIGHTS ||
      control->cmsg_len != CMSG_LEN(sizeof(int))) {
    return UniqueFd();
  }
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(control), sizeof(fd));
  return UniqueFd(fd);
}

}  // namespace

UniqueFd::UniqueFd(UniqueFd&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

UniqueFd::~UniqueFd() { Close(); }

void UniqueFd::Close() {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

absl::Status Channel::Wait(short events, Deadline deadline) const {
  while (true) {
    pollfd waiting = {.fd = socket_.get(), .events = events, .revents = 0};
    const int left = MillisecondsLeft(deadline);
    const int ready = poll(&waiting, 1, left);
    if (ready > 0) return absl::OkStatus();
    if (ready == 0 && left == 0) return TimedOut();
    if (ready < 0 && errno != EINTR) return Gone();
  }
}

absl::Status Channel::Send(std::string_view message, int fd,
                           Deadline deadline) {
  if (message.size() > kMostMessageBytes) return Gone();
  const auto length = static_cast<uint32_t>(message.size());
  std::array<uint8_t, kLengthBytes> prefix;
  std::memcpy(prefix.data(), &length, kLengthBytes);
  iovec part = {.iov_base = prefix.data(), .iov_len = prefix.size()};
  ControlBuffer control;
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (fd >= 0) {
    header.msg_control = control.bytes.data();
    header.msg_controllen = control.bytes.size();
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(rights), &fd, sizeof(fd));
  }
  ssize_t sent = -1;
  while (sent < 0) {
    RETURN_IF_ERROR(Wait(POLLOUT, deadline));
    sent = sendmsg(socket_.get(), &header, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && !MayTryAgain()) return Gone();
  }
  RETURN_IF_ERROR(SendBytes(
      std::span(prefix).subspan(static_cast<size_t>(sent)), deadline));
  return SendBytes(std::span(reinterpret_cast<const uint8_t*>(message.data()),
                             message.size()),
                   deadline);
}

absl::Status Channel::SendBytes(std::span<const uint8_t> bytes,
                                Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_.get(), bytes.data(), bytes.size(),
                              MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (!MayTryAgain()) return Gone();
      RETURN_IF_ERROR(Wait(POLLOUT, deadline));
      continue;
    }
    bytes = bytes.subspan(static_cast<size_t>(sent));
  }
  return absl::OkStatus();
}

absl::StatusOr<Channel::Received> Channel::Receive(bool takes_fd,
                                                   Deadline deadline) {
  std::array<uint8_t, kLengthBytes> prefix;
  iovec part = {.iov_base = prefix.data(), .iov_len = prefix.size()};
  ControlBuffer control;
  msghdr header{};
  ssize_t got = -1;
  while (got < 0) {
    header = msghdr{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.bytes.data();
    // Without room the kernel drops what was sent.
    header.msg_controllen = takes_fd ? control.bytes.size() : 0;
    RETURN_IF_ERROR(Wait(POLLIN, deadline));
    got = recvmsg(socket_.get(), &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got < 0 && !MayTryAgain()) return Gone();
  }
  Received received;
  received.fd = TakeFd(header);
  if (got == 0 || (header.msg_flags & MSG_CTRUNC) != 0) return Gone();
  RETURN_IF_ERROR(ReceiveBytes(
      std::span(prefix).subspan(static_cast<size_t>(got)), deadline));
  uint32_t length = 0;
  std::memcpy(&length, prefix.data(), kLengthBytes);
  if (length > kMostMessageBytes) return Gone();
  received.message.resize(length);
  RETURN_IF_ERROR(ReceiveBytes(
      std::span(reinterpret_cast<uint8_t*>(received.message.data()), length),
      deadline));
  return received;
}

absl::Status Channel::ReceiveBytes(std::span<uint8_t> bytes,
                                   Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t got =
        recv(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got == 0) return Gone();
    if (got < 0) {
      if (!MayTryAgain()) return Gone();
      RETURN_IF_ERROR(Wait(POLLIN, deadline));
      continue;
    }
    bytes = bytes.subspan(static_cast<size_t>(got));
    // One that always has a little more must end as well.
    if (!bytes.empty() && deadline && MillisecondsLeft(deadline) == 0) {
      return TimedOut();
    }
  }
  return absl::OkStatus();
}

bool Channel::IsQuiet(std::chrono::milliseconds time) const {
  return ReasonOf(Wait(POLLIN, std::chrono::steady_clock::now() + time)) ==
         Reason::kDecoderTimedOut;
}

}  // namespace burntin
