#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "detector/base/runner.h"
#include "detector/detector.h"
#include "detector/pipeline/site_vocabulary.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class SiteVocabularyFileTest : public testing::Test {
 protected:
  std::string Write(const std::string& text) {
    const std::string path = folder_.File("words.txt");
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  TempDir folder_;
};

TEST_F(SiteVocabularyFileTest, AddsToTheBuiltInWords) {
  const auto vocabulary = LoadVocabulary(Write("[words]\nSONOX\n"));
  ASSERT_THAT(vocabulary, IsOk());
  EXPECT_TRUE(vocabulary->Covers("SONOX CHEST"));
}

TEST_F(SiteVocabularyFileTest, NoFileIsTheBuiltInWordsAlone) {
  const auto vocabulary = LoadVocabulary("");
  ASSERT_THAT(vocabulary, IsOk());
  EXPECT_TRUE(vocabulary->Covers("CHEST"));
  EXPECT_FALSE(vocabulary->Covers("SONOX"));
}

TEST_F(SiteVocabularyFileTest, AMistakeIsRefusedWithFileAndLineOnly) {
  const std::string path = Write("[words]\nROOM\n[rooms]\nJANE\n");
  const auto vocabulary = LoadVocabulary(path);
  EXPECT_THAT(vocabulary, FailsWith(Reason::kInvalidArgument));
  const std::string message(vocabulary.status().message());
  EXPECT_THAT(message, StartsWith(path + ": "));
  EXPECT_THAT(message, HasSubstr("Line 3 "));
  EXPECT_THAT(message, Not(HasSubstr("JANE")));
}

TEST_F(SiteVocabularyFileTest, AFileThatIsNotThereIsRefused) {
  EXPECT_THAT(LoadVocabulary(folder_.File("none.txt")),
              FailsWith(Reason::kInvalidArgument));
}

TEST_F(SiteVocabularyFileTest, AFolderIsRefused) {
  EXPECT_THAT(LoadVocabulary(folder_.path()),
              FailsWith(Reason::kInvalidArgument));
}

TEST_F(SiteVocabularyFileTest, AHugeFileIsRefused) {
  EXPECT_THAT(LoadVocabulary(Write(std::string((1 << 20) + 1, '\n'))),
              FailsWith(Reason::kInvalidArgument));
}

TEST_F(SiteVocabularyFileTest, ADetectorDoesNotStartWithAMistake) {
  const auto runner = MakeThreadPoolRunner(/*workers=*/1);
  const auto detector = Detector::Create(
      {.benign_vocabulary_file = Write("SONOX\n")}, runner.get());
  EXPECT_THAT(detector, FailsWith(Reason::kInvalidArgument));
}

}  // namespace
}  // namespace burntin
