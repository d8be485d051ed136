#include "detector/pipeline/inspection.h"

#include <algorithm>
#include <string>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/pipeline/finding_merger.h"
#include "detector/policy/policy.h"

namespace burntin {
namespace {

// A reading of this score needs no second opinion.
constexpr double kSettlingScore = 0.8;

class Inspection {
 public:
  Inspection(DicomObject& object, const InspectionParts& parts,
             const InspectOptions& options)
      : object_(object),
        parts_(parts),
        options_(options),
        prepared_(parts.matcher->Prepare(object.header())),
        results_(object.planes().size()) {}

  InstanceReport Run(int findings_limit) {
    const auto count = static_cast<int>(results_.size());
    parts_.runner->ForEach(
        count, [this](int index, int worker) { InspectPlane(index, worker); });
    return MakeReport(findings_limit);
  }

 private:
  void InspectPlane(int index, int worker) {
    PlaneResult& result = results_[static_cast<size_t>(index)];
    try {
      result.status = InspectPlaneOrFail(index, worker, &result);
    } catch (...) {
      result.status =
          Error(Reason::kInternalFailure,
                "A frame could not be inspected, perhaps for want of memory. "
                "Look at it by hand.");
    }
    if (options_.progress) ReportProgress();
  }

  void ReportProgress() {
    MutexLock lock(&progress_mutex_);
    ++done_;
    options_.progress(done_, static_cast<int>(results_.size()));
  }

  absl::Status InspectPlaneOrFail(int index, int worker, PlaneResult* result) {
    if (options_.cancelled && options_.cancelled()) {
      return Error(Reason::kCancelled,
                   "The inspection was cancelled. Send the object again.");
    }
    const PlaneId& plane = object_.planes()[static_cast<size_t>(index)];
    ASSIGN_OR_RETURN(const DecodedPlane decoded, Decode(plane, result));
    if (decoded.views.empty() && IsPicture(plane.source)) {
      return Error(Reason::kFrameDecodeFailed,
                   "A frame was decoded to no picture. Look at it by hand.");
    }
    std::vector<TextRegion> regions;
    if (!decoded.views.empty()) {
      TextTimings timings;
      PlaneReader* reader = parts_.readers[static_cast<size_t>(worker)];
      ASSIGN_OR_RETURN(regions,
                       reader->Find(decoded.views, WhatSettles(), &timings));
      result->timings.candidates_ms = timings.candidates_ms;
      result->timings.detect_ms = timings.detect_ms;
      result->timings.recognize_ms = timings.recognize_ms;
    }
    AddStated(decoded, &regions);
    MatchRegions(plane, regions, result);
    return absl::OkStatus();
  }

  // Whether a reading identifies a person so surely that another reader's
  // could add nothing.
  Settles WhatSettles() const {
    return [this](const Reading& reading) {
      const TextRegion region{.likelihood = 1, .readings = {reading}};
      const std::vector<Match> matches =
          parts_.matcher->MatchPrepared(std::span(&region, 1), prepared_);
      return matches.front().score >= kSettlingScore;
    };
  }

  absl::StatusOr<DecodedPlane> Decode(const PlaneId& plane,
                                      PlaneResult* result) {
    const CpuStopwatch watch(&result->timings.decode_ms);
    return object_.Decode(plane);
  }

  // Text that needs no reading.
  static void AddStated(const DecodedPlane& decoded,
                        std::vector<TextRegion>* regions) {
    for (const StatedText& stated : decoded.stated) {
      TextRegion region;
      region.box = stated.box;
      region.likelihood = 1;
      region.is_barcode = stated.is_barcode;
      region.readings.push_back({.text = stated.text, .confidence = 1});
      regions->push_back(std::move(region));
    }
  }

  void MatchRegions(const PlaneId& plane,
                    const std::vector<TextRegion>& regions,
                    PlaneResult* result) {
    const CpuStopwatch watch(&result->timings.match_ms);
    std::vector<Match> matches =
        parts_.matcher->MatchPrepared(regions, prepared_);
    for (size_t i = 0; i < regions.size(); ++i) {
      Box box = regions[i].box;
      box.x += plane.offset_x;
      box.y += plane.offset_y;
      result->regions.push_back({.box = box,
                                 .orientation = regions[i].orientation,
                                 .is_barcode = regions[i].is_barcode,
                                 .match = std::move(matches[i])});
    }
  }

  InstanceReport MakeReport(int findings_limit) const {
    InstanceReport report;
    report.header = object_.header();
    report.findings = MergeFindings(object_.planes(), results_);
    const Coverage coverage = MakeCoverage();
    report.frames_total = coverage.frames_total;
    report.frames_inspected = coverage.frames_inspected;
    std::vector<Match> matches;
    for (const Finding& finding : report.findings) {
      matches.push_back(finding.match);
    }
    Assessment assessment = Assess(matches, report.header, coverage);
    report.verdict = assessment.verdict;
    report.risk = assessment.risk;
    report.reasons = std::move(assessment.reasons);
    report.inspected_in_full = assessment.inspected_in_full;
    report.timings = SumTimings();
    const auto limit = static_cast<size_t>(findings_limit);
    if (report.findings.size() > limit) {
      report.findings.resize(limit);
      report.findings_truncated = true;
    }
    return report;
  }

  Coverage MakeCoverage() const {
    Coverage coverage{.frames_total = object_.frames_total()};
    for (const absl::Status& omission : object_.omissions()) {
      AddFailure(omission, &coverage.failures);
    }
    if (!prepared_.is_complete()) {
      AddFailure(Error(Reason::kFileMalformed,
                       "The header holds values that are too long or too many "
                       "to be looked for in the pixels. Look at it by hand."),
                 &coverage.failures);
    }
    for (size_t i = 0; i < results_.size(); ++i) {
      const absl::Status& status = results_[i].status;
      if (!status.ok()) {
        AddFailure(status, &coverage.failures);
      } else if (IsFrame(object_.planes()[i].source)) {
        ++coverage.frames_inspected;
      }
    }
    return coverage;
  }

  // One entry for each reason, with the sentence of the first.
  static void AddFailure(const absl::Status& status,
                         std::vector<VerdictReason>* failures) {
    const Reason reason = ReasonOf(status).value_or(Reason::kInternalFailure);
    for (const VerdictReason& known : *failures) {
      if (known.code == reason) return;
    }
    failures->push_back({reason, std::string(status.message())});
  }

  Timings SumTimings() const {
    Timings sum;
    for (const PlaneResult& result : results_) {
      sum.decode_ms += result.timings.decode_ms;
      sum.candidates_ms += result.timings.candidates_ms;
      sum.detect_ms += result.timings.detect_ms;
      sum.recognize_ms += result.timings.recognize_ms;
      sum.match_ms += result.timings.match_ms;
    }
    return sum;
  }

  DicomObject& object_;
  const InspectionParts& parts_;
  const InspectOptions& options_;
  const PreparedHeader prepared_;
  // Each task writes only its own slot, so the slots need no lock.
  std::vector<PlaneResult> results_;
  Mutex progress_mutex_;
  int done_ ABSL_GUARDED_BY(progress_mutex_) = 0;
};

}  // namespace

InstanceReport InspectObject(DicomObject& object, const InspectionParts& parts,
                             const InspectOptions& options,
                             int findings_limit) {
  return Inspection(object, parts, options).Run(findings_limit);
}

}  // namespace burntin
