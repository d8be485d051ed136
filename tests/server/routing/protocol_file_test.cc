#include "server/routing/protocol_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "detector/base/error.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

constexpr size_t kMebibyte = size_t{1} << 20;

TEST(ProtocolFileTest, AllOfTheFileIsRead) {
  const TempDir folder;
  for (const size_t bytes : {size_t{0}, size_t{1}, kMebibyte / 16 - 1,
                             kMebibyte / 16, kMebibyte / 2 + 1, kMebibyte}) {
    const std::string text(bytes, 'x');
    const auto read = ReadProtocolFile(folder.Write("p.yaml", text));
    ASSERT_TRUE(read.ok()) << bytes;
    EXPECT_TRUE(*read == text) << bytes;
  }
}

TEST(ProtocolFileTest, AFileThatIsTooLargeIsRefused) {
  const TempDir folder;
  const auto path = folder.Write("p.yaml", std::string(kMebibyte + 1, 'x'));
  EXPECT_THAT(ReadProtocolFile(path), FailsWith(Reason::kInvalidArgument));
}

TEST(ProtocolFileTest, WhatCannotBeReadIsNoFile) {
  const TempDir folder;
  EXPECT_THAT(ReadProtocolFile(folder.File("missing")),
              FailsWith(Reason::kInvalidArgument));
  EXPECT_THAT(ReadProtocolFile(folder.File("")),
              FailsWith(Reason::kInvalidArgument));
}

// A process's own memory opens as a file and fails at its first byte.
TEST(ProtocolFileTest, AReadThatFailsIsNoEmptyFile) {
  const TempDir folder;
  const std::string path = folder.File("p.yaml");
  std::filesystem::create_symlink("/proc/self/mem", path);
  ASSERT_TRUE(std::filesystem::is_regular_file(path));
  EXPECT_THAT(ReadProtocolFile(path), FailsWith(Reason::kInvalidArgument));
}

}  // namespace
}  // namespace burntin
