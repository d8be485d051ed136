#include "server/digest/sha256.h"

#include <gtest/gtest.h>

#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

// The digests are those of FIPS 180-2, appendix B.
constexpr char kAbc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr char kMillionAs[] =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256Test, ATextHasTheStandardsDigest) {
  EXPECT_EQ(TextSha256("abc"), kAbc);
  EXPECT_EQ(TextSha256(std::string(1'000'000, 'a')), kMillionAs);
}

TEST(Sha256Test, AFileHasTheDigestOfItsBytes) {
  const TempDir folder;
  EXPECT_EQ(FileSha256(folder.Write("a", "abc")), kAbc);
  EXPECT_EQ(FileSha256(folder.Write("b", std::string(1'000'000, 'a'))),
            kMillionAs);
  EXPECT_EQ(FileSha256(folder.Write("c", "")), TextSha256(""));
}

TEST(Sha256Test, AFileThatCannotBeReadHasNone) {
  const TempDir folder;
  EXPECT_EQ(FileSha256(folder.File("missing")), "");
  EXPECT_EQ(FileSha256(folder.path()), "");
}

}  // namespace
}  // namespace burntin
