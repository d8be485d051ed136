#include "client/html/atomic_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

namespace fs = std::filesystem;

class AtomicFileTest : public testing::Test {
 protected:
  // How many files the folder holds, whatever their names.
  long FilesInFolder() const {
    const fs::path folder = fs::path(path_).parent_path();
    return std::distance(fs::directory_iterator(folder),
                         fs::directory_iterator());
  }

  std::string Content() const {
    std::ostringstream content;
    content << std::ifstream(path_).rdbuf();
    return content.str();
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "report.html";
};

absl::Status WriteHello(std::ostream& out) {
  out << "hello";
  return absl::OkStatus();
}

TEST_F(AtomicFileTest, TheFileIsWholeAndItsOwnersAlone) {
  EXPECT_TRUE(WriteAtomically(path_, WriteHello).ok());
  EXPECT_EQ(Content(), "hello");
  EXPECT_EQ(FilesInFolder(), 1);
  EXPECT_EQ(fs::status(path_).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(AtomicFileTest, AnOlderFileIsReplaced) {
  folder_.Write("report.html", "older and longer");
  EXPECT_TRUE(WriteAtomically(path_, WriteHello).ok());
  EXPECT_EQ(Content(), "hello");
  EXPECT_EQ(FilesInFolder(), 1);
}

// So a process that is stopped meanwhile leaves nothing.
TEST_F(AtomicFileTest, NothingLiesInTheFolderWhileItIsWritten) {
  EXPECT_TRUE(WriteAtomically(path_, [&](std::ostream& out) {
                out << "patient data" << std::flush;
                EXPECT_EQ(FilesInFolder(), 0);
                return absl::OkStatus();
              }).ok());
}

TEST_F(AtomicFileTest, AFailedWriteLeavesTheOlderFile) {
  folder_.Write("report.html", "older");
  EXPECT_FALSE(WriteAtomically(path_, [](std::ostream& out) {
                 out << "half";
                 return absl::InternalError("It failed.");
               }).ok());
  EXPECT_EQ(Content(), "older");
  EXPECT_EQ(FilesInFolder(), 1);
}

TEST_F(AtomicFileTest, ACheckLeavesNothing) {
  EXPECT_TRUE(CheckCanWrite(path_).ok());
  EXPECT_EQ(FilesInFolder(), 0);
  EXPECT_FALSE(CheckCanWrite(folder_ / "missing/report.html").ok());
}

}  // namespace
}  // namespace burntin
