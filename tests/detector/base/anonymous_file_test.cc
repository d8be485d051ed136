#include "detector/base/anonymous_file.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

constexpr int64_t kInMemory = 1000;
constexpr int64_t kInDirectory = 0;

std::string Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

class AnonymousFileTest : public testing::TestWithParam<int64_t> {
 protected:
  absl::StatusOr<AnonymousFile> Create() {
    return AnonymousFile::Create(folder_.path(), /*expected_bytes=*/10,
                                 /*memory_limit_bytes=*/GetParam());
  }
  TempDir folder_;
};

TEST_P(AnonymousFileTest, ItsPathOpensAllThatWasAppended) {
  absl::StatusOr<AnonymousFile> file = Create();
  ASSERT_THAT(file, IsOk());
  ASSERT_THAT(file->Append("12345"), IsOk());
  ASSERT_THAT(file->Append(""), IsOk());
  ASSERT_THAT(file->Append("67890"), IsOk());
  EXPECT_EQ(Content(file->path()), "1234567890");
}

TEST_P(AnonymousFileTest, ItsContentMovesWithIt) {
  absl::StatusOr<AnonymousFile> file = Create();
  ASSERT_THAT(file, IsOk());
  ASSERT_THAT(file->Append("12345"), IsOk());
  AnonymousFile moved = *std::move(file);
  EXPECT_EQ(Content(moved.path()), "12345");
  AnonymousFile assigned = *Create();
  assigned = std::move(moved);
  EXPECT_EQ(Content(assigned.path()), "12345");
}

TEST_P(AnonymousFileTest, NothingStandsInTheDirectory) {
  {
    absl::StatusOr<AnonymousFile> file = Create();
    ASSERT_THAT(file, IsOk());
    ASSERT_THAT(file->Append("12345"), IsOk());
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

INSTANTIATE_TEST_SUITE_P(Places, AnonymousFileTest,
                         testing::Values(kInMemory, kInDirectory),
                         [](const auto& tested) {
                           return tested.param == kInMemory ? "InMemory"
                                                            : "InADirectory";
                         });

TEST(AnonymousFile, AMissingDirectoryIsAnErrorAndNotACrash) {
  const TempDir folder;
  EXPECT_THAT(AnonymousFile::Create(folder.File("none"), 10, kInDirectory),
              FailsWith(Reason::kInternalFailure));
}

}  // namespace
}  // namespace burntin
