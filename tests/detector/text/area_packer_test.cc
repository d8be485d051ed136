#include "detector/text/area_packer.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <vector>

#include "detector/base/boxes.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kGap = 16;
constexpr int kMaxSide = 1000;

std::vector<Box> RandomParts(unsigned seed, int count) {
  std::mt19937 random(seed);
  std::vector<Box> parts;
  for (int i = 0; i < count; ++i) {
    const auto side = [&] {
      return 1 + static_cast<int>(random() % (kMaxSide - 2 * kGap));
    };
    parts.push_back({i, 2 * i, side(), i % 3 == 0 ? side() : 20});
  }
  return parts;
}

Box Placed(const Placement& placement) {
  return {placement.x, placement.y, placement.from.width,
          placement.from.height};
}

Box WithGap(const Box& box) {
  return {box.x - kGap, box.y - kGap, box.width + 2 * kGap,
          box.height + 2 * kGap};
}

TEST(JoinOverlappingTest, WhatOverlapsBecomesOneAndTheRestStays) {
  EXPECT_THAT(
      JoinOverlapping({{0, 0, 10, 10}, {30, 0, 10, 10}, {5, 5, 10, 10}}),
      testing::UnorderedElementsAre(Box{0, 0, 15, 15}, Box{30, 0, 10, 10}));
  EXPECT_THAT(JoinOverlapping({}), IsEmpty());
}

TEST(JoinOverlappingTest, BoxesEndUpApartAndCoverAllThatWasCovered) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    std::vector<Box> boxes;
    for (int i = 0; i < 30; ++i) {
      const auto up_to = [&](unsigned most) {
        return 1 + static_cast<int>(random() % most);
      };
      boxes.push_back({up_to(400), up_to(400), up_to(60), up_to(60)});
    }
    const std::vector<Box> joined = JoinOverlapping(boxes);
    for (size_t i = 0; i < joined.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        EXPECT_EQ(Intersect(joined[i], joined[k]).Area(), 0);
      }
    }
    for (const Box& box : boxes) {
      EXPECT_TRUE(std::any_of(
          joined.begin(), joined.end(),
          [&](const Box& one) { return Intersect(one, box) == box; }));
    }
  }
}

TEST(AreaPackerTest, EveryPartIsOnOneSheetApartFromAllOthers) {
  for (const int count : {1, 2, 7, 50}) {
    const std::vector<Box> parts = RandomParts(/*seed=*/7, count);
    std::vector<Box> seen;
    for (const Sheet& sheet : PackAreas(parts, kGap, kMaxSide)) {
      EXPECT_LE(sheet.width, kMaxSide);
      EXPECT_LE(sheet.height, kMaxSide);
      for (const Placement& placement : sheet.placements) {
        const Box around = WithGap(Placed(placement));
        EXPECT_EQ(Intersect(around, {0, 0, sheet.width, sheet.height}), around);
        for (const Placement& other : sheet.placements) {
          if (&other == &placement) continue;
          EXPECT_EQ(Intersect(around, Placed(other)).Area(), 0);
        }
        seen.push_back(placement.from);
      }
    }
    EXPECT_THAT(seen, testing::UnorderedElementsAreArray(parts));
  }
}

TEST(AreaPackerTest, OnePartGetsASheetOfItsOwnSize) {
  const std::vector<Sheet> sheets =
      PackAreas({{5, 6, 40, 300}}, kGap, kMaxSide);
  ASSERT_THAT(sheets, SizeIs(1));
  EXPECT_EQ(sheets[0].width, 40 + 2 * kGap);
  EXPECT_EQ(sheets[0].height, 300 + 2 * kGap);
}

TEST(AreaPackerTest, NothingNeedsNoSheet) {
  EXPECT_THAT(PackAreas({}, kGap, kMaxSide), IsEmpty());
}

}  // namespace
}  // namespace burntin
