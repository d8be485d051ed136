#include "server/detection/inspector.h"

#include <utility>

#include "detector/base/error.h"
#include "server/digest/sha256.h"
#include "wire/for_log.h"
#include "wire/report_proto.h"

namespace burntin {
namespace {

std::string ReasonCodes(const v1::InstanceReport& report) {
  std::string codes;
  for (const v1::Reason& reason : report.reasons()) {
    if (!codes.empty()) codes += ",";
    codes += reason.code();
  }
  return codes;
}

}  // namespace

void Inspector::UseDetector(Detector* detector, const std::string& version) {
  detector_ = detector;
  versions_ = ToProto(version, detector->models());
}

absl::Status Inspector::CheckOptions(const v1::InstanceHeader& header) const {
  if (include_text_ || !header.options().include_text()) {
    return absl::OkStatus();
  }
  return Error(Reason::kTextNotAllowed,
               "This server does not send recognised text. Leave "
               "`include_text` out, or set detector.include_text in its "
               "configuration.");
}

v1::InstanceReport Inspector::Inspect(
    const v1::InstanceHeader& header, const AnonymousFile& file,
    const std::function<bool()>& cancelled) const {
  log_->Write(LogLevel::kTrace, "inspection_started",
              {{"header", ForLog(header)}});
  InspectOptions options;
  options.cancelled = cancelled;
  options.texts = include_text_ && header.options().include_text();
  const InstanceReport report = detector_->Inspect(file.path(), options);
  if (!(cancelled && cancelled())) Count(report);
  v1::InstanceReport answer = Answer(header, report);
  if (reports_ != nullptr) Keep(file, report, answer, cancelled);
  return answer;
}

void Inspector::Keep(const AnonymousFile& file, const InstanceReport& report,
                     const v1::InstanceReport& answer,
                     const std::function<bool()>& cancelled) const {
  StoredReport stored;
  stored.sha256 = FileSha256(file.path());
  stored.facts.sop_instance_uid = report.header.sop_instance_uid;
  stored.facts.study_instance_uid = report.header.study_instance_uid;
  stored.facts.header = FactsOf(report.header);
  stored.facts.assessment = {report.verdict, report.risk, report.reasons,
                             report.inspected_in_full};
  stored.report = answer;
  if (evidence_ != nullptr) {
    stored.pictures = evidence_->Take(file.path(), answer, cancelled);
  }
  reports_->Put(std::move(stored));
}

v1::InstanceReport Inspector::TooLarge(const v1::InstanceHeader& header) const {
  // The detector's words, because the answer has to be the same without a
  // server.
  return NotKept(header, Error(Reason::kFileTooLarge,
                               "The file is larger than the limit. Raise the "
                               "limit, or look at it by hand."));
}

v1::InstanceReport Inspector::NotKept(const v1::InstanceHeader& header,
                                      const absl::Status& error) const {
  InstanceReport report;  // indeterminate, unless told otherwise
  report.reasons = {{ReasonOf(error).value_or(Reason::kInternalFailure),
                     std::string(error.message())}};
  Count(report);
  return Answer(header, report);
}

void Inspector::Count(const InstanceReport& report) const {
  if (metrics_ != nullptr) metrics_->Count(report);
}

v1::InstanceReport Inspector::Answer(const v1::InstanceHeader& header,
                                     const InstanceReport& report) const {
  v1::InstanceReport answer =
      ToProto(report, versions_, header.path(),
              include_text_ && header.options().include_text());
  log_->Write(LogLevel::kInfo, "object_inspected",
              {{"object_request_id", header.request_id()},
               {"file_size_bytes", header.file_size_bytes()},
               {"verdict", v1::Verdict_Name(answer.verdict())},
               {"risk", answer.risk()},
               {"frames_total", int64_t{answer.frames_total()}},
               {"frames_inspected", int64_t{answer.frames_inspected()}},
               {"regions", int64_t{answer.regions_size()}},
               {"reasons", ReasonCodes(answer)},
               {"from_cache", answer.from_cache()},
               {"duration_ms", answer.timings().total_ms()}});
  return answer;
}

}  // namespace burntin
