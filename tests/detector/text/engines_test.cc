// The real engines on rendered text. Skipped where models/fetch has not run.
#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "detector/text/line_geometry.h"
#include "detector/text/text_finder.h"
#include "tests/detector/text/runtimes.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"
#include "tests/testutil/text_picture.h"

namespace burntin {
namespace {

constexpr char kName[] = "DOE^JANE 1961-02-03";

// Capital letters and digits only, as the readers differ about the rest.
std::string Essence(const std::string& text) {
  std::string essence;
  for (const char c : text) {
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) essence += c;
  }
  return essence;
}

class EnginesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!HasModels()) return;
    TextModels models = {.model_directory = MODEL_DIRECTORY,
                         .languages = "eng"};
    if (HasOnnxRuntime()) {
      auto runtime = OnnxRuntime();
      ASSERT_THAT(runtime, IsOk());
      models.runtime = *std::move(runtime);
    }
    absl::StatusOr<TextEngines> engines = MakeTextEngines(models);
    ASSERT_THAT(engines, IsOk());
    finder_ = std::make_unique<TextFinder>(*std::move(engines));
  }
  static void TearDownTestSuite() { finder_.reset(); }

  void SetUp() override {
    if (finder_ == nullptr) GTEST_SKIP() << "no models; run models/fetch";
  }

  static std::vector<TextRegion> Find(const Image& image) {
    TextTimings timings;
    const auto regions = finder_->Find({image}, Settles(), &timings);
    EXPECT_THAT(regions, IsOk());
    return regions.ok() ? *regions : std::vector<TextRegion>();
  }

  // All that was read, in order of the regions' places.
  static std::string ReadAll(const Image& image) {
    std::vector<TextRegion> regions = Find(image);
    std::sort(regions.begin(), regions.end(),
              [](const TextRegion& a, const TextRegion& b) {
                return a.box.x + a.box.y < b.box.x + b.box.y;
              });
    std::string all;
    for (const TextRegion& region : regions) {
      all += Essence(region.readings.front().text.Reveal());
    }
    return all;
  }

  static std::unique_ptr<TextFinder> finder_;
};

std::unique_ptr<TextFinder> EnginesTest::finder_;

struct RenderCase {
  std::string name;
  int rows;
  int columns;
  int x;
  int y;
  int letter_rows;
  uint8_t background;
  uint8_t ink;
  int turn;  // degrees clockwise
};

class RenderedTextTest : public EnginesTest,
                         public testing::WithParamInterface<RenderCase> {};

TEST_P(RenderedTextTest, IsFoundAndRead) {
  const RenderCase& tested = GetParam();
  Image image = FlatPicture(tested.rows, tested.columns, tested.background);
  DrawText(kName, tested.x, tested.y,
           {.letter_rows = tested.letter_rows, .grey = tested.ink}, &image);
  const std::string read = ReadAll(Turn(image, tested.turn));
  EXPECT_THAT(read, testing::HasSubstr("JANE"));
  EXPECT_THAT(read, testing::HasSubstr("1961"));
}

INSTANTIATE_TEST_SUITE_P(
    All, RenderedTextTest,
    testing::Values(
        RenderCase{"Small", 256, 320, 20, 60, 10, 0, 255, 0},
        RenderCase{"Middling", 512, 640, 40, 200, 18, 0, 255, 0},
        RenderCase{"Large", 800, 1200, 60, 300, 40, 0, 255, 0},
        RenderCase{"BlackOnWhite", 512, 640, 40, 200, 18, 255, 0, 0},
        RenderCase{"GreyOnGrey", 512, 640, 40, 200, 18, 60, 160, 0},
        RenderCase{"TurnedClockwise", 512, 640, 40, 200, 18, 0, 255, 90},
        RenderCase{"TurnedCounterclockwise", 512, 640, 40, 200, 18, 0, 255,
                   270},
        RenderCase{"UpsideDown", 512, 640, 40, 200, 18, 0, 255, 180},
        RenderCase{"AtTheTopEdge", 512, 640, 40, 0, 18, 0, 255, 0},
        RenderCase{"AtTheBottomEdge", 512, 640, 40, 492, 18, 0, 255, 0},
        RenderCase{"AcrossTiles", 1700, 2000, 700, 900, 30, 0, 255, 0}),
    [](const auto& tested) { return tested.param.name; });

TEST_F(EnginesTest, BlankPicturesHoldNoText) {
  for (const uint8_t grey : std::vector<uint8_t>{0, 128, 255}) {
    EXPECT_THAT(Find(FlatPicture(300, 400, grey)), testing::IsEmpty());
  }
}

TEST_F(EnginesTest, NoiseHoldsNoText) {
  EXPECT_THAT(Find(NoisePicture(300, 400, /*seed=*/1)), testing::IsEmpty());
  EXPECT_THAT(Find(NoisePicture(600, 500, /*seed=*/2)), testing::IsEmpty());
}

TEST_F(EnginesTest, OnePictureDoesNotChangeWhatIsReadInTheNext) {
  Image image = FlatPicture(256, 320, 0);
  DrawText(kName, 20, 60, {.letter_rows = 12}, &image);
  const std::string first = ReadAll(image);
  for (const int side : {32, 700, 1, 333, 1601}) {
    Find(NoisePicture(side, side / 2 + 1, /*seed=*/3));
    EXPECT_EQ(ReadAll(image), first);
  }
}

TEST(TextEnginesTest, AMissingLanguageIsAModelNotLoaded) {
  EXPECT_THAT(MakeTesseractRecognizer("", "none"),
              FailsWith(Reason::kModelNotLoaded));
}

TEST(TextEnginesTest, AMissingTesseractFolderIsAModelNotLoaded) {
  EXPECT_THAT(MakeTesseractRecognizer(TempDir().File("none"), "eng"),
              FailsWith(Reason::kModelNotLoaded));
}

TEST(TextEnginesTest, MissingFilesAreAModelNotLoaded) {
  const TempDir empty;
  EXPECT_THAT(
      MakeTextEngines({.model_directory = empty.path(), .languages = "eng"}),
      FailsWith(Reason::kModelNotLoaded));
}

class NetworkChoiceTest : public testing::TestWithParam<NetworkChoice> {};

TEST_P(NetworkChoiceTest, FindsAndReads) {
  if (!HasModels()) GTEST_SKIP() << "no models; run models/fetch";
  absl::StatusOr<TextEngines> engines =
      MakeTextEngines({.model_directory = MODEL_DIRECTORY,
                       .languages = "eng",
                       .networks = GetParam()});
  ASSERT_THAT(engines, IsOk());
  TextFinder finder(*std::move(engines));
  Image image = FlatPicture(256, 512, 0);
  DrawText(kName, 40, 100, {.letter_rows = 18}, &image);
  TextTimings timings;
  const auto regions = finder.Find({image}, Settles(), &timings);
  ASSERT_THAT(regions, IsOk());
  std::string all;
  for (const TextRegion& region : *regions) {
    EXPECT_GE(region.readings.size(), 2U);
    all += Essence(region.readings.front().text.Reveal());
  }
  EXPECT_THAT(all, testing::HasSubstr("JANE"));
}

INSTANTIATE_TEST_SUITE_P(All, NetworkChoiceTest,
                         testing::Values(NetworkChoice::kAll,
                                         NetworkChoice::kOwn,
                                         NetworkChoice::kPpOcr));

}  // namespace
}  // namespace burntin
