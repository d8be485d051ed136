// Lets one process at a time have a file.
#ifndef BURNTIN_SERVER_LEDGER_SQL_FILE_LOCK_H_
#define BURNTIN_SERVER_LEDGER_SQL_FILE_LOCK_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace burntin {

// Held as long as it lives; the system ends it with the process.
class FileLock {
 public:
  // Makes `path` if it is not there. LEDGER_UNAVAILABLE if another FileLock,
  // of this process or another, has it, or it cannot be made.
  static absl::StatusOr<std::unique_ptr<FileLock>> Take(
      const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int file) : file_(file) {}
  const int file_;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_LEDGER_SQL_FILE_LOCK_H_
