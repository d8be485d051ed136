#include "server/evidence/picture_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

absl::Status CannotWrite() {
  return Error(Reason::kEvidenceUnavailable,
               "A picture could not be written. Check that the folder of "
               "evidence.directory is writable and has room.");
}

// Closes what it was given.
class OpenFile {
 public:
  explicit OpenFile(int fd) : fd_(fd) {}
  ~OpenFile() {
    if (fd_ >= 0) close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

bool WriteAll(int fd, const std::string& bytes) {
  size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count =
        write(fd, bytes.data() + written, bytes.size() - written);
    if (count <= 0) return false;
    written += static_cast<size_t>(count);
  }
  return fsync(fd) == 0;
}

}  // namespace

absl::Status MakePrivateFolder(const std::string& path) {
  if (mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return Error(
        Reason::kInvalidArgument,
        "The folder " + path + " cannot be made. Check evidence.directory.");
  }
  struct stat status = {};
  if (lstat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
      status.st_uid != geteuid() || (status.st_mode & kOthers) != 0 ||
      access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
    return Error(Reason::kInvalidArgument,
                 "The folder " + path +
                     " has to be a folder of burntind's user that nobody else "
                     "may look into (mode 0700). Check evidence.directory.");
  }
  return absl::OkStatus();
}

absl::Status WritePictureFile(const std::string& folder,
                              const std::string& name,
                              const std::string& bytes) {
  std::string unfinished = folder + "/" + kUnfinished + "XXXXXX";
  const OpenFile file(mkostemp(unfinished.data(), O_CLOEXEC));
  if (file.fd() < 0) return CannotWrite();
  const std::string path = folder + "/" + name;
  if (!WriteAll(file.fd(), bytes) ||
      rename(unfinished.c_str(), path.c_str()) != 0) {
    unlink(unfinished.c_str());
    return CannotWrite();
  }
  return SyncFolder(folder);
}

absl::Status SyncFolder(const std::string& folder) {
  const OpenFile opened(
      open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const bool synced = opened.fd() >= 0 && fsync(opened.fd()) == 0;
  return synced ? absl::OkStatus() : CannotWrite();
}

std::optional<std::string> ReadPictureFile(const std::string& path,
                                           int64_t max_bytes) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return std::nullopt;
  std::string bytes(static_cast<size_t>(max_bytes) + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || file.gcount() > max_bytes) return std::nullopt;
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

}  // namespace burntin
