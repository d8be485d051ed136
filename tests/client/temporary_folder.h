// A folder for one test, gone with the object.
#ifndef BURNTIN_TESTS_CLIENT_TEMPORARY_FOLDER_H_
#define BURNTIN_TESTS_CLIENT_TEMPORARY_FOLDER_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace burntin {

class TemporaryFolder {
 public:
  TemporaryFolder() : path_(testing::TempDir() + "burntin-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << path_;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

  // Makes a file, and the folders above it, and returns its path.
  std::string Write(std::string_view name, std::string_view content) const {
    const std::string path = *this / name;
    std::filesystem::create_directories(
        std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

 private:
  std::string path_;
};

// The content of a file; "" if there is none.
inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What these tests take for a DICOM file.
inline bool BeginsWithDicm(const std::string& path) {
  return ReadFile(path).starts_with("DICM");
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_CLIENT_TEMPORARY_FOLDER_H_
