#include "wire/report_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace burntin {
namespace {

Finding NameFinding(double score) {
  Finding finding;
  finding.frame_ranges = {{0, 3}, {7, 7}};
  finding.box = {10, 20, 30, 40};
  finding.orientation = 270;
  finding.match = {.category = Category::kPersonName,
                   .score = 0.9,
                   .matched_attribute = "PatientName",
                   .reading = {PhiText("DOE JANE"), 0.75}};
  finding.risk = score;
  return finding;
}

InstanceReport ReportWith(std::vector<Finding> findings) {
  InstanceReport report;
  report.verdict = Verdict::kIdentifying;
  report.risk = 0.875;
  report.findings = std::move(findings);
  return report;
}

v1::InstanceReport Convert(const InstanceReport& report, bool include_text) {
  return ToProto(report, v1::ComponentVersions(), "a.dcm", include_text);
}

TEST(ReportProtoTest, CarriesEveryFieldOfAFinding) {
  const v1::InstanceReport message =
      Convert(ReportWith({NameFinding(0.5)}), /*include_text=*/true);
  ASSERT_EQ(message.regions_size(), 1);
  const v1::Region& region = message.regions(0);
  EXPECT_EQ(region.source(), v1::SOURCE_FRAME);
  ASSERT_EQ(region.frame_ranges_size(), 2);
  EXPECT_EQ(region.frame_ranges(0).last(), 3);
  EXPECT_EQ(region.frame_ranges(1).first(), 7);
  EXPECT_EQ(region.box().x(), 10);
  EXPECT_EQ(region.box().y(), 20);
  EXPECT_EQ(region.box().width(), 30);
  EXPECT_EQ(region.box().height(), 40);
  EXPECT_EQ(region.orientation(), 270);
  EXPECT_EQ(region.text().size(), 8);
  EXPECT_EQ(region.confidence(), 0.75);
  EXPECT_EQ(region.category(), v1::CATEGORY_PERSON_NAME);
  EXPECT_EQ(region.score(), 0.5);
  EXPECT_EQ(region.matched_attribute(), "PatientName");
}

TEST(ReportProtoTest, LeavesTheTextOutUnlessAskedFor) {
  EXPECT_TRUE(Convert(ReportWith({NameFinding(1)}), /*include_text=*/false)
                  .regions(0)
                  .text()
                  .empty());
}

TEST(ReportProtoTest, CutsLongText) {
  Finding finding = NameFinding(1);
  finding.match.reading.text = PhiText(std::string(5'000, 'A'));
  EXPECT_EQ(Convert(ReportWith({finding}), /*include_text=*/true)
                .regions(0)
                .text()
                .size(),
            kMaxRegionTextBytes);
}

TEST(ReportProtoTest, ListsTheHighestScoresFirst) {
  const v1::InstanceReport message =
      Convert(ReportWith({NameFinding(0.25), NameFinding(1), NameFinding(0.5)}),
              /*include_text=*/false);
  EXPECT_EQ(message.regions(0).score(), 1);
  EXPECT_EQ(message.regions(1).score(), 0.5);
  EXPECT_EQ(message.regions(2).score(), 0.25);
  EXPECT_FALSE(message.regions_truncated());
}

TEST(ReportProtoTest, FlagsWhatItLeavesOut) {
  std::vector<Finding> findings(kMaxRegions, NameFinding(0.25));
  findings.push_back(NameFinding(1));
  const v1::InstanceReport message =
      Convert(ReportWith(findings), /*include_text=*/false);
  EXPECT_EQ(message.regions_size(), kMaxRegions);
  EXPECT_EQ(message.regions(0).score(), 1);
  EXPECT_TRUE(message.regions_truncated());
}

TEST(ReportProtoTest, CarriesReasonsAndCounts) {
  InstanceReport report;
  report.frames_total = 5;
  report.frames_inspected = 4;
  report.reasons = {{Reason::kFrameDecodeFailed, "Frame 5 is damaged."}};
  const v1::InstanceReport message = Convert(report, /*include_text=*/false);
  EXPECT_EQ(message.verdict(), v1::VERDICT_INDETERMINATE);
  EXPECT_EQ(message.risk(), 1);
  EXPECT_EQ(message.frames_total(), 5);
  EXPECT_EQ(message.frames_inspected(), 4);
  ASSERT_EQ(message.reasons_size(), 1);
  EXPECT_EQ(message.reasons(0).code(), "FRAME_DECODE_FAILED");
  EXPECT_EQ(message.reasons(0).message(), "Frame 5 is damaged.");
}

TEST(ReportProtoTest, CarriesWhetherAllWasInspected) {
  InstanceReport report;
  EXPECT_FALSE(Convert(report, /*include_text=*/false).inspected_in_full());
  report.inspected_in_full = true;
  EXPECT_TRUE(Convert(report, /*include_text=*/false).inspected_in_full());
}

TEST(ReportProtoTest, WhetherAReportWasMadeBeforeIsToldAsItIs) {
  InstanceReport report;
  EXPECT_FALSE(Convert(report, /*include_text=*/false).from_cache());
  report.from_cache = true;
  EXPECT_TRUE(Convert(report, /*include_text=*/false).from_cache());
}

TEST(ReportProtoTest, StringsFromTheObjectAreMadeValidUtf8) {
  InstanceReport report;
  report.header.manufacturer = "M\xfcller";
  const v1::InstanceReport message =
      ToProto(report, v1::ComponentVersions(), "J\xf6rg.dcm",
              /*include_text=*/false);
  EXPECT_EQ(message.manufacturer(), "M\uFFFDller");
  EXPECT_EQ(message.path(), "J\uFFFDrg.dcm");
  v1::InstanceReport parsed;
  EXPECT_TRUE(parsed.ParseFromString(message.SerializeAsString()));
}

TEST(ReportProtoTest, ModelsAreInTheOrderOfTheirNames) {
  const v1::ComponentVersions versions =
      ToProto("1.2.3", {{"b", "22"}, {"a", "11"}});
  EXPECT_EQ(versions.detector(), "1.2.3");
  EXPECT_EQ(versions.models(0).name(), "a");
  EXPECT_EQ(versions.models(1).sha256(), "22");
}

TEST(ReportProtoTest, EveryVerdictSurvivesTheRoundTrip) {
  for (Verdict verdict : {Verdict::kClear, Verdict::kReview,
                          Verdict::kIdentifying, Verdict::kIndeterminate}) {
    EXPECT_EQ(FromProto(ToProto(verdict)), verdict);
  }
}

TEST(ReportProtoTest, AnUnknownVerdictReadsAsIndeterminate) {
  EXPECT_EQ(FromProto(v1::VERDICT_UNSPECIFIED), Verdict::kIndeterminate);
  EXPECT_EQ(FromProto(static_cast<v1::Verdict>(99)), Verdict::kIndeterminate);
}

}  // namespace
}  // namespace burntin
