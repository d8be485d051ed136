#include "detector/text/area_text_detector.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "detector/text/line_geometry.h"
#include "tests/detector/text/fake_engines.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::SizeIs;

// The box around all pixels that are not black; empty if there are none.
Box WhiteBox(const Image& image) {
  Box box;
  for (int y = 0; y < image.rows; ++y) {
    for (int x = 0; x < image.columns; ++x) {
      if (image.pixels[static_cast<size_t>(y) * image.columns + x] < 128) {
        continue;
      }
      box = box.Area() == 0 ? Box{x, y, 1, 1} : Unite(box, {x, y, 1, 1});
    }
  }
  return box;
}

void Fill(const Box& box, Image* image) {
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      image->pixels[static_cast<size_t>(y) * image->columns + x] = 255;
    }
  }
}

Box WholeOf(const Image& image) { return {0, 0, image.columns, image.rows}; }

// An area detector around a network that takes what is white for a line.
class AreaTextDetectorTest : public testing::Test {
 protected:
  std::vector<Box> Detect(const Image& image) {
    return Detect(image, {WholeOf(image)});
  }

  std::vector<Box> Detect(const Image& image, const std::vector<Box>& areas) {
    const std::unique_ptr<AreaTextDetector> detector = MakeAreaTextDetector(
        std::make_unique<FakeDetector>([this](const Image& asked) {
          asked_.push_back(asked);
          std::vector<TextLine> lines;
          const Box box = WhiteBox(asked);
          if (box.Area() > 0) lines.push_back(LineAt(box));
          return lines;
        }),
        needs_);
    const absl::StatusOr<std::vector<TextLine>> lines =
        detector->Detect(image, areas);
    std::vector<Box> boxes;
    for (const TextLine& line : *lines) {
      boxes.push_back(BoundingBox(line, image.rows, image.columns));
    }
    return boxes;
  }

  NetworkNeeds needs_;
  std::vector<Image> asked_;
};

void ExpectNear(const Box& actual, const Box& expected) {
  EXPECT_NEAR(actual.x, expected.x, 2);
  EXPECT_NEAR(actual.y, expected.y, 2);
  EXPECT_NEAR(actual.width, expected.width, 3);
  EXPECT_NEAR(actual.height, expected.height, 3);
}

TEST_F(AreaTextDetectorTest, ASmallPictureIsDoubledAndItsBoxesHalved) {
  Image image = FlatPicture(100, 200, 0);
  const Box text = {40, 20, 60, 10};
  Fill(text, &image);
  const std::vector<Box> boxes = Detect(image);
  ASSERT_THAT(boxes, SizeIs(1));
  ExpectNear(boxes[0], text);
  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_GE(asked_[0].columns, 400);
}

TEST_F(AreaTextDetectorTest, AMiddlingPictureKeepsItsScale) {
  Image image = FlatPicture(700, 900, 0);
  const Box text = {300, 500, 200, 20};
  Fill(text, &image);
  const std::vector<Box> boxes = Detect(image);
  ASSERT_THAT(boxes, SizeIs(1));
  ExpectNear(boxes[0], text);
  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_LT(asked_[0].columns, 1000);
}

TEST_F(AreaTextDetectorTest, TextAtTheEdgeGetsABorderAround) {
  Image image = FlatPicture(700, 900, 0);
  const Box text = {0, 0, 200, 20};
  Fill(text, &image);
  const std::vector<Box> boxes = Detect(image);
  ASSERT_THAT(boxes, SizeIs(1));
  ExpectNear(boxes[0], text);
  const Box seen = WhiteBox(asked_[0]);
  EXPECT_GT(seen.x, 0);
  EXPECT_GT(seen.y, 0);
}

TEST_F(AreaTextDetectorTest, FlatPicturesAreNotAskedFor) {
  for (const uint8_t grey : std::vector<uint8_t>{0, 77, 255}) {
    EXPECT_THAT(Detect(FlatPicture(100, 100, grey)), SizeIs(0));
    EXPECT_THAT(Detect(FlatPicture(2000, 3000, grey)), SizeIs(0));
  }
  EXPECT_THAT(asked_, SizeIs(0));
}

TEST_F(AreaTextDetectorTest, NoPartOfALargePictureIsLeftOut) {
  for (const Box& text :
       {Box{0, 0, 9, 9}, Box{2391, 0, 9, 9}, Box{0, 1791, 9, 9},
        Box{2391, 1791, 9, 9}, Box{1020, 1020, 9, 9}, Box{830, 900, 9, 9},
        Box{1700, 1000, 9, 9}}) {
    Image image = FlatPicture(1800, 2400, 0);
    Fill(text, &image);
    const std::vector<Box> boxes = Detect(image);
    ASSERT_THAT(boxes, SizeIs(1));
    ExpectNear(boxes[0], text);
  }
}

TEST_F(AreaTextDetectorTest, NoTileIsTooLargeForTheNetwork) {
  Detect(NoisePicture(1800, 5000, /*seed=*/1));
  Detect(NoisePicture(10, 5000, /*seed=*/1));
  for (const Image& asked : asked_) {
    EXPECT_LE(asked.rows, kMaxDetectorSide);
    EXPECT_LE(asked.columns, kMaxDetectorSide);
  }
}

TEST_F(AreaTextDetectorTest, ALineAcrossTilesIsOneLine) {
  for (const Box& text : {Box{100, 900, 2200, 20}, Box{900, 100, 20, 1600}}) {
    Image image = FlatPicture(1800, 2400, 0);
    Fill(text, &image);
    const std::vector<Box> boxes = Detect(image);
    ASSERT_THAT(boxes, SizeIs(1));
    ExpectNear(boxes[0], text);
  }
}

TEST_F(AreaTextDetectorTest, SoIsOneAcrossTilesOfADoubledPicture) {
  needs_ = {.doubled_side = 4000, .turned = false};
  for (const int columns : {1000, 1200, 1500}) {
    Image image = FlatPicture(700, columns, 0);
    const Box text = {100, 300, columns - 200, 10};
    Fill(text, &image);
    const std::vector<Box> boxes = Detect(image);
    ASSERT_THAT(boxes, SizeIs(1)) << columns;
    ExpectNear(boxes[0], text);
  }
}

TEST(AreaTextDetector, LettersTooHighForATileAreSeenOnTheWhole) {
  // Sees only boxes lower than 100 pixels, as a network has its scale.
  const auto low_only = [](const Image& image) {
    const Box box = WhiteBox(image);
    std::vector<TextLine> lines;
    if (box.Area() > 0 && box.height < 100) lines.push_back(LineAt(box));
    return lines;
  };
  const std::unique_ptr<AreaTextDetector> detector =
      MakeAreaTextDetector(std::make_unique<FakeDetector>(low_only));
  Image image = FlatPicture(3600, 4800, 0);
  const Box text = {600, 900, 3000, 220};
  Fill(text, &image);
  const auto lines = detector->Detect(image, {WholeOf(image)});
  ASSERT_TRUE(lines.ok());
  ASSERT_THAT(*lines, SizeIs(1));
  EXPECT_GT(OverlapOfSmaller(BoundingBox((*lines)[0], 3600, 4800), text), 0.9);
}

TEST(AreaTextDetector, HighLettersAreSeenOnAReducedPictureWhereWanted) {
  const auto low_only = [](const Image& image) {
    const Box box = WhiteBox(image);
    std::vector<TextLine> lines;
    if (box.Area() > 0 && box.height < 50) lines.push_back(LineAt(box));
    return lines;
  };
  Image image = FlatPicture(600, 800, 0);
  const Box text = {60, 90, 600, 120};
  Fill(text, &image);
  for (const double reduced : {0.0, 1.0 / 3}) {
    const auto lines =
        MakeAreaTextDetector(std::make_unique<FakeDetector>(low_only),
                             {.reduced = reduced})
            ->Detect(image, {WholeOf(image)});
    ASSERT_TRUE(lines.ok());
    ASSERT_THAT(*lines, SizeIs(reduced > 0 ? 1 : 0));
    if (reduced > 0) {
      EXPECT_GT(OverlapOfSmaller(BoundingBox((*lines)[0], 600, 800), text),
                0.9);
    }
  }
}

TEST(AreaTextDetector, PicturesAreDoubledAndTurnedOnlyWhereNeeded) {
  std::vector<Image> asked;
  const auto keep = [&](const Image& image) {
    asked.push_back(image);
    const Box box = WhiteBox(image);
    return std::vector<TextLine>{LineAt(box)};
  };
  Image image = FlatPicture(300, 200, 0);
  Fill({90, 40, 12, 200}, &image);
  const auto detector =
      MakeAreaTextDetector(std::make_unique<FakeDetector>(keep),
                           {.doubled_side = 0, .turned = false});
  ASSERT_TRUE(detector->Detect(image, {WholeOf(image)}).ok());
  ASSERT_THAT(asked, SizeIs(1));
  EXPECT_LT(asked[0].rows, 2 * 300);
}

TEST_F(AreaTextDetectorTest, AreasAreLookedAtTogetherOnASmallPicture) {
  Image image = FlatPicture(700, 900, 0);
  const Box first = {30, 40, 60, 10};
  const Box second = {700, 600, 80, 12};
  Fill(first, &image);
  Fill(second, &image);
  const std::vector<Box> areas = {{10, 20, 120, 50}, {680, 580, 130, 60}};
  ASSERT_THAT(Detect(image, {areas[0]}), SizeIs(1));
  ExpectNear(Detect(image, {areas[0]})[0], first);
  ExpectNear(Detect(image, {areas[1]})[0], second);
  asked_.clear();
  // The fake network makes one line of all that is white; it comes back as
  // one for each area.
  const std::vector<Box> boxes = Detect(image, areas);
  ASSERT_GE(asked_.size(), 1U);
  EXPECT_LT(asked_[0].rows * asked_[0].columns, 700 * 900 / 10);
  for (const Box& text : {first, second}) {
    EXPECT_TRUE(std::any_of(boxes.begin(), boxes.end(), [&](const Box& box) {
      return Intersect(box, text) == text;
    }));
  }
}

TEST_F(AreaTextDetectorTest, AreasThatAreMostOfThePictureAreThePicture) {
  Image image = FlatPicture(700, 900, 0);
  const Box text = {300, 690, 200, 10};
  Fill(text, &image);
  // It stands beyond the area.
  ASSERT_THAT(Detect(image, {{0, 0, 900, 650}}), SizeIs(1));
}

TEST_F(AreaTextDetectorTest, ALineThatRunsDownMakesItLookAtThePictureTurned) {
  Image image = FlatPicture(500, 600, 0);
  const Box text = {300, 100, 20, 200};
  Fill(text, &image);
  const std::vector<Box> boxes = Detect(image);
  ASSERT_THAT(boxes, SizeIs(1));
  ExpectNear(boxes[0], text);
  ASSERT_THAT(asked_, SizeIs(2));
  EXPECT_EQ(asked_[0].rows, asked_[1].columns);
}

TEST_F(AreaTextDetectorTest, ALineAcrossIsLookedAtOnce) {
  Image image = FlatPicture(500, 600, 0);
  Fill({100, 100, 200, 20}, &image);
  Detect(image);
  EXPECT_THAT(asked_, SizeIs(1));
}

TEST_F(AreaTextDetectorTest, WithoutAreasThereIsNothingToLookAt) {
  Image image = FlatPicture(700, 900, 0);
  Fill({300, 500, 200, 20}, &image);
  EXPECT_THAT(Detect(image, {}), SizeIs(0));
  EXPECT_THAT(asked_, SizeIs(0));
}

TEST_F(AreaTextDetectorTest, ASinglePixelIsAPictureToo) {
  EXPECT_THAT(Detect(FlatPicture(1, 1, 9)), SizeIs(0));
}

TEST(AreaTextDetector, AFailureOfOneTileFailsThePicture) {
  const std::unique_ptr<AreaTextDetector> detector =
      MakeAreaTextDetector(std::make_unique<FakeDetector>(
          [n = 0](
              const Image&) mutable -> absl::StatusOr<std::vector<TextLine>> {
            if (++n == 3) return Error(Reason::kEngineFailed, "It failed.");
            return std::vector<TextLine>();
          }));
  const Image image = NoisePicture(1800, 2400, /*seed=*/1);
  EXPECT_THAT(detector->Detect(image, {WholeOf(image)}),
              FailsWith(Reason::kEngineFailed));
}

}  // namespace
}  // namespace burntin
