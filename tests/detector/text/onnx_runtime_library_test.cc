// Libraries that are not ONNX Runtime, or not the right one.
#include "detector/text/onnx_runtime_library.h"

#include <gmock/gmock.h>

#include "detector/text/file_digest.h"
#include "detector/text/neural_network.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

TEST(OnnxRuntimeLibraryTest, AMissingLibraryIsAModelNotLoaded) {
  EXPECT_THAT(OpenOnnxRuntimeLibrary(TempDir().File("none.so"), "00"),
              FailsWith(Reason::kModelNotLoaded));
}

// FAKE_ENDING ends the process that opens it, so this is a proof.
TEST(OnnxRuntimeLibraryTest, NothingOfAnotherFileIsRun) {
  const std::string other = Sha256OfFile(FAKE_OLD);
  EXPECT_THAT(OpenOnnxRuntimeLibrary(FAKE_ENDING, other),
              FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(OpenOnnxRuntimeLibrary(FAKE_ENDING, ""),
              FailsWith(Reason::kModelNotLoaded));
  EXPECT_EXIT(
      (void)OpenOnnxRuntimeLibrary(FAKE_ENDING, Sha256OfFile(FAKE_ENDING)),
      testing::ExitedWithCode(17), "");
}

TEST(OnnxRuntimeLibraryTest, ALibraryWithoutTheInterfaceIsAModelNotLoaded) {
  EXPECT_THAT(MakeOnnxRuntime(FAKE_OLD, Sha256OfFile(FAKE_OLD)),
              FailsWith(Reason::kModelNotLoaded));
}

TEST(OnnxRuntimeLibraryTest, ALibraryWithoutTheSymbolIsAModelNotLoaded) {
  EXPECT_THAT(MakeOnnxRuntime(FAKE_OTHER, Sha256OfFile(FAKE_OTHER)),
              FailsWith(Reason::kModelNotLoaded));
}

TEST(OnnxRuntimeLibraryTest, AFileThatIsNoLibraryIsAModelNotLoaded) {
  const TempDir folder;
  const std::string junk = folder.Write("junk.so", "not a library");
  EXPECT_THAT(MakeOnnxRuntime(junk, Sha256OfFile(junk)),
              FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(MakeOnnxRuntime(folder.path(), Sha256OfFile(folder.path())),
              FailsWith(Reason::kModelNotLoaded));
}

TEST(FileDigestTest, IsSha256InHexadecimal) {
  const TempDir folder;
  EXPECT_EQ(Sha256OfFile(folder.Write("abc", "abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256OfFile(folder.Write("none", "")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(FileDigestTest, WhatCannotBeReadHasNone) {
  const TempDir folder;
  EXPECT_EQ(Sha256OfFile(folder.File("none")), "");
  EXPECT_EQ(Sha256OfFile(folder.path()), "");
}

}  // namespace
}  // namespace burntin
