#include "client/html/atomic_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

absl::Status CannotWrite(const std::string& path) {
  return Error(Reason::kInvalidArgument,
               "The file '" + path +
                   "' cannot be written. Check that its folder exists, is "
                   "writable and has room.");
}

std::string FolderOf(const std::string& path) {
  const std::filesystem::path folder =
      std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

// A file beside `path` with mode 0600. It has no name, so that nothing is left
// of it when the process is stopped, unless the file system cannot do that.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& path)
      : fd_(open(FolderOf(path).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC,
                 0600)),
        name_(path + ".XXXXXX") {
    if (fd_ >= 0) return;
    fd_ = mkostemp(name_.data(), O_CLOEXEC);
    has_name_ = fd_ >= 0;
  }
  ~TemporaryFile() {
    if (fd_ >= 0) close(fd_);
    if (has_name_) unlink(name_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool is_open() const { return fd_ >= 0; }

  // A path that opens the content for writing.
  std::string open_path() const {
    return "/proc/self/fd/" + std::to_string(fd_);
  }

  // Forces the bytes to the disk first, so that a crash leaves the old or the
  // new file, never an empty one.
  bool MoveTo(const std::string& path) {
    if (fsync(fd_) != 0 || !GiveName()) return false;
    if (rename(name_.c_str(), path.c_str()) != 0) return false;
    has_name_ = false;
    return true;
  }

 private:
  // A link cannot replace a file, so the file gets a name of its own first:
  // that of a file that was made to find a free one.
  bool GiveName() {
    if (has_name_) return true;
    const int placeholder = mkostemp(name_.data(), O_CLOEXEC);
    if (placeholder < 0) return false;
    close(placeholder);
    unlink(name_.c_str());
    has_name_ = linkat(AT_FDCWD, open_path().c_str(), AT_FDCWD, name_.c_str(),
                       AT_SYMLINK_FOLLOW) == 0;
    return has_name_;
  }

  int fd_ = -1;
  std::string name_;
  bool has_name_ = false;
};

}  // namespace

absl::Status WriteAtomically(
    const std::string& path,
    const std::function<absl::Status(std::ostream& out)>& write) {
  TemporaryFile file(path);
  if (!file.is_open()) return CannotWrite(path);
  std::ofstream out(file.open_path(), std::ios::binary | std::ios::trunc);
  RETURN_IF_ERROR(write(out));
  out.close();
  if (!out || !file.MoveTo(path)) return CannotWrite(path);
  return absl::OkStatus();
}

absl::Status CheckCanWrite(const std::string& path) {
  if (std::error_code error; std::filesystem::is_directory(path, error)) {
    return CannotWrite(path);
  }
  return TemporaryFile(path).is_open() ? absl::OkStatus() : CannotWrite(path);
}

}  // namespace burntin
