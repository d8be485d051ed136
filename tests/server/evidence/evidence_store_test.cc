#include "server/evidence/evidence_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "server/digest/sha256.h"
#include "server/evidence/picture_file.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

class EvidenceStoreTest : public testing::Test {
 protected:
  EvidenceStoreTest() { store_ = *Open(1'000); }

  absl::StatusOr<std::unique_ptr<EvidenceStore>> Open(int64_t total_bytes) {
    return EvidenceStore::Open(
        {.directory = folder_.File("evidence"), .total_bytes = total_bytes});
  }

  std::string Add(const std::string& png) {
    const auto added = store_->Add(png);
    EXPECT_THAT(added, IsOk());
    return added->sha256;
  }

  // The one file that holds this picture.
  fs::path FileOf(const std::string& sha256) {
    for (const auto& entry :
         fs::recursive_directory_iterator(folder_.File("evidence"))) {
      if (entry.path().stem() == sha256) return entry.path();
    }
    return "";
  }

  TempDir folder_;
  std::unique_ptr<EvidenceStore> store_;
};

TEST_F(EvidenceStoreTest, APictureIsFoundByItsDigest) {
  const std::string digest = Add("a picture");
  EXPECT_EQ(digest, TextSha256("a picture"));
  EXPECT_EQ(*store_->Read(digest), "a picture");
  EXPECT_THAT(store_->Keep(digest), IsOk());
  EXPECT_EQ(*store_->Read(digest), "a picture");
  store_ = *Open(1'000);
  EXPECT_EQ(*store_->Read(digest), "a picture");
}

TEST_F(EvidenceStoreTest, NobodyElseMayLookAtPictures) {
  const fs::path file = FileOf(Add("a picture"));
  for (fs::path path = file; path != fs::path(folder_.File(""));
       path = path.parent_path()) {
    const auto mode = fs::status(path).permissions();
    EXPECT_EQ(mode & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none)
        << path;
    if (path == folder_.File("evidence")) break;
  }
}

TEST_F(EvidenceStoreTest, AFolderThatOthersMayReadIsRefused) {
  chmod(folder_.File("evidence").c_str(), 0750);
  EXPECT_THAT(Open(1'000), FailsWith(Reason::kInvalidArgument));
}

TEST_F(EvidenceStoreTest, AFolderThatIsAFileOrALinkIsRefused) {
  const std::string file = folder_.Write("file", "");
  const std::string link = folder_.File("link");
  fs::create_directory_symlink(folder_.File("evidence"), link);
  for (const std::string& path : {file, link, folder_.File("no/folder")}) {
    EXPECT_THAT(EvidenceStore::Open({.directory = path}),
                FailsWith(Reason::kInvalidArgument));
  }
}

TEST_F(EvidenceStoreTest, APictureThatWasChangedIsNotShown) {
  const std::string digest = Add("a picture");
  ASSERT_THAT(store_->Keep(digest), IsOk());
  std::ofstream(FileOf(digest)) << "another";
  EXPECT_THAT(store_->Read(digest), FailsWith(Reason::kEvidenceUnavailable));
  // Taken again it is there again.
  EXPECT_TRUE(store_->Add("a picture")->is_new);
  EXPECT_THAT(store_->Keep(digest), IsOk());
  EXPECT_EQ(*store_->Read(digest), "a picture");
}

TEST_F(EvidenceStoreTest, APictureThatIsGoneIsNotShown) {
  const std::string digest = Add("a picture");
  fs::remove(FileOf(digest));
  EXPECT_THAT(store_->Read(digest), FailsWith(Reason::kEvidenceUnavailable));
  EXPECT_THAT(store_->Keep(digest), FailsWith(Reason::kEvidenceUnavailable));
}

TEST_F(EvidenceStoreTest, ADigestThatIsNoneLeadsNowhere) {
  for (const std::string& digest : {std::string(), std::string("../../etc"),
                                    std::string(64, '/'), std::string("ab")}) {
    EXPECT_THAT(store_->Read(digest), FailsWith(Reason::kEvidenceUnavailable));
    EXPECT_THAT(store_->Keep(digest), FailsWith(Reason::kEvidenceUnavailable));
  }
}

TEST_F(EvidenceStoreTest, OnlyPendingPicturesAreDeletedWithTime) {
  const std::string kept = Add("kept");
  ASSERT_THAT(store_->Keep(kept), IsOk());
  const std::string pending = Add("pending");
  std::ofstream(FileOf(pending).parent_path() /
                (std::string(kUnfinished) + "x"))
      << "half";
  EXPECT_EQ(store_->DeletePending(seconds(3'600)), 0);
  EXPECT_EQ(*store_->Read(pending), "pending");
  EXPECT_EQ(store_->DeletePending(seconds(0)), 1);
  EXPECT_THAT(store_->Read(pending), FailsWith(Reason::kEvidenceUnavailable));
  EXPECT_EQ(*store_->Read(kept), "kept");
  EXPECT_EQ(store_->bytes(), 4);
}

TEST_F(EvidenceStoreTest, NoMoreThanItsRoomIsTaken) {
  Add(std::string(600, 'a'));
  EXPECT_THAT(store_->Add(std::string(401, 'b')),
              FailsWith(Reason::kEvidenceUnavailable));
  EXPECT_EQ(store_->bytes(), 600);
  Add(std::string(400, 'c'));
  // The same one needs no further room.
  EXPECT_FALSE(store_->Add(std::string(600, 'a'))->is_new);
  store_ = *Open(1'000);
  EXPECT_EQ(store_->bytes(), 1'000);
  EXPECT_THAT(store_->Add("b"), FailsWith(Reason::kEvidenceUnavailable));
}

TEST_F(EvidenceStoreTest, AnEmptyOrTooLargePictureIsNotTaken) {
  store_ = *Open(int64_t{1} << 30);
  EXPECT_THAT(store_->Add(""), FailsWith(Reason::kEvidenceUnavailable));
  EXPECT_THAT(store_->Add(std::string(kMostPictureBytes + 1, 'a')),
              FailsWith(Reason::kEvidenceUnavailable));
  EXPECT_EQ(store_->Read(Add(std::string(kMostPictureBytes, 'a')))->size(),
            static_cast<size_t>(kMostPictureBytes));
}

}  // namespace
}  // namespace burntin
