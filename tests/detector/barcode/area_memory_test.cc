#include "detector/barcode/area_memory.h"

#include <gmock/gmock.h>

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

cv::Mat Grey(int rows, int columns, int grey) {
  return cv::Mat(rows, columns, CV_8U, cv::Scalar(grey));
}

TEST(AreaMemoryTest, AnEqualAreaIsKnownWhereverItsPixelsAre) {
  AreaMemory memory;
  const cv::Mat picture = Grey(60, 80, 9);
  memory.Add(CodeKind::kMatrix, picture(cv::Rect(10, 10, 32, 16)),
             {{PhiText("4711"), cv::Rect(1, 2, 3, 4)}});
  const auto codes = memory.Find(CodeKind::kMatrix, Grey(16, 32, 9));
  ASSERT_TRUE(codes);
  ASSERT_THAT(*codes, SizeIs(1));
  EXPECT_EQ(codes->front().text.Reveal(), "4711");
  EXPECT_EQ(codes->front().place, cv::Rect(1, 2, 3, 4));
}

TEST(AreaMemoryTest, AnAreaWithoutCodesIsKnownToHaveNone) {
  AreaMemory memory;
  memory.Add(CodeKind::kMatrix, Grey(16, 32, 9), {});
  const auto codes = memory.Find(CodeKind::kMatrix, Grey(16, 32, 9));
  ASSERT_TRUE(codes);
  EXPECT_THAT(*codes, IsEmpty());
}

TEST(AreaMemoryTest, OnePixelAnotherKindOrAnotherShapeIsAnotherArea) {
  AreaMemory memory;
  memory.Add(CodeKind::kMatrix, Grey(16, 32, 9), {});
  cv::Mat other = Grey(16, 32, 9);
  other.at<uint8_t>(15, 31) = 10;
  EXPECT_FALSE(memory.Find(CodeKind::kMatrix, other));
  EXPECT_FALSE(memory.Find(CodeKind::kLyingBars, Grey(16, 32, 9)));
  EXPECT_FALSE(memory.Find(CodeKind::kMatrix, Grey(32, 16, 9)));
}

TEST(AreaMemoryTest, WhatWasNotAskedForLatelyIsForgotten) {
  AreaMemory memory;
  memory.Add(CodeKind::kMatrix, Grey(1024, 1024, 255), {});
  for (int grey = 0; grey < 20; ++grey) {
    memory.Add(CodeKind::kMatrix, Grey(1024, 1024, grey), {});
    EXPECT_TRUE(memory.Find(CodeKind::kMatrix, Grey(1024, 1024, 255)));
  }
  EXPECT_FALSE(memory.Find(CodeKind::kMatrix, Grey(1024, 1024, 0)));
  EXPECT_TRUE(memory.Find(CodeKind::kMatrix, Grey(1024, 1024, 19)));
}

}  // namespace
}  // namespace burntin
