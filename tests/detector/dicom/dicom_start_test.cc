#include <gtest/gtest.h>

#include <string>

#include "detector/dicom/dicom_object.h"
#include "tests/testutil/dicom_maker.h"
#include "tests/testutil/temp_dir.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using namespace std::string_literals;

struct StartCase {
  std::string name;
  std::string bytes;
  bool looks_like;
};

class DicomStartTest : public testing::TestWithParam<StartCase> {};

TEST_P(DicomStartTest, IsJudgedByItsFirstBytes) {
  const TempDir folder;
  EXPECT_EQ(HasDicomStart(folder.Write("file", GetParam().bytes)),
            GetParam().looks_like);
}

const std::string kFile = MakeDicom(SpecOf(FlatPicture(4, 4, 7)));

INSTANTIATE_TEST_SUITE_P(
    Starts, DicomStartTest,
    testing::Values(
        StartCase{"APart10File", kFile, true},
        StartCase{"AFileCutAfterThePrefix", kFile.substr(0, 132), true},
        StartCase{"AFileCutWithinThePrefix", kFile.substr(0, 131), false},
        StartCase{"AnExplicitDataSetWithoutPreamble",
                  "\x08\x00\x05\x00"
                  "CS\x0A\x00ISO_IR 100"s,
                  true},
        StartCase{"AnImplicitDataSetWithoutPreamble",
                  "\x08\x00\x05\x00\x0A\x00\x00\x00ISO_IR 100"s, true},
        StartCase{"ABigEndianDataSetWithoutPreamble",
                  "\x00\x08\x00\x05"
                  "CS\x00\x0AISO_IR 100"s,
                  true},
        StartCase{"MetaInformationWithoutPreamble",
                  "\x02\x00\x00\x00UL\x04\x00\x00\x00\x00\x00"s, true},
        StartCase{"AnEmptyFile", "", false},
        StartCase{"AText", "# Notes about the study\n", false},
        StartCase{"APng", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, false},
        StartCase{"Zeros", std::string(4096, '\0'), false}),
    [](const auto& tested) { return tested.param.name; });

TEST(DicomStart, AFileThatCannotBeOpenedLooksLikeOne) {
  EXPECT_TRUE(HasDicomStart(TempDir().File("none")));
}

TEST(DicomStart, AFileThatCannotBeReadLooksLikeOne) {
  // A folder opens and then fails to read.
  EXPECT_TRUE(HasDicomStart(TempDir().path()));
}

}  // namespace
}  // namespace burntin
