#include "server/evidence/evidence_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "absl/memory/memory.h"
#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "server/digest/sha256.h"
#include "server/evidence/picture_file.h"
#include "server/ledger/digest.h"

namespace burntin {
namespace {

namespace fs = std::filesystem;

constexpr char kPending[] = "pending";
constexpr char kKept[] = "kept";
constexpr char kHexDigits[] = "0123456789abcdef";

absl::Status Unavailable(const std::string& sentence) {
  return Error(Reason::kEvidenceUnavailable, sentence);
}

absl::Status Gone() {
  return Unavailable(
      "The picture is not there any more, or is not the one that was taken. "
      "Have the session inspected and decided again; keep the case "
      "otherwise.");
}

bool Exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

int64_t SizeOf(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<int64_t>(size);
}

std::vector<fs::path> FilesBelow(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    if (std::error_code gone; entry->is_regular_file(gone)) {
      files.push_back(entry->path());
    }
  }
  return files;
}

bool IsOlder(const fs::path& path, std::chrono::seconds age) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 &&
         std::time(nullptr) - status.st_mtime >= age.count();
}

}  // namespace

absl::StatusOr<std::unique_ptr<EvidenceStore>> EvidenceStore::Open(
    const EvidenceStoreOptions& options) {
  auto store = absl::WrapUnique(new EvidenceStore(options));
  RETURN_IF_ERROR(MakePrivateFolder(options.directory));
  for (const char* stage : {kPending, kKept}) {
    const std::string folder = options.directory + "/" + stage;
    RETURN_IF_ERROR(MakePrivateFolder(folder));
    for (const char first : std::string(kHexDigits)) {
      for (const char second : std::string(kHexDigits)) {
        RETURN_IF_ERROR(MakePrivateFolder(folder + "/" + first + second));
      }
    }
    for (const fs::path& file : FilesBelow(folder)) {
      store->GiveRoom(-SizeOf(file));
    }
  }
  return store;
}

std::string EvidenceStore::FolderOf(const char* stage,
                                    const std::string& sha256) const {
  return options_.directory + "/" + stage + "/" + sha256.substr(0, 2);
}

std::string EvidenceStore::PathOf(const char* stage,
                                  const std::string& sha256) const {
  return FolderOf(stage, sha256) + "/" + sha256 + ".png";
}

bool EvidenceStore::TakeRoom(int64_t bytes) {
  const MutexLock lock(&mutex_);
  if (bytes_ + bytes > options_.total_bytes) return false;
  bytes_ += bytes;
  return true;
}

void EvidenceStore::GiveRoom(int64_t bytes) {
  const MutexLock lock(&mutex_);
  bytes_ -= bytes;
}

int64_t EvidenceStore::bytes() const {
  const MutexLock lock(&mutex_);
  return bytes_;
}

absl::StatusOr<EvidenceStore::Added> EvidenceStore::Add(
    const std::string& png) {
  const auto size = static_cast<int64_t>(png.size());
  if (png.empty() || size > kMostPictureBytes) {
    return Unavailable("The picture is empty or too large to be kept.");
  }
  Added added{TextSha256(png), false};
  // One that was damaged is written anew.
  if (Read(added.sha256).ok()) {
    // So that a pending one is young again.
    utimensat(AT_FDCWD, PathOf(kPending, added.sha256).c_str(), nullptr, 0);
    return added;
  }
  if (!TakeRoom(size)) {
    return Unavailable(
        "There is no room for further pictures. Raise evidence.total_bytes, "
        "and see that the disk has it.");
  }
  const absl::Status written = WritePictureFile(
      FolderOf(kPending, added.sha256), added.sha256 + ".png", png);
  if (!written.ok()) {
    GiveRoom(size);
    return written;
  }
  added.is_new = true;
  return added;
}

absl::Status EvidenceStore::Keep(const std::string& sha256) {
  if (!IsSha256Hex(sha256)) return Gone();
  const std::string kept = PathOf(kKept, sha256);
  const std::string pending = PathOf(kPending, sha256);
  // Replaces a kept one, which then was damaged.
  if (Exists(pending) && rename(pending.c_str(), kept.c_str()) == 0) {
    return SyncFolder(FolderOf(kKept, sha256));
  }
  return Exists(kept) ? absl::OkStatus() : Gone();
}

absl::StatusOr<std::string> EvidenceStore::Read(
    const std::string& sha256) const {
  if (!IsSha256Hex(sha256)) return Gone();
  for (const char* stage : {kPending, kKept}) {
    std::optional<std::string> bytes =
        ReadPictureFile(PathOf(stage, sha256), kMostPictureBytes);
    if (bytes && TextSha256(*bytes) == sha256) return *std::move(bytes);
  }
  return Gone();
}

int EvidenceStore::DeletePending(std::chrono::seconds age) {
  int deleted = 0;
  for (const fs::path& file : FilesBelow(options_.directory + "/" + kPending)) {
    const int64_t size = SizeOf(file);
    if (!IsOlder(file, age) || unlink(file.c_str()) != 0) continue;
    if (file.filename().string().starts_with(kUnfinished)) continue;
    GiveRoom(size);
    ++deleted;
  }
  return deleted;
}

}  // namespace burntin
