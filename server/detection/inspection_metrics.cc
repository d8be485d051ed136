#include "server/detection/inspection_metrics.h"

#include <algorithm>

#include "detector/base/error.h"
#include "detector/base/names.h"

namespace burntin {
namespace {

constexpr char kOtherReason[] = "OTHER";
constexpr char kOtherSyntax[] = "other";

constexpr Verdict kVerdicts[] = {Verdict::kClear, Verdict::kReview,
                                 Verdict::kIdentifying,
                                 Verdict::kIndeterminate};

// What comes of pixels that could not be had from the object's bytes.
bool IsDecodeFailure(const VerdictReason& reason) {
  switch (reason.code) {
    case Reason::kUnsupportedTransferSyntax:
    case Reason::kUnsupportedPixelLayout:
    case Reason::kPixelDataTruncated:
    case Reason::kFrameDecodeFailed:
    case Reason::kSuspiciousPixels:
    case Reason::kDecoderCrashed:
    case Reason::kDecoderTimedOut:
      return true;
    default:
      return false;
  }
}

MetricName IndeterminateName() {
  return {"burntin_objects_indeterminate_total",
          "Objects that were not inspected in full and show nothing "
          "identifying, by the weightiest reason."};
}

MetricName DecodeFailuresName() {
  return {"burntin_decode_failures_total",
          "Objects with pixels that could not be decoded, by DCMTK's name of "
          "the transfer syntax."};
}

// From a millisecond for a small object to ten minutes for a cine.
std::vector<double> StageBuckets() {
  return {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
          0.5,   1,     2.5,  5,     10,   60,  600};
}

}  // namespace

InspectionMetrics::InspectionMetrics(
    const std::map<std::string, std::string>& transfer_syntaxes,
    MetricRegistry* registry) {
  for (const Verdict verdict : kVerdicts) {
    verdicts_.at(static_cast<size_t>(verdict)) = registry->AddCounter(
        {"burntin_objects_inspected_total", "Objects that got a report."},
        {{"verdict", std::string(VerdictName(verdict))}});
  }
  // The reasons why an object is not fully inspected are the first ones.
  for (const Reason reason : AllReasons()) {
    if (reason > Reason::kInternalFailure) break;
    indeterminate_[reason] = registry->AddCounter(
        IndeterminateName(), {{"reason", std::string(ReasonName(reason))}});
  }
  other_indeterminate_ =
      registry->AddCounter(IndeterminateName(), {{"reason", kOtherReason}});
  for (const auto& [uid, name] : transfer_syntaxes) {
    decode_failures_[uid] =
        registry->AddCounter(DecodeFailuresName(), {{"transfer_syntax", name}});
  }
  other_decode_failures_ = registry->AddCounter(
      DecodeFailuresName(), {{"transfer_syntax", kOtherSyntax}});
  frames_ = registry->AddCounter(
      {"burntin_frames_inspected_total",
       "Frames, and pages of documents, that were inspected."});
  pixels_ = registry->AddCounter(
      {"burntin_pixels_inspected_total",
       "Pixels of the frames and other planes that were inspected."});
  AddTimes(registry);
  stream_objects_ = registry->AddGauge(
      {"burntin_stream_objects",
       "Objects of InspectStream calls that wait or are inspected now."});
  stream_capacity_ = registry->AddGauge(
      {"burntin_stream_objects_capacity",
       "Objects that the InspectStream calls of now may hold."});
}

void InspectionMetrics::AddTimes(MetricRegistry* registry) {
  seconds_ =
      registry->AddHistogram({"burntin_inspection_duration_seconds",
                              "The detector's time for an object, from its "
                              "file to its verdict, wall time."},
                             {}, SecondsBuckets());
  const auto add = [&](const char* stage, double Timings::*milliseconds) {
    stages_.push_back(
        {milliseconds,
         registry->AddHistogram({"burntin_inspection_stage_seconds",
                                 "Processor time of one object's inspection, "
                                 "summed over threads."},
                                {{"stage", stage}}, StageBuckets())});
  };
  add("decode", &Timings::decode_ms);
  add("candidates", &Timings::candidates_ms);
  add("detect", &Timings::detect_ms);
  add("recognize", &Timings::recognize_ms);
  add("match", &Timings::match_ms);
}

void InspectionMetrics::Count(const InstanceReport& report) const {
  verdicts_.at(static_cast<size_t>(report.verdict))->Increment();
  if (report.verdict == Verdict::kIndeterminate) CountIndeterminate(report);
  if (std::any_of(report.reasons.begin(), report.reasons.end(),
                  IsDecodeFailure)) {
    const auto found = decode_failures_.find(report.header.transfer_syntax_uid);
    (found == decode_failures_.end() ? other_decode_failures_ : found->second)
        ->Increment();
  }
  if (report.from_cache) return;  // what follows was counted before
  frames_->Add(report.frames_inspected);
  pixels_->Add(static_cast<double>(report.pixels_inspected));
  CountTimings(report.timings);
}

void InspectionMetrics::CountIndeterminate(const InstanceReport& report) const {
  const auto found = report.reasons.empty()
                         ? indeterminate_.end()
                         : indeterminate_.find(report.reasons.front().code);
  (found == indeterminate_.end() ? other_indeterminate_ : found->second)
      ->Increment();
}

// What did not run has no time.
void InspectionMetrics::CountTimings(const Timings& timings) const {
  if (timings.total_ms > 0) seconds_->Observe(timings.total_ms / 1000);
  for (const Stage& stage : stages_) {
    const double milliseconds = timings.*stage.milliseconds;
    if (milliseconds > 0) stage.seconds->Observe(milliseconds / 1000);
  }
}

}  // namespace burntin
