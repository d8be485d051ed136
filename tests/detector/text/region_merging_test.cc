#include "detector/text/region_merging.h"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace burntin {
namespace {

using testing::SizeIs;

const Box kWhole = {10, 10, 200, 20};
const Box kPart = {180, 12, 25, 16};

TextRegion Region(const Box& box, const std::string& text,
                  double confidence = 0.95) {
  return {.box = box,
          .likelihood = 0.5,
          .readings = {{.text = PhiText(text), .confidence = confidence}}};
}

size_t LeftOf(std::vector<TextRegion> regions) {
  DropFragments(&regions);
  return regions.size();
}

TEST(MergeRegionTest, TheSameTextIsKeptOnceWithAllReadings) {
  std::vector<TextRegion> regions;
  MergeRegion(Region(kWhole, "ONE"), &regions);
  MergeRegion(Region({12, 11, 200, 20}, "0NE"), &regions);
  MergeRegion(Region({10, 60, 200, 20}, "TWO"), &regions);
  ASSERT_THAT(regions, SizeIs(2));
  EXPECT_THAT(regions[0].readings, SizeIs(2));
  EXPECT_EQ(regions[0].box.width, 202);
}

TEST(DropFragmentsTest, APartOfASurelyReadTextGoes) {
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), Region(kPart, "9.2")}), 1u);
  EXPECT_EQ(LeftOf({Region(kPart, "9.2"), Region(kWhole, "Area 19.2")}), 1u);
  EXPECT_EQ(LeftOf({Region(kPart, "1 9"), Region(kWhole, "Area 19.2")}), 1u);
}

TEST(DropFragmentsTest, WhatTheWholeDoesNotSayStays) {
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), Region(kPart, "Doe")}), 2u);
  TextRegion part = Region(kPart, "9.2");
  part.readings.push_back({.text = PhiText("Doe"), .confidence = 0.2});
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), part}), 2u);
}

TEST(DropFragmentsTest, WhatOneCouldNotReadAndTwoReadDoesNotMatter) {
  TextRegion part = Region(kPart, "9.2");
  part.readings.push_back({PhiText("9.2"), 0.8, /*recognizer=*/1});
  part.readings.push_back({PhiText("Doe"), 0.2, /*recognizer=*/2});
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), part}), 1u);
  part.readings[2].confidence = 0.5;
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), part}), 2u);
}

TEST(DropFragmentsTest, WhatNobodyReadStays) {
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), Region(kPart, "")}), 2u);
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), Region(kPart, "-")}), 2u);
  TextRegion part = Region(kPart, "");
  part.readings.clear();
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), part}), 2u);
}

TEST(DropFragmentsTest, ADoubtfulOrTooShortReadingProvesNothing) {
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"), Region(kPart, "9.2", 0.45)}),
            2u);
  EXPECT_EQ(
      LeftOf({Region(kWhole, "Area 19.2"), Region({100, 12, 90, 16}, "9")}),
      2u);
}

TEST(DropFragmentsTest, ALowerLineWithinAHigherBoxStays) {
  EXPECT_EQ(
      LeftOf({Region({10, 10, 200, 60}, "Area 19.2"), Region(kPart, "9.2")}),
      2u);
}

TEST(DropFragmentsTest, AWholeThatIsPoorlyReadProvesNothing) {
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2", 0.89), Region(kPart, "9.2")}),
            2u);
}

TEST(DropFragmentsTest, ATextOfItsOwnBesideTheWholeStays) {
  EXPECT_EQ(
      LeftOf({Region(kWhole, "Area 19.2"), Region({180, 40, 25, 16}, "9.2")}),
      2u);
  // About as large: other readings of the same text, not a fragment.
  EXPECT_EQ(LeftOf({Region(kWhole, "Area 19.2"),
                    Region({10, 10, 150, 20}, "Area 1")}),
            2u);
}

}  // namespace
}  // namespace burntin
