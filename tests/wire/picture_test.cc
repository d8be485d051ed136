#include "wire/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burntin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void AddRegion(v1::Source source, int first, int last,
               v1::InstanceReport* report) {
  v1::Region* region = report->add_regions();
  region->set_source(source);
  v1::FrameRange* range = region->add_frame_ranges();
  range->set_first(first);
  range->set_last(last);
}

TEST(PictureTest, FindingsOfOneFrameShareAPicture) {
  v1::InstanceReport report;
  AddRegion(v1::SOURCE_FRAME, 5, 5, &report);
  AddRegion(v1::SOURCE_FRAME, 0, 9, &report);
  AddRegion(v1::SOURCE_BARCODE, 5, 6, &report);
  const std::vector<Picture> pictures = PlanPictures(report);
  ASSERT_EQ(pictures.size(), 1u);
  EXPECT_EQ(pictures[0].frame, 5);
  EXPECT_THAT(pictures[0].regions, ElementsAre(0, 1, 2));
}

TEST(PictureTest, ASecondFrameGetsASecondPictureInOrder) {
  v1::InstanceReport report;
  AddRegion(v1::SOURCE_FRAME, 7, 7, &report);
  AddRegion(v1::SOURCE_FRAME, 3, 4, &report);
  const std::vector<Picture> pictures = PlanPictures(report);
  ASSERT_EQ(pictures.size(), 2u);
  EXPECT_EQ(pictures[0].frame, 7);
  EXPECT_EQ(pictures[1].frame, 3);
}

TEST(PictureTest, AnotherPlaceGetsItsOwnPicture) {
  v1::InstanceReport report;
  AddRegion(v1::SOURCE_FRAME, 0, 0, &report);
  AddRegion(v1::SOURCE_OVERLAY_PLANE, 0, 0, &report);
  report.mutable_regions(1)->set_source_index(0x6000);
  const std::vector<Picture> pictures = PlanPictures(report);
  ASSERT_EQ(pictures.size(), 2u);
  EXPECT_EQ(pictures[1].source, Source::kOverlayPlane);
  EXPECT_EQ(pictures[1].source_index, 0x6000);
}

TEST(PictureTest, AnUnknownPlaceIsListedButCannotBeShown) {
  v1::InstanceReport report;
  AddRegion(static_cast<v1::Source>(77), 0, 0, &report);
  const std::vector<Picture> pictures = PlanPictures(report);
  ASSERT_EQ(pictures.size(), 1u);
  EXPECT_FALSE(pictures[0].can_show);
}

TEST(PictureTest, WithoutFindingsThereIsNoPicture) {
  EXPECT_THAT(PlanPictures({}), IsEmpty());
}

}  // namespace
}  // namespace burntin
