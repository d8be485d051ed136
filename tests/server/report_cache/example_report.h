// A report with a value in each of its fields.
#ifndef BURNTIN_TESTS_SERVER_REPORT_CACHE_EXAMPLE_REPORT_H_
#define BURNTIN_TESTS_SERVER_REPORT_CACHE_EXAMPLE_REPORT_H_

#include <string>

#include "detector/report.h"
#include "wire/report_proto.h"

namespace burntin {

inline Finding ExampleFinding() {
  Finding finding;
  finding.source = Source::kOverlayPlane;
  finding.source_index = 0x6002;
  finding.frame_ranges = {{0, 1}, {3, 3}};
  finding.box = {.x = 5, .y = 6, .width = 70, .height = 8};
  finding.orientation = 90;
  finding.match.category = Category::kPersonName;
  finding.match.score = 0.1 + 0.2;  // no short decimal number
  finding.match.matched_attribute = "PatientName";
  finding.match.reading = {
      .text = PhiText("DOE JANE"), .confidence = 1.0 / 3, .recognizer = 2};
  finding.match.signs = {{.kind = SignKind::kHeader,
                          .category = Category::kPersonName,
                          .score = 0.75,
                          .attribute = "PatientName",
                          .slips = 0.5}};
  finding.risk = 0.875;
  return finding;
}

inline InstanceReport ExampleReport() {
  InstanceReport report;
  report.header.transfer_syntax_uid = "1.2.840.10008.1.2.1";
  report.header.sop_class_uid = "1.2.840.10008.5.1.4.1.1.4";
  report.header.sop_instance_uid = "1.2.3.4";
  report.header.study_instance_uid = "1.2.3";
  report.header.series_instance_uid = "1.2.3.1";
  report.header.modality = "MR";
  report.header.manufacturer = "ACME";
  report.header.manufacturer_model_name = "One\xff";  // no UTF-8
  report.header.software_versions = "5.1\\R2";
  report.header.station_name = "STATION";
  report.header.burned_in_annotation = "NO";
  report.header.image_type = "DERIVED\\SECONDARY";
  report.header.conversion_type = "WSD";
  report.header.capture_device = "Maker";
  report.header.identifiers = {{"PatientName", PhiText("DOE^JANE")}};
  report.verdict = Verdict::kIdentifying;
  report.risk = 0.9;
  report.frames_total = 4;
  report.frames_inspected = 4;
  report.pixels_inspected = 4 * 512 * 512;
  report.inspected_in_full = true;
  report.findings = {ExampleFinding()};
  report.findings_truncated = true;
  report.reasons = {{Reason::kHeaderMatch, "Text matches PatientName."}};
  report.repeatable = true;
  report.timings = {.total_ms = 250, .decode_ms = 10};
  return report;
}

// All that a report says but for times and where it came from, as bytes.
inline std::string BytesOf(InstanceReport report, bool include_text) {
  report.timings = {};
  report.from_cache = false;
  std::string bytes =
      ToProto(report, /*versions=*/{}, "", include_text).SerializeAsString();
  for (const std::string& value :
       {report.header.software_versions, report.header.station_name,
        report.header.burned_in_annotation, report.header.image_type,
        report.header.conversion_type, report.header.capture_device,
        report.header.manufacturer_model_name,
        std::to_string(report.pixels_inspected)}) {
    bytes += value + "\n";
  }
  for (const Finding& finding : report.findings) {
    for (const Sign& sign : finding.match.signs) {
      bytes += sign.attribute + std::to_string(static_cast<int>(sign.kind)) +
               std::to_string(static_cast<int>(sign.category)) +
               std::to_string(sign.score) + std::to_string(sign.slips);
    }
    bytes += std::to_string(finding.match.reading.recognizer) +
             std::to_string(finding.match.score);
  }
  return bytes;
}

}  // namespace burntin

#endif  // BURNTIN_TESTS_SERVER_REPORT_CACHE_EXAMPLE_REPORT_H_
