// What the detector makes of a network's maps. The network itself is a fake
// here; engines_test.cc asks the real one.
#include <gmock/gmock.h>

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "detector/text/line_geometry.h"
#include "detector/text/text_detector.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int kMaps = 9;

// Answers with text in columns [first, last) of a row of the maps, in all four
// points of it; keeps what it was shown.
class FakeNetwork final : public NeuralNetwork {
 public:
  struct Answer {
    int row = 0;
    int first = 0;
    int last = 0;
    float probability = 0;
    int maps = kMaps;
  };

  FakeNetwork(const Answer& answer, Tensor* shown)
      : answer_(answer), shown_(shown) {}

  absl::StatusOr<Tensor> Run(const Tensor& input) override {
    *shown_ = input;
    const int64_t rows = input.shape[2] / 4;
    const int64_t columns = input.shape[3] / 4;
    Tensor maps = {.shape = {1, answer_.maps, rows, columns}};
    maps.values.resize(static_cast<size_t>(answer_.maps * rows * columns));
    for (int point = 0; point < 4; ++point) {
      for (int x = answer_.first; x < answer_.last; ++x) {
        maps.values[static_cast<size_t>((point * rows + answer_.row) * columns +
                                        x)] = answer_.probability;
      }
    }
    return maps;
  }

 private:
  Answer answer_;
  Tensor* shown_;
};

class FakeRuntime final : public NeuralRuntime {
 public:
  explicit FakeRuntime(const FakeNetwork::Answer& answer) : answer_(answer) {}

  const NetworkFiles& files() const override { return files_; }
  absl::StatusOr<std::unique_ptr<NeuralNetwork>> Load(
      const std::string& path) override {
    return std::make_unique<FakeNetwork>(
        answer_, path == "grey.onnx" ? &shown_grey : &shown);
  }

  Tensor shown;
  Tensor shown_grey;

 private:
  FakeNetwork::Answer answer_;
  NetworkFiles files_ = {.quick_maps = "maps.onnx"};
};

absl::StatusOr<std::vector<TextLine>> Detect(FakeRuntime& runtime,
                                             const Image& image) {
  auto detector = MakeMapsTextDetector("maps.onnx", "grey.onnx", &runtime,
                                       /*least_likelihood=*/0.5);
  EXPECT_THAT(detector, IsOk());
  return (*detector)->Detect(image);
}

TEST(MapsTextDetectorTest, AMarkedRowBecomesALineWithItsLettersWhole) {
  FakeRuntime runtime({.row = 10, .first = 5, .last = 20, .probability = 0.9F});
  const auto lines = Detect(runtime, FlatPicture(96, 128, 0));
  ASSERT_THAT(lines, IsOk());
  ASSERT_THAT(*lines, SizeIs(1));
  // The core covers [20, 80) x [40, 44) of the picture.
  const Box box = BoundingBox(lines->front(), 96, 128);
  EXPECT_NEAR(box.x, 18, 1);
  EXPECT_NEAR(box.x + box.width, 82, 1);
  EXPECT_NEAR(box.y, 38, 1);
  EXPECT_NEAR(box.y + box.height, 46, 1);
  EXPECT_NEAR(lines->front().likelihood, 0.9, 1e-3);
}

TEST(MapsTextDetectorTest, WhatIsLessLikelyThanAskedForIsNoLine) {
  FakeRuntime runtime({.row = 3, .first = 5, .last = 20, .probability = 0.4F});
  const auto lines = Detect(runtime, FlatPicture(64, 128, 0));
  ASSERT_THAT(lines, IsOk());
  EXPECT_THAT(*lines, IsEmpty());
}

TEST(MapsTextDetectorTest, APictureIsShownAsItIsWithBlackAround) {
  FakeRuntime runtime({});
  Image image{.rows = 5, .columns = 7, .channels = 3};
  for (uint8_t i = 0; i < 5 * 7; ++i) {
    const auto channel = static_cast<uint8_t>(3 * i);
    image.pixels.insert(image.pixels.end(),
                        {channel, static_cast<uint8_t>(channel + 1),
                         static_cast<uint8_t>(channel + 2)});
  }
  ASSERT_THAT(Detect(runtime, image), IsOk());
  const Tensor& shown = runtime.shown;
  ASSERT_THAT(shown.shape, ElementsAre(1, 3, 16, 16));
  for (int plane = 0; plane < 3; ++plane) {
    for (int y = 0; y < 16; ++y) {
      for (int x = 0; x < 16; ++x) {
        const float expected =
            x < 7 && y < 5 ? static_cast<float>(3 * (7 * y + x) + plane) : 0;
        EXPECT_EQ(shown.values[static_cast<size_t>((plane * 16 + y) * 16 + x)],
                  expected);
      }
    }
  }
}

TEST(MapsTextDetectorTest, AGreyPictureIsShownAsOneChannelToItsOwnNetwork) {
  FakeRuntime runtime({});
  ASSERT_THAT(Detect(runtime, FlatPicture(5, 7, 200)), IsOk());
  EXPECT_THAT(runtime.shown.shape, IsEmpty());
  const Tensor& shown = runtime.shown_grey;
  ASSERT_THAT(shown.shape, ElementsAre(1, 1, 16, 16));
  for (size_t i = 0; i < shown.values.size(); ++i) {
    EXPECT_EQ(shown.values[i], i % 16 < 7 && i / 16 < 5 ? 200 : 0);
  }
}

TEST(MapsTextDetectorTest, AnAnswerThatCannotBeIsAnError) {
  FakeRuntime other_shape({.maps = 4});
  EXPECT_THAT(Detect(other_shape, FlatPicture(64, 64, 0)),
              FailsWith(Reason::kEngineFailed));
  FakeRuntime no_number(
      {.row = 1,
       .first = 1,
       .last = 3,
       .probability = std::numeric_limits<float>::quiet_NaN()});
  EXPECT_THAT(Detect(no_number, FlatPicture(64, 64, 0)),
              FailsWith(Reason::kEngineFailed));
  FakeRuntime unused({});
  EXPECT_THAT(Detect(unused, FlatPicture(16, kMaxDetectorSide + 1, 0)),
              FailsWith(Reason::kEngineFailed));
}

}  // namespace
}  // namespace burntin
