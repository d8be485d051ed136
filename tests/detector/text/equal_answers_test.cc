// ONNX Runtime says what OpenCV says, for the same input. Skipped where
// models/fetch has not run, or got no library for this machine.
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "detector/text/text_detector.h"
#include "detector/text/text_recognizer.h"
#include "tests/detector/text/runtimes.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

// The measured differences are below a tenth of it; see the models' cards.
constexpr float kTolerance = 1e-3F;

float LargestDifference(const Tensor& a, const Tensor& b) {
  float largest = 0;
  for (size_t i = 0; i < a.values.size(); ++i) {
    largest = std::max(largest, std::abs(a.values[i] - b.values[i]));
  }
  return largest;
}

// `image`, grey, as [1, 3, rows, columns], each pixel times `scale` plus
// `shift`.
Tensor Planes(const Image& image, float scale, float shift) {
  Tensor input = {.shape = {1, 3, image.rows, image.columns}};
  for (int plane = 0; plane < 3; ++plane) {
    for (const uint8_t pixel : image.pixels) {
      input.values.push_back(static_cast<float>(pixel) * scale + shift);
    }
  }
  return input;
}

class EqualAnswersTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!HasModels() || !HasOnnxRuntime()) {
      GTEST_SKIP() << "only one runtime here; run models/fetch";
    }
    const auto onnx = OnnxRuntime();
    ASSERT_THAT(onnx, IsOk());
    onnx_ = *onnx;
  }

  // Runs both networks on the same input and compares what they say.
  void ExpectEqual(const std::string& opencv_file, const std::string& onnx_file,
                   const Tensor& input) {
    const auto opencv_network = opencv_->Load(ModelFile(opencv_file));
    const auto onnx_network = onnx_->Load(ModelFile(onnx_file));
    ASSERT_THAT(opencv_network, IsOk());
    ASSERT_THAT(onnx_network, IsOk());
    const absl::StatusOr<Tensor> expected = (*opencv_network)->Run(input);
    const absl::StatusOr<Tensor> actual = (*onnx_network)->Run(input);
    ASSERT_THAT(expected, IsOk());
    ASSERT_THAT(actual, IsOk());
    ASSERT_EQ(actual->shape, expected->shape);
    const float difference = LargestDifference(*actual, *expected);
    EXPECT_LT(difference, kTolerance);
    RecordProperty("largest_difference", std::to_string(difference));
    // Two maps of nothing would be equal for the wrong reason.
    EXPECT_GT(
        *std::max_element(expected->values.begin(), expected->values.end()),
        0.9F);
  }

  std::shared_ptr<NeuralRuntime> opencv_ = MakeOpenCvRuntime();
  std::shared_ptr<NeuralRuntime> onnx_;
};

struct MapCase {
  int rows;
  int columns;
  int letter_rows;
  uint8_t background;
  uint8_t ink;
};

// A picture full of lines over noise of half the contrast.
Image Busy(const MapCase& wanted) {
  Image image = FlatPicture(wanted.rows, wanted.columns, wanted.background);
  const Image noise = NoisePicture(wanted.rows, wanted.columns, /*seed=*/5);
  for (size_t i = 0; i < image.pixels.size(); ++i) {
    const int pixel = image.pixels[i] + (noise.pixels[i] - 128) / 8;
    image.pixels[i] = static_cast<uint8_t>(std::clamp(pixel, 0, 255));
  }
  for (int y = 8; y + 2 * wanted.letter_rows < wanted.rows;
       y += 3 * wanted.letter_rows) {
    DrawText("DOE^JANE 1961-02-03 F", 12, y,
             {.letter_rows = wanted.letter_rows, .grey = wanted.ink}, &image);
  }
  return image;
}

TEST_F(EqualAnswersTest, MapsAgreeAtEverySize) {
  for (const MapCase& tested : std::vector<MapCase>{{320, 320, 10, 0, 255},
                                                    {480, 640, 18, 255, 0},
                                                    {736, 416, 12, 60, 120},
                                                    {96, 736, 24, 20, 240},
                                                    {1024, 768, 40, 0, 200}}) {
    SCOPED_TRACE(tested.rows);
    ExpectEqual("text_detector.onnx", "text_detector_ort.onnx",
                Planes(Busy(tested), 1, -115));
  }
}

TEST_F(EqualAnswersTest, TextMapsAgreeAtEverySize) {
  for (const MapCase& tested : std::vector<MapCase>{{320, 320, 10, 0, 255},
                                                    {480, 640, 18, 255, 0},
                                                    {64, 736, 16, 0, 255},
                                                    {1024, 768, 40, 0, 200}}) {
    SCOPED_TRACE(tested.rows);
    ExpectEqual(opencv_->files().first_glance, onnx_->files().first_glance,
                Planes(Busy(tested), 1, 0));
    Tensor grey = Planes(Busy(tested), 1, 0);
    grey.shape[1] = 1;
    grey.values.resize(grey.values.size() / 3);
    ExpectEqual(opencv_->files().grey_first_glance,
                onnx_->files().grey_first_glance, grey);
    ExpectEqual(opencv_->files().quick_maps, onnx_->files().quick_maps,
                Planes(Busy(tested), 1, 0));
    ExpectEqual(opencv_->files().grey_quick_maps,
                onnx_->files().grey_quick_maps, grey);
    ExpectEqual(opencv_->files().grey_careful_maps,
                onnx_->files().grey_careful_maps, grey);
    ExpectEqual(opencv_->files().careful_maps, onnx_->files().careful_maps,
                Planes(Busy(tested), 1, 0));
  }
}

TEST_F(EqualAnswersTest, StepsAgreeAtEveryWidth) {
  for (const RecognizerFile& file : opencv_->files().recognizer.networks) {
    SCOPED_TRACE(file.name);
    Image line = FlatPicture(48, file.width, 30);
    DrawText("DOE JANE 1961-02-03 4711 ABC", 4, 12, {.letter_rows = 24}, &line);
    ExpectEqual(file.name, "text_recognizer_ort.onnx",
                Planes(line, 1 / 127.5F, -1));
  }
}

TEST_F(EqualAnswersTest, OwnStepsAgreeAtEveryWidth) {
  for (const int width : {32, 160, 640}) {
    SCOPED_TRACE(width);
    Image line = FlatPicture(32, width, 30);
    DrawText("DOE JANE 1961-02-03 4711 ABC", 4, 8, {.letter_rows = 16}, &line);
    const std::string file = OwnRecognizer().networks.front().name;
    ExpectEqual(file, file, Planes(line, 1, 0));
  }
}

TEST_F(EqualAnswersTest, LinesAreFoundInTheSamePlaces) {
  auto opencv = MakeDnnTextDetector(MODEL_DIRECTORY, opencv_.get());
  auto onnx = MakeDnnTextDetector(MODEL_DIRECTORY, onnx_.get());
  ASSERT_THAT(opencv, IsOk());
  ASSERT_THAT(onnx, IsOk());
  const Image image = Busy({500, 610, 14, 10, 230});
  const auto expected = (*opencv)->Detect(image);
  const auto actual = (*onnx)->Detect(image);
  ASSERT_THAT(expected, IsOk());
  ASSERT_THAT(actual, IsOk());
  EXPECT_GT(expected->size(), 5U);
  ASSERT_EQ(actual->size(), expected->size());
  for (size_t i = 0; i < expected->size(); ++i) {
    for (size_t corner = 0; corner < 4; ++corner) {
      EXPECT_NEAR((*actual)[i].corners[corner].x,
                  (*expected)[i].corners[corner].x, 0.5);
      EXPECT_NEAR((*actual)[i].corners[corner].y,
                  (*expected)[i].corners[corner].y, 0.5);
    }
    EXPECT_NEAR((*actual)[i].likelihood, (*expected)[i].likelihood, 1e-3);
  }
}

// The engines choose widths of their own here, so that spaces may differ.
TEST_F(EqualAnswersTest, LinesReadTheSame) {
  auto opencv = MakeDnnTextRecognizer(MODEL_DIRECTORY, opencv_.get());
  auto onnx = MakeDnnTextRecognizer(MODEL_DIRECTORY, onnx_.get());
  ASSERT_THAT(opencv, IsOk());
  ASSERT_THAT(onnx, IsOk());
  for (const char* text :
       {"F", "12:45", "1961-02-03", "DOE JANE", "ID 4711-08-15",
        "ST ELSEWHERE HOSPITAL", "JANE MARY DOE 1961-02-03 4711"}) {
    Image line = FlatPicture(
        32, 24 + 17 * static_cast<int>(std::string(text).size()), 10);
    DrawText(text, 8, 8, {.letter_rows = 16}, &line);
    const absl::StatusOr<Reading> expected = (*opencv)->Recognize(line);
    const absl::StatusOr<Reading> actual = (*onnx)->Recognize(line);
    ASSERT_THAT(expected, IsOk());
    ASSERT_THAT(actual, IsOk());
    const auto without_spaces = [](std::string characters) {
      std::erase(characters, ' ');
      return characters;
    };
    EXPECT_EQ(without_spaces(actual->text.Reveal()),
              without_spaces(expected->text.Reveal()))
        << text;
    EXPECT_NEAR(actual->confidence, expected->confidence, 0.1) << text;
  }
}

}  // namespace
}  // namespace burntin
