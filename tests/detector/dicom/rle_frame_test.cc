#include "detector/dicom/rle_frame.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testutil/raw_dicom.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

using namespace std::string_literals;

// Of six pixels: a run of four, a literal of two.
const std::string kSegment = "\xFDz\x01xy"s;

absl::Status Check(std::string header, const std::string& segments) {
  header.resize(64, '\0');
  const std::string frame = header + segments;
  return CheckRleFrame(
      {reinterpret_cast<const uint8_t*>(frame.data()), frame.size()}, 6);
}

std::string Header(const std::vector<uint32_t>& words) {
  return RawValues(words);
}

TEST(RleFrameTest, SegmentsOfAllPixelsAreFine) {
  EXPECT_THAT(Check(Header({1, 64}), kSegment), IsOk());
  EXPECT_THAT(Check(Header({1, 64}), kSegment + "\0"s), IsOk());
  EXPECT_THAT(Check(Header({1, 64}), "\x80"s + kSegment), IsOk());
  EXPECT_THAT(Check(Header({2, 64, 70}), kSegment + "\0"s + kSegment), IsOk());
}

TEST(RleFrameTest, SegmentsElsewhereAreRefused) {
  for (const std::vector<uint32_t>& words : {std::vector<uint32_t>{0, 64},
                                             {16, 64},
                                             {0xFFFFFFFF, 64},
                                             {1, 0},
                                             {1, 63},
                                             {1, 69},
                                             {1, 0xFFFFFFFF},
                                             {2, 64, 64},
                                             {2, 66, 64},
                                             {2, 64, 200}}) {
    EXPECT_THAT(Check(Header(words), kSegment),
                FailsWith(Reason::kFrameDecodeFailed));
  }
}

TEST(RleFrameTest, FewerAndOtherPixelsAreRefused) {
  for (const std::string& segment :
       {"\xFEz\x01xy"s, "\xFDz\x01x"s, "\xF0z"s, "\xFDz"s, ""s}) {
    EXPECT_THAT(Check(Header({1, 64}), segment),
                FailsWith(Reason::kFrameDecodeFailed));
  }
}

TEST(RleFrameTest, PixelsThatAreNotDeclaredAreReported) {
  EXPECT_THAT(Check(Header({1, 64}), kSegment + kSegment + kSegment),
              FailsWith(Reason::kFileMalformed));
}

TEST(RleFrameTest, AHeaderThatIsCutIsRefused) {
  const std::vector<uint8_t> cut(63, 1);
  EXPECT_THAT(CheckRleFrame(cut, 6), FailsWith(Reason::kFrameDecodeFailed));
}

}  // namespace
}  // namespace burntin
