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

// Forces the bytes to the disk, so that a crash leaves the old or the new
// file, never an empty one.
bool Sync(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = fsync(fd) == 0;
  close(fd);
  return synced;
}

absl::Status FillAndMove(
    const std::string& temporary, const std::string& path,
    const std::function<absl::Status(std::ostream& out)>& write) {
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  RETURN_IF_ERROR(write(out));
  out.close();
  if (!out || !Sync(temporary) ||
      rename(temporary.c_str(), path.c_str()) != 0) {
    return CannotWrite(path);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteAtomically(
    const std::string& path,
    const std::function<absl::Status(std::ostream& out)>& write) {
  std::string temporary = path + ".XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);  // has mode 0600
  if (fd < 0) return CannotWrite(path);
  close(fd);
  const absl::Status status = FillAndMove(temporary, path, write);
  if (!status.ok()) unlink(temporary.c_str());
  return status;
}

absl::Status CheckCanWrite(const std::string& path) {
  if (std::error_code error; std::filesystem::is_directory(path, error)) {
    return CannotWrite(path);
  }
  std::string temporary = path + ".XXXXXX";
  const int fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) return CannotWrite(path);
  close(fd);
  unlink(temporary.c_str());
  return absl::OkStatus();
}

}  // namespace burntin
