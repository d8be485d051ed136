// What every runtime promises, and what the text engines get from each.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <thread>

#include "detector/text/text_detector.h"
#include "detector/text/text_recognizer.h"
#include "tests/detector/text/runtimes.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

struct NamedRuntime {
  std::string name;
  std::function<bool()> is_here;
  std::function<absl::StatusOr<std::shared_ptr<NeuralRuntime>>()> make;
};

// What the detector would make of bright text on black, without the picture.
Tensor MapInput(int rows, int columns) {
  Image image = FlatPicture(rows, columns, 20);
  DrawText("DOE JANE", 16, rows / 3, {.letter_rows = 16}, &image);
  Tensor input = {.shape = {1, 3, rows, columns}};
  for (int plane = 0; plane < 3; ++plane) {
    for (const uint8_t pixel : image.pixels) {
      input.values.push_back(static_cast<float>(pixel) - 115);
    }
  }
  return input;
}

class NeuralRuntimeTest : public testing::TestWithParam<NamedRuntime> {
 protected:
  void SetUp() override {
    if (!HasModels() || !GetParam().is_here()) {
      GTEST_SKIP() << "not here; run models/fetch";
    }
    auto runtime = GetParam().make();
    ASSERT_THAT(runtime, IsOk());
    runtime_ = *std::move(runtime);
  }

  std::unique_ptr<NeuralNetwork> Detector() {
    auto network = runtime_->Load(ModelFile(runtime_->files().detector));
    EXPECT_THAT(network, IsOk());
    return network.ok() ? *std::move(network) : nullptr;
  }

  std::shared_ptr<NeuralRuntime> runtime_;
};

// OpenCV 4.6 gives an empty map after a change of size, without an error, to
// a network whose batch normalisations were not folded away.
TEST_P(NeuralRuntimeTest, AMapIsTheSameAfterOtherSizes) {
  const std::unique_ptr<NeuralNetwork> network = Detector();
  const Tensor input = MapInput(160, 256);
  const absl::StatusOr<Tensor> first = network->Run(input);
  ASSERT_THAT(first, IsOk());
  EXPECT_GT(*std::max_element(first->values.begin(), first->values.end()), 0.9);
  for (const auto& [rows, columns] : std::vector<std::pair<int, int>>{
           {320, 320}, {96, 736}, {160, 256}, {736, 96}, {480, 640}}) {
    const absl::StatusOr<Tensor> other = network->Run(MapInput(rows, columns));
    ASSERT_THAT(other, IsOk());
    EXPECT_THAT(other->shape, testing::ElementsAre(rows, columns));
    EXPECT_GT(*std::max_element(other->values.begin(), other->values.end()),
              0.9);
    const absl::StatusOr<Tensor> again = network->Run(input);
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->values, first->values);
  }
}

TEST_P(NeuralRuntimeTest, NetworksOfOneFileServeThreadsAtTheSameTime) {
  const Tensor input = MapInput(160, 256);
  const absl::StatusOr<Tensor> expected = Detector()->Run(input);
  ASSERT_THAT(expected, IsOk());
  const std::unique_ptr<NeuralNetwork> one = Detector();
  const std::unique_ptr<NeuralNetwork> other = Detector();
  const auto work = [&](NeuralNetwork* network) {
    for (int i = 0; i < 5; ++i) {
      const absl::StatusOr<Tensor> map = network->Run(input);
      EXPECT_THAT(map, IsOk());
      EXPECT_EQ(map->values, expected->values);
    }
  };
  std::thread thread(work, one.get());
  work(other.get());
  thread.join();
}

TEST_P(NeuralRuntimeTest, ANetworkOutlivesItsRuntime) {
  const std::unique_ptr<NeuralNetwork> network = Detector();
  runtime_.reset();
  EXPECT_THAT(network->Run(MapInput(96, 96)), IsOk());
}

TEST_P(NeuralRuntimeTest, AnInputOfAnotherShapeIsAFailureNotACrash) {
  EXPECT_THAT(Detector()->Run({.shape = {1, 5, 32, 32},
                               .values = std::vector<float>(5 * 32 * 32)}),
              FailsWith(Reason::kEngineFailed));
}

TEST_P(NeuralRuntimeTest, APictureAboveTheLimitIsRefused) {
  auto detector = MakeDnnTextDetector(MODEL_DIRECTORY, runtime_.get());
  ASSERT_THAT(detector, IsOk());
  EXPECT_THAT((*detector)->Detect(FlatPicture(32, kMaxDetectorSide + 1, 0)),
              FailsWith(Reason::kEngineFailed));
  EXPECT_THAT((*detector)->Detect(FlatPicture(2048, 2048, 0)),
              FailsWith(Reason::kEngineFailed));
  EXPECT_THAT((*detector)->Detect(FlatPicture(32, kMaxDetectorSide, 0)),
              IsOk());
}

TEST_P(NeuralRuntimeTest, AMissingOrDamagedModelIsNotLoaded) {
  const TempDir folder;
  EXPECT_THAT(runtime_->Load(folder.File("none.onnx")),
              FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(runtime_->Load(folder.Write("junk.onnx", "not a network")),
              FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(MakeDnnTextDetector(folder.path(), runtime_.get()),
              FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(MakeDnnTextRecognizer(folder.path(), runtime_.get()),
              FailsWith(Reason::kModelNotLoaded));
}

INSTANTIATE_TEST_SUITE_P(
    All, NeuralRuntimeTest,
    testing::Values(NamedRuntime{
                        "OpenCv", [] { return true; },
                        []() -> absl::StatusOr<std::shared_ptr<NeuralRuntime>> {
                          return MakeOpenCvRuntime();
                        }},
                    NamedRuntime{"OnnxRuntime", HasOnnxRuntime, OnnxRuntime}),
    [](const auto& tested) { return tested.param.name; });

// OpenCV 4.6 crashes on this instead of failing.
TEST(OpenCvRuntimeTest, AnInputOf2048IsRefused) {
  if (!HasModels()) GTEST_SKIP() << "no models; run models/fetch";
  const auto network =
      MakeOpenCvRuntime()->Load(ModelFile("text_detector.onnx"));
  ASSERT_THAT(network, IsOk());
  Tensor input = {.shape = {1, 3, 2048, 2048}};
  input.values.resize(size_t{3} * 2048 * 2048);
  EXPECT_THAT((*network)->Run(input), FailsWith(Reason::kEngineFailed));
}

}  // namespace
}  // namespace burntin
