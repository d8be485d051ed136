#include "server/protocol/protocol_store.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <sstream>

#include "server/digest/sha256.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kGood[] =
    "version: 1\nrules:\n"
    "  - {name: ct, when: {modality: CT}, then: {to_project: A}}\n";
constexpr char kOther[] =
    "version: 1\nrules:\n"
    "  - {name: mr, when: {modality: MR}, then: {to_project: A}}\n";
constexpr char kBroken[] = "version: 1\nrules:\n  - {name: ct}\n";

class ProtocolStoreTest : public testing::Test {
 protected:
  ProtocolStoreTest()
      : store_({.path = folder_.File("protocol.yaml"),
                .poll_interval = std::chrono::seconds(5)},
               &log_) {}

  void Write(const std::string& text) { folder_.Write("protocol.yaml", text); }
  void Delete() { unlink(folder_.File("protocol.yaml").c_str()); }

  // A look, the interval after the last one.
  void Look() {
    now_ += std::chrono::seconds(5);
    store_.Poll(now_);
  }

  std::string FirstRule() {
    const auto snapshot = store_.Current();
    return snapshot->protocol ? snapshot->protocol->rules.front().name : "none";
  }

  TempDir folder_;
  std::ostringstream log_text_;
  Log log_{LogLevel::kInfo, &log_text_};
  ProtocolStore store_;
  std::chrono::steady_clock::time_point now_{};
};

TEST_F(ProtocolStoreTest, ThereIsNoneBeforeTheFirstLook) {
  Write(kGood);
  EXPECT_EQ(FirstRule(), "none");
}

TEST_F(ProtocolStoreTest, TheFirstLookTakesWhatIsThere) {
  Write(kGood);
  Look();
  EXPECT_EQ(FirstRule(), "ct");
  EXPECT_EQ(store_.Current()->sha256, TextSha256(kGood));
  EXPECT_FALSE(store_.Current()->outdated);
  EXPECT_THAT(log_text_.str(), HasSubstr("protocol_loaded"));
}

TEST_F(ProtocolStoreTest, WithoutAFileThereIsNone) {
  Look();
  EXPECT_EQ(FirstRule(), "none");
  EXPECT_THAT(log_text_.str(), HasSubstr("protocol_missing"));
}

TEST_F(ProtocolStoreTest, AChangeCountsOnceTwoLooksHaveSeenIt) {
  Write(kGood);
  Look();
  Write(kOther);
  Look();
  EXPECT_EQ(FirstRule(), "ct");
  Look();
  EXPECT_EQ(FirstRule(), "mr");
}

TEST_F(ProtocolStoreTest, AFileThatIsBeingWrittenIsNotTakenByHalf) {
  Write(kGood);
  Look();
  Write("version: 1\nrules: []\n");
  Look();
  Write(kOther);
  Look();
  EXPECT_EQ(FirstRule(), "ct");
  Look();
  EXPECT_EQ(FirstRule(), "mr");
}

TEST_F(ProtocolStoreTest, LooksNoSoonerThanTheInterval) {
  Look();
  Write(kGood);
  for (int i = 0; i < 10; ++i) {
    now_ += std::chrono::milliseconds(100);
    store_.Poll(now_);
  }
  EXPECT_EQ(FirstRule(), "none");
  Look();
  Look();
  EXPECT_EQ(FirstRule(), "ct");
}

TEST_F(ProtocolStoreTest, ABrokenFileKeepsTheLastGoodOneAndSaysSo) {
  Write(kGood);
  Look();
  Write(kBroken);
  Look();
  Look();
  EXPECT_EQ(FirstRule(), "ct");
  const auto snapshot = store_.Current();
  EXPECT_TRUE(snapshot->outdated);
  EXPECT_EQ(snapshot->sha256, TextSha256(kGood));
  EXPECT_THAT(snapshot->trouble, HasSubstr("protocol.yaml:3:5: "));
  EXPECT_THAT(log_text_.str(), HasSubstr("protocol_broken"));
  EXPECT_THAT(log_text_.str(), HasSubstr("protocol.yaml:3:5: "));
}

TEST_F(ProtocolStoreTest, ARepairedFileCountsAgain) {
  Write(kGood);
  Look();
  Write(kBroken);
  Look();
  Look();
  Write(kGood);
  Look();
  Look();
  EXPECT_FALSE(store_.Current()->outdated);
  EXPECT_THAT(store_.Current()->trouble, IsEmpty());
}

TEST_F(ProtocolStoreTest, AFileThatWasNeverGoodIsNone) {
  Write(kBroken);
  Look();
  EXPECT_EQ(FirstRule(), "none");
  EXPECT_FALSE(store_.Current()->outdated);
  EXPECT_THAT(store_.Current()->trouble, Not(IsEmpty()));
}

TEST_F(ProtocolStoreTest, ToDeleteTheFileStopsWhatGoesOut) {
  Write(kGood);
  Look();
  Delete();
  Look();
  EXPECT_EQ(FirstRule(), "ct");
  Look();
  EXPECT_EQ(FirstRule(), "none");
  EXPECT_THAT(store_.Current()->sha256, IsEmpty());
  Write(kGood);
  Look();
  Look();
  EXPECT_EQ(FirstRule(), "ct");
}

TEST_F(ProtocolStoreTest, AFolderInItsPlaceKeepsTheLastGoodOne) {
  Write(kGood);
  Look();
  Delete();
  std::filesystem::create_directory(folder_.File("protocol.yaml"));
  Look();
  Look();
  EXPECT_EQ(FirstRule(), "ct");
  EXPECT_TRUE(store_.Current()->outdated);
}

// A process's own memory opens as a file and fails at its first byte.
TEST_F(ProtocolStoreTest, AReadThatFailsIsNoProtocolThatIsEmpty) {
  std::filesystem::create_symlink("/proc/self/mem",
                                  folder_.File("protocol.yaml"));
  Look();
  EXPECT_EQ(FirstRule(), "none");
  EXPECT_THAT(store_.Current()->trouble, Not(HasSubstr("protocol.yaml:")));
  EXPECT_THAT(store_.Current()->trouble, Not(IsEmpty()));
}

TEST_F(ProtocolStoreTest, AFileThatIsTooLargeKeepsTheLastGoodOne) {
  Write(kGood);
  Look();
  Write(kOther + ("#" + std::string(1 << 20, 'x')));
  Look();
  Look();
  EXPECT_EQ(FirstRule(), "ct");
  EXPECT_TRUE(store_.Current()->outdated);
}

TEST_F(ProtocolStoreTest, ASnapshotStaysWhatItWas) {
  Write(kGood);
  Look();
  const auto before = store_.Current();
  Write(kOther);
  Look();
  Look();
  EXPECT_EQ(before->protocol->rules.front().name, "ct");
}

TEST_F(ProtocolStoreTest, AnUnchangedFileIsToldOnce) {
  Write(kGood);
  for (int i = 0; i < 5; ++i) Look();
  const std::string log = log_text_.str();
  EXPECT_EQ(log.find("protocol_loaded"), log.rfind("protocol_loaded"));
}

}  // namespace
}  // namespace burntin
