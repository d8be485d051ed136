#include "server/report_cache/report_record.h"

#include <algorithm>
#include <utility>

#include "detector/base/error.h"
#include "server/digest/sha256.h"
#include "server/report_cache/cached_report.pb.h"

namespace burntin {
namespace {

using report_cache::CachedFinding;
using report_cache::CachedHeader;
using report_cache::CachedReport;

constexpr size_t kSealBytes = 64;

// Also holds for another key, so that no record answers for another object.
std::string SealOf(std::string_view key, std::string_view content) {
  std::string sealed(key);
  sealed += '\n';
  sealed += content;
  return TextSha256(sealed);
}

// Whether a report may answer for the object again, whoever made it.
bool IsComplete(const InstanceReport& report) {
  return report.repeatable && report.inspected_in_full &&
         report.verdict != Verdict::kIndeterminate && report.frames_total > 0 &&
         report.frames_inspected >= report.frames_total && report.risk >= 0 &&
         report.risk <= 1;
}

bool IsBenign(const Finding& finding) {
  return finding.match.category == Category::kBenign;
}

// All but the identifiers.
CachedHeader ToCached(const Header& header) {
  CachedHeader cached;
  cached.set_transfer_syntax_uid(header.transfer_syntax_uid);
  cached.set_sop_class_uid(header.sop_class_uid);
  cached.set_sop_instance_uid(header.sop_instance_uid);
  cached.set_study_instance_uid(header.study_instance_uid);
  cached.set_series_instance_uid(header.series_instance_uid);
  cached.set_modality(header.modality);
  cached.set_manufacturer(header.manufacturer);
  cached.set_manufacturer_model_name(header.manufacturer_model_name);
  cached.set_software_versions(header.software_versions);
  cached.set_station_name(header.station_name);
  cached.set_burned_in_annotation(header.burned_in_annotation);
  cached.set_image_type(header.image_type);
  cached.set_conversion_type(header.conversion_type);
  cached.set_capture_device(header.capture_device);
  return cached;
}

Header ToHeader(const CachedHeader& cached) {
  Header header;
  header.transfer_syntax_uid = cached.transfer_syntax_uid();
  header.sop_class_uid = cached.sop_class_uid();
  header.sop_instance_uid = cached.sop_instance_uid();
  header.study_instance_uid = cached.study_instance_uid();
  header.series_instance_uid = cached.series_instance_uid();
  header.modality = cached.modality();
  header.manufacturer = cached.manufacturer();
  header.manufacturer_model_name = cached.manufacturer_model_name();
  header.software_versions = cached.software_versions();
  header.station_name = cached.station_name();
  header.burned_in_annotation = cached.burned_in_annotation();
  header.image_type = cached.image_type();
  header.conversion_type = cached.conversion_type();
  header.capture_device = cached.capture_device();
  return header;
}

void FillMatch(const Match& match, bool with_texts, CachedFinding* cached) {
  cached->set_category(static_cast<int>(match.category));
  cached->set_score(match.score);
  cached->set_matched_attribute(match.matched_attribute);
  if (with_texts) cached->set_text(match.reading.text.Reveal());
  cached->set_confidence(match.reading.confidence);
  cached->set_recognizer(match.reading.recognizer);
  for (const Sign& sign : match.signs) {
    report_cache::CachedSign* added = cached->add_signs();
    added->set_kind(static_cast<int>(sign.kind));
    added->set_category(static_cast<int>(sign.category));
    added->set_score(sign.score);
    added->set_attribute(sign.attribute);
    added->set_slips(sign.slips);
  }
}

void FillFinding(const Finding& finding, bool with_texts,
                 CachedFinding* cached) {
  cached->set_source(static_cast<int>(finding.source));
  cached->set_source_index(finding.source_index);
  for (const FrameRange& range : finding.frame_ranges) {
    report_cache::CachedFrames* added = cached->add_frame_ranges();
    added->set_first(range.first);
    added->set_last(range.last);
  }
  cached->set_x(finding.box.x);
  cached->set_y(finding.box.y);
  cached->set_width(finding.box.width);
  cached->set_height(finding.box.height);
  cached->set_orientation(finding.orientation);
  cached->set_risk(finding.risk);
  FillMatch(finding.match, with_texts, cached);
}

CachedReport ToCached(const InstanceReport& report, bool with_texts) {
  CachedReport cached;
  *cached.mutable_header() = ToCached(report.header);
  cached.set_verdict(static_cast<int>(report.verdict));
  cached.set_risk(report.risk);
  cached.set_frames_total(report.frames_total);
  cached.set_frames_inspected(report.frames_inspected);
  cached.set_pixels_inspected(report.pixels_inspected);
  for (const Finding& finding : report.findings) {
    FillFinding(finding, with_texts, cached.add_findings());
  }
  cached.set_findings_truncated(report.findings_truncated);
  for (const VerdictReason& reason : report.reasons) {
    report_cache::CachedReason* added = cached.add_reasons();
    added->set_code(std::string(ReasonName(reason.code)));
    added->set_message(reason.message);
  }
  cached.set_has_texts(with_texts);
  return cached;
}

// The value of an enum whose values are 0 to `last`.
template <typename Enum>
std::optional<Enum> ToEnum(int number, Enum last) {
  if (number < 0 || number > static_cast<int>(last)) return std::nullopt;
  return static_cast<Enum>(number);
}

std::optional<Match> ToMatch(const CachedFinding& cached) {
  const auto category = ToEnum(cached.category(), Category::kUnreadable);
  if (!category) return std::nullopt;
  Match match;
  match.category = *category;
  match.score = cached.score();
  match.matched_attribute = cached.matched_attribute();
  match.reading.text = PhiText(cached.text());
  match.reading.confidence = cached.confidence();
  match.reading.recognizer = cached.recognizer();
  for (const report_cache::CachedSign& sign : cached.signs()) {
    const auto kind = ToEnum(sign.kind(), SignKind::kShape);
    const auto of_sign = ToEnum(sign.category(), Category::kUnreadable);
    if (!kind || !of_sign) return std::nullopt;
    match.signs.push_back({.kind = *kind,
                           .category = *of_sign,
                           .score = sign.score(),
                           .attribute = sign.attribute(),
                           .slips = sign.slips()});
  }
  return match;
}

std::optional<Finding> ToFinding(const CachedFinding& cached) {
  const auto source = ToEnum(cached.source(), Source::kGraphicAnnotation);
  std::optional<Match> match = ToMatch(cached);
  if (!source || !match) return std::nullopt;
  Finding finding;
  finding.source = *source;
  finding.source_index = cached.source_index();
  for (const report_cache::CachedFrames& range : cached.frame_ranges()) {
    finding.frame_ranges.push_back({range.first(), range.last()});
  }
  finding.box = {.x = cached.x(),
                 .y = cached.y(),
                 .width = cached.width(),
                 .height = cached.height()};
  finding.orientation = cached.orientation();
  finding.match = *std::move(match);
  finding.risk = cached.risk();
  return finding;
}

std::optional<InstanceReport> ToReport(const CachedReport& cached) {
  const auto verdict = ToEnum(cached.verdict(), Verdict::kIndeterminate);
  if (!verdict) return std::nullopt;
  InstanceReport report;
  report.header = ToHeader(cached.header());
  report.verdict = *verdict;
  report.risk = cached.risk();
  report.frames_total = cached.frames_total();
  report.frames_inspected = cached.frames_inspected();
  report.pixels_inspected = cached.pixels_inspected();
  report.inspected_in_full = true;
  for (const CachedFinding& one : cached.findings()) {
    std::optional<Finding> finding = ToFinding(one);
    if (!finding) return std::nullopt;
    report.findings.push_back(*std::move(finding));
  }
  report.findings_truncated = cached.findings_truncated();
  for (const report_cache::CachedReason& reason : cached.reasons()) {
    const std::optional<Reason> code = ReasonFromName(reason.code());
    if (!code) return std::nullopt;
    report.reasons.push_back({*code, reason.message()});
  }
  report.repeatable = true;
  report.from_cache = true;
  return report;
}

}  // namespace

std::optional<std::string> EncodeReport(std::string_view key,
                                        const InstanceReport& report,
                                        bool with_texts) {
  if (!IsComplete(report)) return std::nullopt;
  std::string content;
  if (!ToCached(report, with_texts).SerializeToString(&content)) {
    return std::nullopt;
  }
  return SealOf(key, content) + content;
}

std::optional<DecodedReport> DecodeReport(std::string_view key,
                                          std::string_view record) {
  if (record.size() < kSealBytes) return std::nullopt;
  const std::string_view content = record.substr(kSealBytes);
  if (record.substr(0, kSealBytes) != SealOf(key, content)) return std::nullopt;
  CachedReport cached;
  if (!cached.ParseFromArray(content.data(),
                             static_cast<int>(content.size()))) {
    return std::nullopt;
  }
  std::optional<InstanceReport> report = ToReport(cached);
  if (!report || !IsComplete(*report)) return std::nullopt;
  // What no detector says.
  if (report->verdict == Verdict::kClear &&
      !std::all_of(report->findings.begin(), report->findings.end(),
                   IsBenign)) {
    return std::nullopt;
  }
  return DecodedReport{*std::move(report), cached.has_texts()};
}

}  // namespace burntin
