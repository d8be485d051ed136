#include "detector/text/combined_detectors.h"

#include <gmock/gmock.h>

#include <memory>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/text/line_geometry.h"
#include "tests/detector/text/fake_engines.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Image kPicture = FlatPicture(300, 500, 0);
const std::vector<Box> kAll = {{0, 0, 500, 300}};
const std::vector<Box> kUnasked = {{-1, -1, 1, 1}};

std::unique_ptr<AreaTextDetector> Failing() {
  return std::make_unique<FakeAreaDetector>(
      [](const Image&) -> absl::StatusOr<std::vector<TextLine>> {
        return Error(Reason::kEngineFailed, "It failed.");
      });
}

class TwoStepDetectorTest : public testing::Test {
 protected:
  std::unique_ptr<AreaTextDetector> Make(std::vector<TextLine> suspected,
                                         std::vector<TextLine> seen) {
    return MakeTwoStepDetector(
        std::make_unique<StubDetector>(std::move(suspected), &quick_areas_),
        std::make_unique<StubDetector>(std::move(seen), &careful_areas_));
  }

  std::vector<Box> quick_areas_ = kUnasked;
  std::vector<Box> careful_areas_ = kUnasked;
};

TEST_F(TwoStepDetectorTest, TheCarefulOneLooksAroundWhatTheQuickOneSuspects) {
  const auto lines =
      Make({LineAt({200, 100, 80, 20})}, {LineAt({201, 102, 76, 18})})
          ->Detect(kPicture, kAll);
  ASSERT_THAT(lines, IsOk());
  EXPECT_EQ(quick_areas_, kAll);
  EXPECT_THAT(careful_areas_, ElementsAre(Box{168, 68, 144, 84}));
  ASSERT_THAT(*lines, SizeIs(1));
  EXPECT_EQ(BoxAround(lines->front()), BoxAround(LineAt({201, 102, 76, 18})));
}

TEST_F(TwoStepDetectorTest, AreasThatMeetAreOneAndEndAtTheEdge) {
  ASSERT_THAT(Make({LineAt({0, 0, 80, 20}), LineAt({0, 40, 80, 20})}, {})
                  ->Detect(kPicture, kAll),
              IsOk());
  EXPECT_THAT(careful_areas_, ElementsAre(Box{0, 0, 112, 92}));
}

TEST_F(TwoStepDetectorTest, WhereNothingIsSuspectedTheCarefulOneIsNotAsked) {
  const auto lines = Make({}, {LineAt({1, 1, 9, 9})})->Detect(kPicture, kAll);
  ASSERT_THAT(lines, IsOk());
  EXPECT_THAT(*lines, IsEmpty());
  EXPECT_EQ(careful_areas_, kUnasked);
}

TEST_F(TwoStepDetectorTest, TheFailureOfEitherIsItsOwn) {
  EXPECT_THAT(MakeTwoStepDetector(Failing(), Failing())->Detect(kPicture, kAll),
              FailsWith(Reason::kEngineFailed));
  auto suspects = std::make_unique<StubDetector>(
      std::vector{LineAt({9, 9, 40, 9})}, &quick_areas_);
  EXPECT_THAT(MakeTwoStepDetector(std::move(suspects), Failing())
                  ->Detect(kPicture, kAll),
              FailsWith(Reason::kEngineFailed));
}

TEST(CloserLookTest, EachAreaIsAPictureAndLinesAreWhereTheyWere) {
  std::vector<Image> shown;
  const auto closer = MakeCloserLook(
      std::make_unique<FakeAreaDetector>([&](const Image& image) {
        shown.push_back(image);
        return std::vector{LineAt({2, 3, 10, 8})};
      }),
      /*least_side=*/384);
  Image picture = kPicture;
  picture.pixels[static_cast<size_t>(100) * picture.columns + 200] = 77;
  const auto lines =
      closer->Detect(picture, {{200, 100, 60, 40}, {0, 250, 90, 50}});
  ASSERT_THAT(lines, IsOk());
  ASSERT_THAT(shown, SizeIs(2));
  EXPECT_EQ(shown[0].columns, 60);
  EXPECT_EQ(shown[0].rows, 40);
  EXPECT_EQ(shown[0].pixels[0], 77);
  EXPECT_EQ(shown[1].rows, 50);
  ASSERT_THAT(*lines, SizeIs(2));
  EXPECT_EQ(BoxAround((*lines)[0]), BoxAround(LineAt({202, 103, 10, 8})));
  EXPECT_EQ(BoxAround((*lines)[1]), BoxAround(LineAt({2, 253, 10, 8})));
}

TEST(CloserLookTest, WhatWasDoubledAtOnceIsNotLookedAtAgain) {
  std::vector<Box> asked = kUnasked;
  const auto closer = MakeCloserLook(
      std::make_unique<StubDetector>(std::vector{LineAt({1, 1, 9, 9})}, &asked),
      /*least_side=*/500);
  const auto lines = closer->Detect(kPicture, kAll);
  ASSERT_THAT(lines, IsOk());
  EXPECT_THAT(*lines, IsEmpty());
  EXPECT_EQ(asked, kUnasked);
}

TEST(BothDetectorsTest, AllLinesAreThere) {
  std::vector<Box> first;
  std::vector<Box> second;
  const auto both = MakeBothDetectors(
      std::make_unique<StubDetector>(std::vector{LineAt({1, 1, 9, 9})}, &first),
      std::make_unique<StubDetector>(std::vector{LineAt({50, 1, 9, 9})},
                                     &second));
  const auto lines = both->Detect(kPicture, kAll);
  ASSERT_THAT(lines, IsOk());
  EXPECT_THAT(*lines, SizeIs(2));
  EXPECT_EQ(first, kAll);
  EXPECT_EQ(second, kAll);
}

}  // namespace
}  // namespace burntin
