#include "wire/report_proto.h"

#include <algorithm>
#include <string>
#include <utility>

#include "wire/utf8.h"

namespace burntin {
namespace {

v1::Source ToProto(Source source) {
  switch (source) {
    case Source::kFrame:
      return v1::SOURCE_FRAME;
    case Source::kOverlayPlane:
      return v1::SOURCE_OVERLAY_PLANE;
    case Source::kHighBitOverlay:
      return v1::SOURCE_HIGH_BIT_OVERLAY;
    case Source::kIcon:
      return v1::SOURCE_ICON;
    case Source::kBarcode:
      return v1::SOURCE_BARCODE;
    case Source::kDocument:
      return v1::SOURCE_DOCUMENT;
    case Source::kSlideLabel:
      return v1::SOURCE_SLIDE_LABEL;
    case Source::kSlideOverview:
      return v1::SOURCE_SLIDE_OVERVIEW;
    case Source::kGraphicAnnotation:
      return v1::SOURCE_GRAPHIC_ANNOTATION;
  }
  return v1::SOURCE_UNSPECIFIED;
}

v1::Category ToProto(Category category) {
  switch (category) {
    case Category::kPersonName:
      return v1::CATEGORY_PERSON_NAME;
    case Category::kIdentifier:
      return v1::CATEGORY_IDENTIFIER;
    case Category::kDate:
      return v1::CATEGORY_DATE;
    case Category::kInstitution:
      return v1::CATEGORY_INSTITUTION;
    case Category::kContact:
      return v1::CATEGORY_CONTACT;
    case Category::kOther:
      return v1::CATEGORY_OTHER;
    case Category::kBenign:
      return v1::CATEGORY_BENIGN;
    case Category::kUnreadable:
      return v1::CATEGORY_UNREADABLE;
  }
  return v1::CATEGORY_OTHER;
}

void SetBox(const Box& box, v1::Box* message) {
  message->set_x(box.x);
  message->set_y(box.y);
  message->set_width(box.width);
  message->set_height(box.height);
}

void SetRegion(const Finding& finding, bool include_text, v1::Region* message) {
  message->set_source(ToProto(finding.source));
  message->set_source_index(finding.source_index);
  for (const FrameRange& range : finding.frame_ranges) {
    v1::FrameRange* added = message->add_frame_ranges();
    added->set_first(range.first);
    added->set_last(range.last);
  }
  if (finding.box.Area() > 0) SetBox(finding.box, message->mutable_box());
  message->set_orientation(finding.orientation);
  const Match& match = finding.match;
  if (include_text) {
    message->set_text(
        CutUtf8(ValidUtf8(match.reading.text.Reveal()), kMaxRegionTextBytes));
  }
  message->set_confidence(match.reading.confidence);
  message->set_category(ToProto(match.category));
  message->set_score(finding.risk);
  message->set_matched_attribute(ValidUtf8(match.matched_attribute));
}

void SetRegions(const InstanceReport& report, bool include_text,
                v1::InstanceReport* message) {
  std::vector<const Finding*> findings;
  findings.reserve(report.findings.size());
  for (const Finding& finding : report.findings) findings.push_back(&finding);
  std::stable_sort(
      findings.begin(), findings.end(),
      [](const Finding* a, const Finding* b) { return a->risk > b->risk; });
  const bool too_many = findings.size() > kMaxRegions;
  if (too_many) findings.resize(kMaxRegions);
  for (const Finding* finding : findings) {
    SetRegion(*finding, include_text, message->add_regions());
  }
  message->set_regions_truncated(report.findings_truncated || too_many);
}

void SetHeader(const Header& header, v1::InstanceReport* message) {
  message->set_study_instance_uid(ValidUtf8(header.study_instance_uid));
  message->set_series_instance_uid(ValidUtf8(header.series_instance_uid));
  message->set_sop_instance_uid(ValidUtf8(header.sop_instance_uid));
  message->set_sop_class_uid(ValidUtf8(header.sop_class_uid));
  message->set_modality(ValidUtf8(header.modality));
  message->set_manufacturer(ValidUtf8(header.manufacturer));
  message->set_manufacturer_model_name(
      ValidUtf8(header.manufacturer_model_name));
  message->set_transfer_syntax_uid(ValidUtf8(header.transfer_syntax_uid));
}

void SetTimings(const Timings& timings, v1::Timings* message) {
  message->set_total_ms(timings.total_ms);
  message->set_decode_ms(timings.decode_ms);
  message->set_candidates_ms(timings.candidates_ms);
  message->set_detect_ms(timings.detect_ms);
  message->set_recognize_ms(timings.recognize_ms);
  message->set_match_ms(timings.match_ms);
}

}  // namespace

v1::Verdict ToProto(Verdict verdict) {
  switch (verdict) {
    case Verdict::kClear:
      return v1::VERDICT_CLEAR;
    case Verdict::kReview:
      return v1::VERDICT_REVIEW;
    case Verdict::kIdentifying:
      return v1::VERDICT_IDENTIFYING;
    case Verdict::kIndeterminate:
      return v1::VERDICT_INDETERMINATE;
  }
  return v1::VERDICT_INDETERMINATE;
}

Verdict FromProto(v1::Verdict verdict) {
  switch (verdict) {
    case v1::VERDICT_CLEAR:
      return Verdict::kClear;
    case v1::VERDICT_REVIEW:
      return Verdict::kReview;
    case v1::VERDICT_IDENTIFYING:
      return Verdict::kIdentifying;
    default:
      return Verdict::kIndeterminate;
  }
}

v1::ComponentVersions ToProto(std::string_view detector_version,
                              std::vector<ModelVersion> models) {
  std::sort(models.begin(), models.end(),
            [](const ModelVersion& a, const ModelVersion& b) {
              return a.name < b.name;
            });
  v1::ComponentVersions message;
  message.set_detector(std::string(detector_version));
  for (const ModelVersion& model : models) {
    v1::ModelVersion* added = message.add_models();
    added->set_name(model.name);
    added->set_sha256(model.sha256);
  }
  return message;
}

v1::InstanceReport ToProto(const InstanceReport& report,
                           const v1::ComponentVersions& versions,
                           std::string_view path, bool include_text) {
  v1::InstanceReport message;
  message.set_path(ValidUtf8(path));
  SetHeader(report.header, &message);
  message.set_verdict(ToProto(report.verdict));
  message.set_risk(std::clamp(report.risk, 0.0, 1.0));
  message.set_frames_total(report.frames_total);
  message.set_frames_inspected(report.frames_inspected);
  message.set_inspected_in_full(report.inspected_in_full);
  message.set_from_cache(report.from_cache);
  SetRegions(report, include_text, &message);
  for (const VerdictReason& reason : report.reasons) {
    v1::Reason* added = message.add_reasons();
    added->set_code(std::string(ReasonName(reason.code)));
    added->set_message(reason.message);
  }
  SetTimings(report.timings, message.mutable_timings());
  *message.mutable_versions() = versions;
  return message;
}

}  // namespace burntin
