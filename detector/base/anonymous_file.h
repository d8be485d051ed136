// A file without a name: uploads live in one while they are inspected, and
// vanish with the process however it ends.
#ifndef BURNTIN_DETECTOR_BASE_ANONYMOUS_FILE_H_
#define BURNTIN_DETECTOR_BASE_ANONYMOUS_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace burntin {

// One thread at a time may write; any number may read through `path()`.
class AnonymousFile {
 public:
  // Memory when `expected_bytes` <= `memory_limit_bytes`, an unnamed file in
  // `directory` otherwise.
  static absl::StatusOr<AnonymousFile> Create(const std::string& directory,
                                              int64_t expected_bytes,
                                              int64_t memory_limit_bytes);

  AnonymousFile(AnonymousFile&& other) noexcept;
  AnonymousFile& operator=(AnonymousFile&& other) noexcept;
  ~AnonymousFile();

  absl::Status Append(std::string_view bytes);

  // A path that opens the content; valid in this process while this lives.
  std::string path() const;

 private:
  explicit AnonymousFile(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BASE_ANONYMOUS_FILE_H_
