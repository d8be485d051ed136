#include "server/ledger/sql/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "detector/base/error.h"

namespace burntin {

absl::StatusOr<std::unique_ptr<FileLock>> FileLock::Take(
    const std::string& path) {
  const int file = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    return Error(Reason::kLedgerUnavailable,
                 "The ledger's folder cannot be written. Check that it "
                 "exists, and its permissions.");
  }
  auto lock = std::unique_ptr<FileLock>(new FileLock(file));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    return Error(Reason::kLedgerUnavailable,
                 "Another process has the ledger open. Stop it, or use "
                 "PostgreSQL for more than one burntind.");
  }
  return lock;
}

FileLock::~FileLock() { close(file_); }

}  // namespace burntin
