// evidence: pictures of what was found, taken when an object is inspected,
// because its pixels are gone afterwards, and kept with the case.
#ifndef BURNTIN_SERVER_EVIDENCE_EVIDENCE_STORE_H_
#define BURNTIN_SERVER_EVIDENCE_EVIDENCE_STORE_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "detector/base/mutex.h"

namespace burntin {

// The most that a picture may have, as the contract says.
inline constexpr int64_t kMostPictureBytes = int64_t{3} << 20;

struct EvidenceStoreOptions {
  // Its parent has to exist. Holds PHI: its mode is 0700, that of files 0600.
  std::string directory;
  // Of all pictures. When it is full no more are taken.
  int64_t total_bytes = int64_t{100} << 30;
};

// Files below a folder, each named by the SHA-256 of its bytes: "pending"
// holds those of objects whose session was not decided yet, "kept" those of
// cases. Any number of threads may call at the same time, and of processes,
// each of which counts the others' bytes only when it starts.
class EvidenceStore {
 public:
  // INVALID_ARGUMENT if the folder cannot be used or others may read it.
  static absl::StatusOr<std::unique_ptr<EvidenceStore>> Open(
      const EvidenceStoreOptions& options);

  struct Added {
    std::string sha256;
    bool is_new = false;  // it was not there before
  };

  // Stores a picture, pending unless it is kept already. EVIDENCE_UNAVAILABLE
  // if it cannot be written, is too large, or there is no room.
  absl::StatusOr<Added> Add(const std::string& png);

  // Has a picture kept from now on. EVIDENCE_UNAVAILABLE if it is not there.
  absl::Status Keep(const std::string& sha256);

  // The picture, whose digest was verified. EVIDENCE_UNAVAILABLE if it is not
  // there, or not as it was.
  absl::StatusOr<std::string> Read(const std::string& sha256) const;

  // Deletes pending pictures, and what was left of unfinished ones, that are
  // older than `age`. How many pictures.
  int DeletePending(std::chrono::seconds age);

  int64_t bytes() const;

 private:
  explicit EvidenceStore(EvidenceStoreOptions options)
      : options_(std::move(options)) {}

  std::string FolderOf(const char* stage, const std::string& sha256) const;
  std::string PathOf(const char* stage, const std::string& sha256) const;
  bool TakeRoom(int64_t bytes);
  void GiveRoom(int64_t bytes);

  const EvidenceStoreOptions options_;
  mutable Mutex mutex_;
  int64_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace burntin

#endif  // BURNTIN_SERVER_EVIDENCE_EVIDENCE_STORE_H_
