#include "detector/detector.h"

#include <gmock/gmock.h>

#include "tests/testutil/shuffled_runner.h"
#include "tests/testutil/status_matchers.h"
#include "tests/testutil/temp_dir.h"

namespace burntin {
namespace {

TEST(DetectorTest, IsNotMadeWithoutModels) {
  const TempDir empty;
  ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
  EXPECT_THAT(Detector::Create({.model_directory = empty.path()}, &runner),
              FailsWith(Reason::kModelNotLoaded));
}

TEST(DetectorTest, IsNotMadeWithAMissingFolder) {
  const TempDir empty;
  ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
  EXPECT_THAT(
      Detector::Create({.model_directory = empty.File("none")}, &runner),
      FailsWith(Reason::kModelNotLoaded));
}

TEST(DetectorTest, IsNotMadeWithDamagedModels) {
  const TempDir folder;
  folder.Write("text_detector.onnx", "not a network");
  ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
  EXPECT_THAT(Detector::Create({.model_directory = folder.path()}, &runner),
              FailsWith(Reason::kModelNotLoaded));
}

TEST(DetectorTest, IsNotMadeWithoutTheRuntimeThatIsAskedFor) {
  const TempDir empty;
  ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
  const auto detector =
      Detector::Create({.model_directory = empty.path(),
                        .runtime = InferenceRuntime::kOnnxRuntime},
                       &runner);
  EXPECT_THAT(detector, FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(std::string(detector.status().message()),
              testing::HasSubstr("opencv"));
}

TEST(DetectorTest, IsNotMadeWithAnotherLibraryInTheRuntimesPlace) {
  const TempDir folder;
  folder.Write("libonnxruntime.so", "not a library");
  ShuffledRunner runner(/*seed=*/1, /*workers=*/1);
  const auto detector =
      Detector::Create({.model_directory = folder.path()}, &runner);
  EXPECT_THAT(detector, FailsWith(Reason::kModelNotLoaded));
  EXPECT_THAT(std::string(detector.status().message()),
              testing::HasSubstr("ONNX Runtime"));
}

TEST(DetectorTest, AFailedReportIsIndeterminateWithItsReason) {
  const InstanceReport report =
      FailedReport(Reason::kFileUnreadable, "A sentence.");
  EXPECT_EQ(report.verdict, Verdict::kIndeterminate);
  EXPECT_EQ(report.risk, 1);
  ASSERT_EQ(report.reasons.size(), 1U);
  EXPECT_EQ(report.reasons[0].code, Reason::kFileUnreadable);
}

}  // namespace
}  // namespace burntin
