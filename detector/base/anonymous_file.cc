#include "detector/base/anonymous_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "detector/base/error.h"

namespace burntin {
namespace {

// A file in `directory` that has no name, or loses it at once where the file
// system cannot make one without. -1 on failure.
int OpenUnnamed(const std::string& directory) {
  const int fd = open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 || errno != EOPNOTSUPP) return fd;
  std::string name = directory + "/burntin-XXXXXX";
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

}  // namespace

absl::StatusOr<AnonymousFile> AnonymousFile::Create(
    const std::string& directory, int64_t expected_bytes,
    int64_t memory_limit_bytes) {
  const int fd = expected_bytes <= memory_limit_bytes
                     ? memfd_create("burntin", MFD_CLOEXEC)
                     : OpenUnnamed(directory);
  if (fd < 0) {
    return Error(Reason::kInternalFailure,
                 "No temporary file could be made. Check that the spool "
                 "directory exists, is writable and has room.");
  }
  return AnonymousFile(fd);
}

AnonymousFile::AnonymousFile(AnonymousFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)) {}

AnonymousFile& AnonymousFile::operator=(AnonymousFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

AnonymousFile::~AnonymousFile() {
  if (fd_ >= 0) close(fd_);
}

absl::Status AnonymousFile::Append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      return Error(Reason::kInternalFailure,
                   "The temporary file could not be written. Check that the "
                   "spool directory has room.");
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

std::string AnonymousFile::path() const {
  return "/proc/self/fd/" + std::to_string(fd_);
}

}  // namespace burntin
