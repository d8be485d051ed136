// What a first glance makes of a network's map. The network itself is a fake
// here: each point of its map is as likely text as the brightest pixel of the
// input's cell is bright.
#include "detector/text/first_glance.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

using testing::Each;
using testing::IsEmpty;

constexpr float kBright = 4;  // the evidence of a white pixel

class FakeNetwork final : public NeuralNetwork {
 public:
  FakeNetwork(int64_t maps, float spoilt, std::vector<Tensor>* shown)
      : maps_(maps), spoilt_(spoilt), shown_(shown) {}

  absl::StatusOr<Tensor> Run(const Tensor& input) override {
    shown_->push_back(input);
    const int64_t rows = input.shape[2];
    const int64_t columns = input.shape[3];
    Tensor map = {.shape = {1, maps_, rows / 8, columns / 8}};
    map.values.resize(static_cast<size_t>(maps_ * rows * columns / 64));
    const float most = 1 / (1 + std::exp(-kBright));
    for (int64_t y = 0; y < rows; ++y) {
      for (int64_t x = 0; x < columns; ++x) {
        float& value =
            map.values[static_cast<size_t>(y / 8 * (columns / 8) + x / 8)];
        value = std::max(
            value,
            most * input.values[static_cast<size_t>(y * columns + x)] / 255);
      }
    }
    if (spoilt_ != 0) map.values.front() = spoilt_;
    return map;
  }

 private:
  int64_t maps_;
  float spoilt_;
  std::vector<Tensor>* shown_;
};

class FakeRuntime final : public NeuralRuntime {
 public:
  const NetworkFiles& files() const override { return files_; }
  absl::StatusOr<std::unique_ptr<NeuralNetwork>> Load(
      const std::string& path) override {
    loaded.push_back(path);
    return std::make_unique<FakeNetwork>(maps, spoilt, &shown);
  }

  int64_t maps = 1;
  float spoilt = 0;
  std::vector<Tensor> shown;
  std::vector<std::string> loaded;

 private:
  NetworkFiles files_;
};

absl::StatusOr<GlanceMap> Look(FakeRuntime& runtime, const Image& image,
                               const Box& area) {
  auto glance = MakeFirstGlance("glance.onnx", "grey.onnx", &runtime);
  EXPECT_THAT(glance, IsOk());
  return (*glance)->Look(image, area);
}

Box Whole(const Image& image) { return {0, 0, image.columns, image.rows}; }

Image WithSpot(int rows, int columns, int x, int y) {
  Image image = FlatPicture(rows, columns, 0);
  image.pixels[static_cast<size_t>(y) * columns + static_cast<size_t>(x)] = 255;
  return image;
}

TEST(FirstGlanceTest, WhatLooksLikeTextIsSeenInItsCell) {
  for (const int columns : {160, 600, 3100}) {  // doubled, as it is, in tiles
    SCOPED_TRACE(columns);
    FakeRuntime runtime;
    const int x = columns - 27;
    const Image image = WithSpot(120, columns, x, 45);
    const auto map = Look(runtime, image, Whole(image));
    ASSERT_THAT(map, IsOk());
    EXPECT_EQ(map->across, (columns + 7) / 8);
    EXPECT_EQ(map->down, 15);
    EXPECT_GT(map->At(x / 8, 45 / 8), 0);
    EXPECT_LT(map->At(x / 8 - 4, 45 / 8), 0);
    EXPECT_LT(map->At(x / 8, 45 / 8 + 4), 0);
  }
}

TEST(FirstGlanceTest, HighLettersAreSeenOnAReducedPicture) {
  FakeRuntime runtime;
  const Image image = FlatPicture(300, 600, 200);
  ASSERT_THAT(Look(runtime, image, Whole(image)), IsOk());
  ASSERT_EQ(runtime.shown.size(), 2U);
  EXPECT_GE(runtime.shown[0].shape[3], 600);
  EXPECT_LT(runtime.shown[1].shape[3], 300);
}

TEST(FirstGlanceTest, GreyIsOneChannelOfInputAndColourThree) {
  FakeRuntime runtime;
  Image image = FlatPicture(300, 160, 200);
  ASSERT_THAT(Look(runtime, image, Whole(image)), IsOk());
  EXPECT_EQ(runtime.shown[0].shape[1], 1);
  EXPECT_EQ(runtime.shown[0].values.size(),
            static_cast<size_t>(runtime.shown[0].shape[2] *
                                runtime.shown[0].shape[3]));
  runtime.shown.clear();
  image.channels = 3;
  image.pixels.resize(image.pixels.size() * 3, 100);
  ASSERT_THAT(Look(runtime, image, Whole(image)), IsOk());
  EXPECT_EQ(runtime.shown[0].shape[1], 3);
  EXPECT_THAT(runtime.loaded, testing::Contains("grey.onnx"));
}

// The input's memory is kept from picture to picture.
TEST(FirstGlanceTest, NothingOfThePictureBeforeIsShown) {
  const Image large = FlatPicture(300, 640, 255);
  const Image small = FlatPicture(297, 631, 90);
  FakeRuntime fresh;
  ASSERT_THAT(Look(fresh, small, Whole(small)), IsOk());
  FakeRuntime runtime;
  auto glance = MakeFirstGlance("glance.onnx", "grey.onnx", &runtime);
  ASSERT_THAT(glance, IsOk());
  for (const Image* image : {&large, &small, &large, &small}) {
    runtime.shown.clear();
    ASSERT_THAT((*glance)->Look(*image, Whole(*image)), IsOk());
  }
  ASSERT_EQ(runtime.shown.size(), fresh.shown.size());
  for (size_t i = 0; i < fresh.shown.size(); ++i) {
    EXPECT_EQ(runtime.shown[i].shape, fresh.shown[i].shape);
    EXPECT_EQ(runtime.shown[i].values, fresh.shown[i].values);
  }
}

TEST(FirstGlanceTest, NothingIsKnownOfWhatLiesBesideTheArea) {
  FakeRuntime runtime;
  const Image image = FlatPicture(200, 640, 255);
  const auto map = Look(runtime, image, {320, 0, 320, 200});
  ASSERT_THAT(map, IsOk());
  EXPECT_EQ(map->At(10, 10), kNoEvidence);
  EXPECT_GT(map->At(60, 10), 0);
}

TEST(FirstGlanceTest, WhereThereIsNothingToSeeNobodyLooks) {
  FakeRuntime runtime;
  const Image image = FlatPicture(200, 640, 255);
  const auto map = Look(runtime, image, {});
  ASSERT_THAT(map, IsOk());
  EXPECT_THAT(map->evidence, Each(kNoEvidence));
  EXPECT_THAT(runtime.shown, IsEmpty());
}

TEST(FirstGlanceTest, AMapOfAnotherShapeIsAFailure) {
  FakeRuntime runtime;
  runtime.maps = 9;
  const Image image = FlatPicture(200, 640, 0);
  EXPECT_THAT(Look(runtime, image, Whole(image)),
              FailsWith(Reason::kEngineFailed));
}

TEST(FirstGlanceTest, WhatIsNoNumberIsAFailure) {
  FakeRuntime runtime;
  runtime.spoilt = std::numeric_limits<float>::quiet_NaN();
  const Image image = FlatPicture(200, 640, 0);
  EXPECT_THAT(Look(runtime, image, Whole(image)),
              FailsWith(Reason::kEngineFailed));
}

}  // namespace
}  // namespace burntin
