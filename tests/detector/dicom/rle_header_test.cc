#include "detector/dicom/rle_header.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testutil/raw_dicom.h"
#include "tests/testutil/status_matchers.h"

namespace burntin {
namespace {

constexpr size_t kFrameBytes = 200;

absl::Status Check(const std::vector<uint32_t>& words) {
  std::string header = RawValues(words);
  header.resize(kRleHeaderBytes, '\0');
  return CheckRleHeader(
      {reinterpret_cast<const uint8_t*>(header.data()), header.size()},
      kFrameBytes);
}

TEST(RleHeaderTest, SegmentsWithinTheFrameAreFine) {
  EXPECT_THAT(Check({1, 64}), IsOk());
  EXPECT_THAT(Check({3, 64, 65, 199}), IsOk());
}

TEST(RleHeaderTest, SegmentsElsewhereAreRefused) {
  for (const std::vector<uint32_t>& words : {std::vector<uint32_t>{0, 64},
                                             {16, 64},
                                             {0xFFFFFFFF, 64},
                                             {1, 0},
                                             {1, 63},
                                             {1, 200},
                                             {1, 0xFFFFFFFF},
                                             {2, 64, 64},
                                             {2, 100, 64},
                                             {2, 64, 200},
                                             {3, 64, 70}}) {
    EXPECT_THAT(Check(words), FailsWith(Reason::kFrameDecodeFailed));
  }
}

TEST(RleHeaderTest, AHeaderThatIsCutIsRefused) {
  const std::vector<uint8_t> cut(kRleHeaderBytes - 1, 1);
  EXPECT_THAT(CheckRleHeader(cut, kFrameBytes),
              FailsWith(Reason::kFrameDecodeFailed));
}

}  // namespace
}  // namespace burntin
