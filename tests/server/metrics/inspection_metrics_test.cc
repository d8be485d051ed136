#include "server/detection/inspection_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detector/base/error.h"
#include "tests/server/metrics/exposition.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

constexpr char kRle[] = "1.2.840.10008.1.2.5";

InstanceReport Report(Verdict verdict, const std::vector<Reason>& reasons) {
  InstanceReport report;
  report.verdict = verdict;
  for (const Reason reason : reasons) report.reasons.push_back({reason, ""});
  return report;
}

class InspectionMetricsTest : public testing::Test {
 protected:
  std::optional<double> Value(const std::string& metric) {
    return ValueOf(registry_.Text(), metric);
  }
  std::optional<double> Indeterminate(const std::string& reason) {
    return Value("burntin_objects_indeterminate_total{reason=\"" + reason +
                 "\"}");
  }
  std::optional<double> DecodeFailures(const std::string& syntax) {
    return Value("burntin_decode_failures_total{transfer_syntax=\"" + syntax +
                 "\"}");
  }

  MetricRegistry registry_;
  const InspectionMetrics metrics_{{{kRle, "RLELossless"}}, &registry_};
};

TEST_F(InspectionMetricsTest, EachVerdictIsCounted) {
  metrics_.Count(Report(Verdict::kClear, {}));
  metrics_.Count(Report(Verdict::kReview, {Reason::kUnprovenText}));
  metrics_.Count(Report(Verdict::kReview, {Reason::kUnreadableText}));
  const std::string name = "burntin_objects_inspected_total{verdict=";
  EXPECT_THAT(Value(name + "\"CLEAR\"}"), Optional(1.0));
  EXPECT_THAT(Value(name + "\"REVIEW\"}"), Optional(2.0));
  EXPECT_THAT(Value(name + "\"IDENTIFYING\"}"), Optional(0.0));
  EXPECT_THAT(Value(name + "\"INDETERMINATE\"}"), Optional(0.0));
}

TEST_F(InspectionMetricsTest, OfWhatIsIndeterminateTheWeightiestReasonCounts) {
  metrics_.Count(Report(Verdict::kIndeterminate,
                        {Reason::kFileTruncated, Reason::kNotDicom}));
  EXPECT_THAT(Indeterminate("FILE_TRUNCATED"), Optional(1.0));
  EXPECT_THAT(Indeterminate("NOT_DICOM"), Optional(0.0));
}

TEST_F(InspectionMetricsTest, AReasonThatIsNoneOfAnInspectionIsOther) {
  metrics_.Count(Report(Verdict::kIndeterminate, {}));
  metrics_.Count(Report(Verdict::kIndeterminate, {Reason::kUploadIncomplete}));
  EXPECT_THAT(Indeterminate("OTHER"), Optional(2.0));
}

TEST_F(InspectionMetricsTest, WhatIsIdentifyingIsNotIndeterminate) {
  metrics_.Count(Report(Verdict::kIdentifying,
                        {Reason::kHeaderMatch, Reason::kCancelled}));
  EXPECT_THAT(Indeterminate("CANCELLED"), Optional(0.0));
}

TEST_F(InspectionMetricsTest, EachReasonOfAnInspectionIsThereFromTheStart) {
  for (const Reason reason :
       {Reason::kNotDicom, Reason::kDecoderCrashed, Reason::kInternalFailure}) {
    EXPECT_THAT(Indeterminate(std::string(ReasonName(reason))), Optional(0.0));
  }
}

TEST_F(InspectionMetricsTest, AnObjectThatWasNotDecodedCountsForItsSyntax) {
  InstanceReport report =
      Report(Verdict::kIndeterminate,
             {Reason::kFrameDecodeFailed, Reason::kPixelDataTruncated});
  report.header.transfer_syntax_uid = kRle;
  metrics_.Count(report);
  EXPECT_THAT(DecodeFailures("RLELossless"), Optional(1.0));
  EXPECT_THAT(DecodeFailures("other"), Optional(0.0));
}

TEST_F(InspectionMetricsTest, AnUnknownSyntaxIsOtherAndNeverALabel) {
  InstanceReport report =
      Report(Verdict::kIndeterminate, {Reason::kUnsupportedTransferSyntax});
  report.header.transfer_syntax_uid = "1.2.3.DOE^JANE";
  metrics_.Count(report);
  EXPECT_THAT(DecodeFailures("other"), Optional(1.0));
  EXPECT_THAT(registry_.Text(), Not(HasSubstr("DOE")));
}

TEST_F(InspectionMetricsTest, WhatFailsForAnotherCauseIsNoDecodeFailure) {
  metrics_.Count(Report(Verdict::kIndeterminate, {Reason::kFileTooLarge}));
  EXPECT_THAT(DecodeFailures("other"), Optional(0.0));
}

TEST_F(InspectionMetricsTest, FramesPixelsAndTimesAddUp) {
  InstanceReport report = Report(Verdict::kClear, {});
  report.frames_inspected = 3;
  report.pixels_inspected = 3'000;
  report.timings = {.total_ms = 1'500, .decode_ms = 20, .match_ms = 3};
  metrics_.Count(report);
  metrics_.Count(report);
  EXPECT_THAT(Value("burntin_frames_inspected_total"), Optional(6.0));
  EXPECT_THAT(Value("burntin_pixels_inspected_total"), Optional(6'000.0));
  EXPECT_THAT(Value("burntin_inspection_duration_seconds_sum"), Optional(3.0));
  const std::string stage = "burntin_inspection_stage_seconds_";
  EXPECT_THAT(Value(stage + "sum{stage=\"decode\"}"), Optional(0.04));
  EXPECT_THAT(Value(stage + "count{stage=\"match\"}"), Optional(2.0));
  EXPECT_THAT(Value(stage + "count{stage=\"recognize\"}"), Optional(0.0));
}

TEST_F(InspectionMetricsTest, AReportFromTheCacheIsAnAnswerAndNoInspection) {
  InstanceReport report = Report(Verdict::kClear, {});
  report.frames_inspected = 3;
  report.pixels_inspected = 3'000;
  report.timings = {.total_ms = 1'500};
  report.from_cache = true;
  metrics_.Count(report);
  EXPECT_THAT(Value("burntin_objects_inspected_total{verdict=\"CLEAR\"}"),
              Optional(1.0));
  EXPECT_THAT(Value("burntin_frames_inspected_total"), Optional(0.0));
  EXPECT_THAT(Value("burntin_pixels_inspected_total"), Optional(0.0));
  EXPECT_THAT(Value("burntin_inspection_duration_seconds_count"),
              Optional(0.0));
}

}  // namespace
}  // namespace burntin
