#include "detector/text/text_finder.h"

#include <gmock/gmock.h>

#include <memory>
#include <vector>

#include "tests/detector/text/fake_engines.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const Image kFirstView = FlatPicture(100, 200, 10);
const Image kSecondView = FlatPicture(100, 200, 20);

// A finder whose detector sees `in_first` in kFirstView and `in_second` in
// any other, and whose readers read everything.
TextFinder Finder(const std::vector<Box>& in_first,
                  const std::vector<Box>& in_second) {
  TextEngines engines;
  engines.candidates = MakeWholeCandidates();
  engines.first_detector =
      std::make_unique<FakeAreaDetector>([=](const Image& image) {
        std::vector<TextLine> lines;
        for (const Box& box : image == kFirstView ? in_first : in_second) {
          lines.push_back(LineAt(box));
        }
        return lines;
      });
  engines.second_detector = std::make_unique<FakeAreaDetector>(
      [](const Image&) { return std::vector<TextLine>(); });
  const auto answer = [](const Image&) { return Read("DOE", 0.9); };
  engines.quick_reader = std::make_unique<FakeRecognizer>(
      [](const Image&) { return Read("?a", 0.4); });
  engines.first_reader = std::make_unique<FakeRecognizer>(answer);
  engines.second_reader = std::make_unique<FakeRecognizer>(answer);
  return TextFinder(std::move(engines));
}

// Sees nothing, and takes down where it was to look.
class RecordingAreaDetector final : public AreaTextDetector {
 public:
  explicit RecordingAreaDetector(std::vector<std::vector<Box>>* searched)
      : searched_(searched) {}

  absl::StatusOr<std::vector<TextLine>> Detect(
      const Image&, const std::vector<Box>& areas) override {
    searched_->push_back(areas);
    return std::vector<TextLine>();
  }

 private:
  std::vector<std::vector<Box>>* const searched_;
};

std::vector<TextRegion> Find(TextFinder finder) {
  TextTimings timings;
  return *finder.Find({kFirstView, kSecondView}, Settles(), &timings);
}

TEST(TextFinderTest, WhatOneViewShowsIsFound) {
  EXPECT_THAT(Find(Finder({{10, 10, 50, 10}}, {})), SizeIs(1));
  EXPECT_THAT(Find(Finder({}, {{10, 10, 50, 10}})), SizeIs(1));
  EXPECT_THAT(Find(Finder({}, {})), IsEmpty());
}

TEST(TextFinderTest, WhatBothViewsShowIsFoundOnceWithAllReadings) {
  const std::vector<TextRegion> regions =
      Find(Finder({{10, 10, 50, 10}}, {{12, 10, 50, 10}}));
  ASSERT_THAT(regions, SizeIs(1));
  EXPECT_THAT(regions[0].readings, SizeIs(6));
  EXPECT_EQ(Intersect(regions[0].box, {10, 10, 50, 10}).Area(), 500);
}

TEST(TextFinderTest, WhatOneViewConfirmedNeedsNoSecondReaderOnTheNext) {
  for (const bool thorough : {false, true}) {
    TextEngines engines;
    engines.candidates = MakeWholeCandidates();
    engines.first_detector =
        std::make_unique<FakeAreaDetector>([](const Image&) {
          return std::vector{LineAt({10, 10, 50, 10})};
        });
    engines.second_detector = std::make_unique<FakeAreaDetector>(
        [](const Image&) { return std::vector<TextLine>(); });
    engines.thorough = thorough;
    const auto answer = [](const Image&) { return Read("KVP 120", 0.97); };
    engines.quick_reader = std::make_unique<FakeRecognizer>(answer);
    engines.first_reader = std::make_unique<FakeRecognizer>(answer);
    const std::vector<TextRegion> regions =
        Find(TextFinder(std::move(engines)));
    ASSERT_THAT(regions, SizeIs(1));
    EXPECT_THAT(regions[0].readings, SizeIs(thorough ? 4 : 3));
  }
}

TEST(TextFinderTest, AWordOfALineThatWasReadIsNoRegionOfItsOwn) {
  EXPECT_THAT(Find(Finder({{10, 10, 20, 10}}, {{0, 10, 150, 10}})), SizeIs(1));
}

TEST(TextFinderTest, BoxesLieWithinTheView) {
  const std::vector<TextRegion> regions =
      Find(Finder({{-10, -10, 50, 30}, {500, 500, 10, 10}}, {}));
  ASSERT_THAT(regions, SizeIs(1));
  EXPECT_EQ(regions[0].box.x, 0);
  EXPECT_EQ(regions[0].box.y, 0);
}

TEST(TextFinderTest, OnlyTheGivenAreasOfEachViewAreSearched) {
  std::vector<std::vector<Box>> searched;
  TextEngines engines;
  engines.candidates = MakeWholeCandidates();
  engines.first_detector = std::make_unique<RecordingAreaDetector>(&searched);
  engines.second_detector = std::make_unique<RecordingAreaDetector>(&searched);
  TextFinder finder(std::move(engines));
  TextTimings timings;
  const std::vector<Box> areas = {{20, 30, 40, 20}, {90, 30, 40, 20}};
  EXPECT_THAT(finder.FindIn({kFirstView, kSecondView}, {{}, areas}, {},
                            Settles(), &timings),
              IsOk());
  ASSERT_THAT(searched, SizeIs(1));
  EXPECT_EQ(searched[0], areas);
}

TEST(TextFinderTest, ADetectorThatFailsInOneViewFailsThePlane) {
  TextEngines engines;
  engines.candidates = MakeWholeCandidates();
  engines.second_detector = std::make_unique<FakeAreaDetector>(
      [](const Image&) { return std::vector<TextLine>(); });
  engines.first_detector = std::make_unique<FakeAreaDetector>(
      [](const Image& image) -> absl::StatusOr<std::vector<TextLine>> {
        if (image == kFirstView) return std::vector<TextLine>();
        return Error(Reason::kEngineFailed, "It failed.");
      });
  TextFinder finder(std::move(engines));
  TextTimings timings;
  EXPECT_THAT(finder.Find({kFirstView, kSecondView}, Settles(), &timings),
              FailsWith(Reason::kEngineFailed));
}

}  // namespace
}  // namespace burntin
