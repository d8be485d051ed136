#include "client/walk/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "detector/base/error.h"
#include "tests/client/temporary_folder.h"

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using State = FoundFile::State;

bool ContainsDicm(const std::string& path) {
  return ReadFile(path).find("DICM") != std::string::npos;
}

class WalkTest : public testing::Test {
 protected:
  WalkResult WalkPaths(const std::vector<std::string>& paths) {
    return Walk(paths, ContainsDicm).value();
  }

  // The paths below the folder.
  std::vector<std::string> Names(const WalkResult& walk) {
    std::vector<std::string> names;
    for (const FoundFile& file : walk.files) {
      names.push_back(file.path.substr(folder_.path().size() + 1));
    }
    return names;
  }

  TemporaryFolder folder_;
};

TEST_F(WalkTest, EntriesComeSortedByTheirBytesAtEachLevel) {
  folder_.Write("b/2", "DICM");
  folder_.Write("b/10", "DICM");
  folder_.Write("a", "DICM");
  folder_.Write("B", "DICM");
  EXPECT_THAT(Names(WalkPaths({folder_.path()})),
              ElementsAre("B", "a", "b/10", "b/2"));
}

TEST_F(WalkTest, PathsKeepTheOrderInWhichTheyWereGiven) {
  const std::string z = folder_.Write("z", "DICM");
  const std::string a = folder_.Write("a", "DICM");
  EXPECT_THAT(Names(WalkPaths({z, a})), ElementsAre("z", "a"));
}

TEST_F(WalkTest, WhatIsNotDicomIsSkippedAndListed) {
  folder_.Write("notes.txt", "hello");
  folder_.Write("scan", "DICM");
  const WalkResult walk = WalkPaths({folder_.path()});
  EXPECT_THAT(Names(walk), ElementsAre("scan"));
  EXPECT_THAT(walk.skipped, ElementsAre(EndsWith("/notes.txt")));
}

TEST_F(WalkTest, AFileNamedLikeDicomIsAnsweredWhateverItHolds) {
  folder_.Write("a.dcm", "junk");
  folder_.Write("b.IMA", "junk");
  folder_.Write("c.Dicom", "junk");
  const WalkResult walk = WalkPaths({folder_.path()});
  EXPECT_THAT(Names(walk), ElementsAre("a.dcm", "b.IMA", "c.Dicom"));
  EXPECT_THAT(walk.skipped, IsEmpty());
}

TEST_F(WalkTest, AnEmptyFileNamedLikeDicomIsMarkedEmpty) {
  folder_.Write("a.dcm", "");
  EXPECT_EQ(WalkPaths({folder_.path()}).files.at(0).state, State::kEmpty);
}

TEST_F(WalkTest, ALinkToAFileIsFollowed) {
  const std::string target = folder_.Write("x/target", "DICM");
  std::filesystem::create_symlink(target, folder_ / "link");
  EXPECT_THAT(Names(WalkPaths({folder_.path()})),
              ElementsAre("link", "x/target"));
}

TEST_F(WalkTest, ALoopOfLinksEnds) {
  folder_.Write("a/scan", "DICM");
  std::filesystem::create_directory_symlink("..", folder_ / "a/up");
  std::filesystem::create_directory_symlink(folder_.path(), folder_ / "self");
  EXPECT_THAT(Names(WalkPaths({folder_.path()})), ElementsAre("a/scan"));
}

TEST_F(WalkTest, ALinkToNowhereIsUnreadableNotSkipped) {
  std::filesystem::create_symlink("nowhere", folder_ / "link");
  std::filesystem::create_symlink("ring", folder_ / "ring");
  const WalkResult walk = WalkPaths({folder_.path()});
  EXPECT_THAT(Names(walk), ElementsAre("link", "ring"));
  EXPECT_EQ(walk.files[0].state, State::kUnreadable);
  EXPECT_EQ(walk.files[1].state, State::kUnreadable);
}

TEST_F(WalkTest, APipeIsNeverOpened) {
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  ASSERT_EQ(mkfifo((folder_ / "pipe.dcm").c_str(), 0600), 0);
  const WalkResult walk = WalkPaths({folder_.path()});
  EXPECT_THAT(walk.skipped, ElementsAre(EndsWith("/pipe")));
  EXPECT_EQ(walk.files.at(0).state, State::kUnreadable);
}

TEST_F(WalkTest, APathThatDoesNotExistFailsTheWalk) {
  const auto walk = Walk({folder_ / "missing"}, ContainsDicm);
  EXPECT_EQ(ReasonOf(walk.status()), Reason::kInvalidArgument);
}

TEST_F(WalkTest, ALabelIsValidUtf8AndAtMostWhatAMessageMayCarry) {
  folder_.Write("caf\xE9.dcm", "DICM");
  const FoundFile file = WalkPaths({folder_.path()}).files.at(0);
  EXPECT_THAT(file.path, EndsWith("caf\xE9.dcm"));
  EXPECT_THAT(file.label, EndsWith("caf\xEF\xBF\xBD.dcm"));
}

TEST_F(WalkTest, BytesAreSummedUp) {
  folder_.Write("a", "DICM");
  folder_.Write("b", "DICM!!");
  EXPECT_EQ(WalkPaths({folder_.path()}).bytes, 10);
}

}  // namespace
}  // namespace burntin
