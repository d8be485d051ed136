#include "client/walk/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "wire/utf8.h"

namespace burntin {
namespace {

// The contract's limit of `InstanceHeader.path`.
constexpr size_t kMaxLabelBytes = 4'096;

bool EndsWithIgnoringCase(std::string_view text, std::string_view end) {
  if (text.size() < end.size()) return false;
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::equal(end.rbegin(), end.rend(), text.rbegin(),
                    [&](char a, char b) { return a == lower(b); });
}

bool IsNamedLikeDicom(std::string_view path) {
  constexpr std::array<std::string_view, 3> kEndings = {".dcm", ".dicom",
                                                        ".ima"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) {
    return EndsWithIgnoringCase(path, ending);
  });
}

// The names in a folder, sorted; nothing if it cannot be listed to its end.
std::optional<std::vector<std::string>> ListFolder(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()),
                                                   closedir);
  if (!folder) return std::nullopt;
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return std::nullopt;
  std::sort(names.begin(), names.end());
  return names;
}

bool CanOpen(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  close(fd);
  return true;
}

class Walker {
 public:
  Walker(const LooksLikeDicomFunction& looks_like_dicom,
         const WalkVisitor& visitor)
      : looks_like_dicom_(looks_like_dicom), visitor_(visitor) {}

  void Visit(const std::string& path) {
    struct stat info;
    if (stat(path.c_str(), &info) != 0) return AddUnreadable(path);
    if (S_ISDIR(info.st_mode)) return VisitFolder(path, info);
    if (S_ISREG(info.st_mode)) return VisitFile(path, info.st_size);
    // A pipe, a socket or a device: opening it could wait for ever.
    if (IsNamedLikeDicom(path)) return AddUnreadable(path);
    visitor_.skipped(path);
  }

 private:
  void VisitFolder(const std::string& path, const struct stat& info) {
    if (!entered_.emplace(info.st_dev, info.st_ino).second) return;
    const std::optional<std::vector<std::string>> names = ListFolder(path);
    if (!names) return AddUnreadable(path);
    const std::filesystem::path folder(path);
    for (const std::string& name : *names) Visit((folder / name).string());
  }

  void VisitFile(const std::string& path, int64_t bytes) {
    if (!CanOpen(path)) return AddUnreadable(path);
    if (!IsNamedLikeDicom(path) && !looks_like_dicom_(path)) {
      visitor_.skipped(path);
      return;
    }
    Add(path, bytes,
        bytes == 0 ? FoundFile::State::kEmpty : FoundFile::State::kReadable);
  }

  void AddUnreadable(const std::string& path) {
    Add(path, 0, FoundFile::State::kUnreadable);
  }

  void Add(const std::string& path, int64_t bytes, FoundFile::State state) {
    visitor_.found(MakeFoundFile(path, bytes, state));
  }

  const LooksLikeDicomFunction& looks_like_dicom_;
  const WalkVisitor& visitor_;
  std::set<std::pair<dev_t, ino_t>> entered_;
};

absl::Status CheckExists(const std::string& path) {
  struct stat info;
  if (lstat(path.c_str(), &info) == 0) return absl::OkStatus();
  return Error(Reason::kInvalidArgument,
               "There is no file or folder '" + path +
                   "', or it cannot be reached. Check the path.");
}

}  // namespace

FoundFile MakeFoundFile(std::string path, int64_t bytes,
                        FoundFile::State state) {
  FoundFile file;
  file.label = CutUtf8(ValidUtf8(path), kMaxLabelBytes);
  file.path = std::move(path);
  file.bytes = bytes;
  file.state = state;
  return file;
}

absl::Status VisitFiles(const std::vector<std::string>& paths,
                        const LooksLikeDicomFunction& looks_like_dicom,
                        const WalkVisitor& visitor) {
  for (const std::string& path : paths) RETURN_IF_ERROR(CheckExists(path));
  Walker walker(looks_like_dicom, visitor);
  for (const std::string& path : paths) walker.Visit(path);
  return absl::OkStatus();
}

absl::StatusOr<WalkResult> Walk(
    const std::vector<std::string>& paths,
    const LooksLikeDicomFunction& looks_like_dicom) {
  WalkResult result;
  const WalkVisitor visitor{
      .found =
          [&](FoundFile file) {
            result.bytes += file.bytes;
            result.files.push_back(std::move(file));
          },
      .skipped =
          [&](std::string path) { result.skipped.push_back(std::move(path)); }};
  RETURN_IF_ERROR(VisitFiles(paths, looks_like_dicom, visitor));
  return result;
}

}  // namespace burntin
