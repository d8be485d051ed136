// A file that appears whole or not at all, readable by its owner only.
#ifndef BURNTIN_CLIENT_HTML_ATOMIC_FILE_H_
#define BURNTIN_CLIENT_HTML_ATOMIC_FILE_H_

#include <functional>
#include <ostream>
#include <string>

#include "absl/status/status.h"

namespace burntin {

// Makes a new file with mode 0600 in the folder of `path`, lets `write` fill
// it, and moves it to `path` when all went well. Until then it has no name
// where the file system can do that (O_TMPFILE), so that nothing is left behind
// when the process is stopped. Fails with INVALID_ARGUMENT if the
// file cannot be made, or with the error of `write`.
absl::Status WriteAtomically(
    const std::string& path,
    const std::function<absl::Status(std::ostream& out)>& write);

// Whether WriteAtomically could make a file for `path`.
absl::Status CheckCanWrite(const std::string& path);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_HTML_ATOMIC_FILE_H_
