// A folder of its own for one test, removed with all it holds at the end.
#ifndef BURNTIN_TESTS_TESTUTIL_TEMP_DIR_H_
#define BURNTIN_TESTS_TESTUTIL_TEMP_DIR_H_

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace burntin {

class TempDir {
 public:
  TempDir() {
    path_ = (std::filesystem::temp_directory_path() / "burntin-XXXXXX");
    if (mkdtemp(path_.data()) == nullptr) {
      throw std::runtime_error("no temporary folder could be made");
    }
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }
  std::string File(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }

  // Writes a file of this folder and returns its path.
  std::string Write(std::string_view name, std::string_view bytes) const {
    std::ofstream(File(name), std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return File(name);
  }

 private:
  std::string path_;
};

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_TEMP_DIR_H_
