// walk: finds the DICOM files that a scan answers for. Reads folders and the
// first bytes of files, nothing else.
#ifndef BURNTIN_CLIENT_WALK_WALK_H_
#define BURNTIN_CLIENT_WALK_WALK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace burntin {

// One file, or a place that could not be looked into.
struct FoundFile {
  enum class State {
    kReadable,
    kEmpty,       // a file of 0 bytes
    kUnreadable,  // cannot be opened, or is a folder that cannot be listed
  };

  std::string path;   // as the caller named it, joined with what is below it
  std::string label;  // `path` as messages carry it: valid UTF-8, cut
  int64_t bytes = 0;
  State state = State::kReadable;
};

struct WalkResult {
  std::vector<FoundFile> files;      // in the order of the walk
  std::vector<std::string> skipped;  // paths of what is not DICOM
  int64_t bytes = 0;                 // of all `files`
};

// Says whether the file at a path, which can be opened, looks like a DICOM
// object.
using LooksLikeDicomFunction = std::function<bool(const std::string& path)>;

// Lists what is at and below `paths`: these in their order, the entries of
// each folder sorted by the bytes of their names. Symbolic links are followed,
// and each folder is entered once, so loops end.
//
// A file is left out only if it does not look like DICOM and is not named like
// it (.dcm, .dicom, .ima in any case). Something that cannot be read is listed
// with `kUnreadable`, so that it gets an answer. Fails with INVALID_ARGUMENT
// if one of `paths` does not exist.
absl::StatusOr<WalkResult> Walk(const std::vector<std::string>& paths,
                                const LooksLikeDicomFunction& looks_like_dicom);

// Takes what a walk finds, one call at a time.
struct WalkVisitor {
  std::function<void(FoundFile file)> found;
  std::function<void(std::string path)> skipped;  // is not DICOM
};

// The same for folders of any size: keeps the names of one folder at a time
// and nothing of what was found.
absl::Status VisitFiles(const std::vector<std::string>& paths,
                        const LooksLikeDicomFunction& looks_like_dicom,
                        const WalkVisitor& visitor);

// The file that the walk found at `path` with this size, made anew.
FoundFile MakeFoundFile(std::string path, int64_t bytes,
                        FoundFile::State state);

}  // namespace burntin

#endif  // BURNTIN_CLIENT_WALK_WALK_H_
