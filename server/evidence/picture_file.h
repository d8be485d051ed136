// A picture's file: written whole or not at all, for its owner's eyes only.
#ifndef BURNTIN_SERVER_EVIDENCE_PICTURE_FILE_H_
#define BURNTIN_SERVER_EVIDENCE_PICTURE_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"

namespace burntin {

// What the name of a file begins with that is not whole yet.
inline constexpr char kUnfinished[] = ".unfinished-";

// Makes the folder with mode 0700, unless it is there. INVALID_ARGUMENT if it
// cannot be made or used, is no folder of this process's user, or if others
// may look into it.
absl::Status MakePrivateFolder(const std::string& path);

// Writes a file with mode 0600 into a folder; it has its name only when its
// bytes and its name are on the disk. Replaces one of the same name. Fails with
// EVIDENCE_UNAVAILABLE.
absl::Status WritePictureFile(const std::string& folder,
                              const std::string& name,
                              const std::string& bytes);

// Has the names of a folder's files on the disk. Fails with
// EVIDENCE_UNAVAILABLE.
absl::Status SyncFolder(const std::string& folder);

// All that the file holds; nothing if it is not there, cannot be read or has
// more than `max_bytes`.
std::optional<std::string> ReadPictureFile(const std::string& path,
                                           int64_t max_bytes);

}  // namespace burntin

#endif  // BURNTIN_SERVER_EVIDENCE_PICTURE_FILE_H_
