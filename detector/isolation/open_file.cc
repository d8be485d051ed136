#include "detector/isolation/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "detector/base/error.h"

namespace burntin {
namespace {

bool IsRegular(const struct stat& info) { return S_ISREG(info.st_mode); }

}  // namespace

absl::StatusOr<UniqueFd> OpenFile(const std::string& path) {
  struct stat info {};
  // Asked first, because merely to open a device or a pipe has effects.
  if (stat(path.c_str(), &info) == 0 && IsRegular(info)) {
    UniqueFd file(
        open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (file.get() >= 0 && fstat(file.get(), &info) == 0 && IsRegular(info)) {
      return file;
    }
  }
  return Error(Reason::kFileUnreadable,
               "The file cannot be opened. Check that it exists and may be "
               "read.");
}

}  // namespace burntin
