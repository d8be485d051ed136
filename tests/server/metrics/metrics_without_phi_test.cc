// Nothing that may identify a person becomes a metric's name, label or help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/server/metrics/exposition.h"
#include "tests/server/server_fixture.h"

namespace burntin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;

constexpr char kUid[] = "1.2.826.0.1.3680043.9.9999";

// Every text of a report.
InstanceReport FullOfPhi() {
  InstanceReport report;
  report.verdict = Verdict::kIndeterminate;
  report.header.transfer_syntax_uid = "1.2.DOE";
  report.header.sop_class_uid = kUid;
  report.header.study_instance_uid = kUid;
  report.header.series_instance_uid = kUid;
  report.header.sop_instance_uid = kUid;
  report.header.modality = "DOE";
  report.header.manufacturer = "DOE and sons";
  report.header.manufacturer_model_name = "JANE";
  report.header.station_name = "JANE";
  report.header.identifiers = {{"PatientName", PhiText("DOE^JANE")}};
  report.reasons = {{Reason::kFrameDecodeFailed, "DOE JANE was not decoded."}};
  Finding finding;
  finding.match.reading.text = PhiText("DOE JANE 1970");
  report.findings = {finding};
  return report;
}

TEST(MetricsWithoutPhiTest, HoldNoNameNoPathNoUidNoText) {
  MetricRegistry registry;
  CallMetrics calls(&registry);
  const InspectionMetrics inspections({}, &registry);
  TestServer server({.include_text = true,
                     .call_metrics = &calls,
                     .inspection_metrics = &inspections});
  server.detector.answer = [](const auto&, const auto&) { return FullOfPhi(); };
  server.Open();
  const auto stub = server.Stub();
  grpc::ClientContext context;
  context.AddMetadata("traceparent", "00-DOE");
  context.AddMetadata("tracestate", "patient=DOE^JANE");
  context.AddMetadata("x-request-id", "DOE^JANE");
  v1::InstanceHeader header = HeaderFor("DOE", "DOE-JANE");
  header.set_path("/archive/DOE^JANE/1.dcm");
  EXPECT_TRUE(
      Send(stub.get(), {HeaderMessage(header), ChunkMessage("DOE")}, &context)
          .status.ok());
  server.host().Drain(std::chrono::minutes(1));
  const std::string text = registry.Text();
  // It has been counted, by all that there is to count.
  EXPECT_THAT(
      ValueOf(text, "burntin_decode_failures_total{transfer_syntax=\"other\"}"),
      Optional(1.0));
  EXPECT_THAT(
      ValueOf(text,
              "burntin_objects_indeterminate_total{reason=\"FRAME_DECODE_"
              "FAILED\"}"),
      Optional(1.0));
  EXPECT_THAT(text, Not(HasSubstr("DOE")));
  EXPECT_THAT(text, Not(HasSubstr("JANE")));
  EXPECT_THAT(text, Not(HasSubstr("archive")));
  EXPECT_THAT(text, Not(HasSubstr(kUid)));
}

}  // namespace
}  // namespace burntin
