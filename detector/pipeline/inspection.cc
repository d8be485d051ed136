#include "detector/pipeline/inspection.h"

#include <algorithm>
#include <string>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/mutex.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/pipeline/finding_merger.h"
#include "detector/pipeline/frame_inspector.h"
#include "detector/pipeline/lane_turns.h"
#include "detector/pipeline/series_memories.h"
#include "detector/policy/policy.h"
#include "detector/policy/risk.h"

namespace burntin {
namespace {

// A reading of this score needs no second opinion.
constexpr double kSettlingScore = 0.8;

// Stretches of a cine that are inspected side by side, the frames of each, and
// how many of them before other inspections have their turn.
constexpr int kLanes = 4;
constexpr int kStretch = 32;
constexpr int kTurn = 4;
// Frames that are inspected before, one after the other: what each lane would
// have to learn for itself.
constexpr int kCommonFrames = 10;

class Inspection {
 public:
  Inspection(DicomObject& object, const InspectionParts& parts,
             const InspectOptions& options)
      : object_(object),
        parts_(parts),
        options_(options),
        prepared_(parts.matcher->Prepare(object.header())),
        series_(SeriesOfPicture()),
        results_(object.planes().size()) {}

  InstanceReport Run(int findings_limit) {
    const std::vector<Cine> cines = FindCines();
    std::vector<int> apart;
    int next = 0;
    for (const Cine& cine : cines) {
      for (; next < cine.first; ++next) apart.push_back(next);
      next = cine.first + cine.frames;
    }
    for (; next < static_cast<int>(results_.size()); ++next) {
      apart.push_back(next);
    }
    parts_.runner->ForEach(
        static_cast<int>(apart.size()), [&](int index, int worker) {
          InspectPlane(apart[index], worker, /*lane=*/nullptr);
        });
    for (const Cine& cine : cines) InspectCine(cine);
    return MakeReport(findings_limit);
  }

 private:
  // Planes that are the frames of one place.
  struct Cine {
    int first = 0;
    int frames = 0;
  };

  // What the texts of the frame before mean.
  struct Meaning {
    std::vector<int> texts;  // their numbers
    std::vector<MatchedRegion> regions;
    bool is_identified = false;  // some text so far identifies a person
  };

  // Frames that are inspected one after the other.
  struct Lane {
    CineMemory memory;
    Meaning meaning;
  };

  // The key of the series that the object's only picture is compared with;
  // empty where it has several, or is looked at by itself.
  std::string SeriesOfPicture() const {
    if (parts_.series == nullptr || parts_.part_readers.empty()) return "";
    const std::vector<PlaneId>& planes = object_.planes();
    const auto pictures = std::count_if(
        planes.begin(), planes.end(),
        [](const PlaneId& plane) { return plane.source == Source::kFrame; });
    return pictures == 1 ? SeriesKey(object_.header()) : "";
  }

  std::vector<Cine> FindCines() const {
    std::vector<Cine> cines;
    if (parts_.part_readers.empty()) return cines;
    const std::vector<PlaneId>& planes = object_.planes();
    for (size_t i = 0; i < planes.size();) {
      size_t end = i + 1;
      while (end < planes.size() && planes[end].source == planes[i].source &&
             planes[end].source_index == planes[i].source_index) {
        ++end;
      }
      if (planes[i].source == Source::kFrame && end > i + 1) {
        cines.push_back({static_cast<int>(i), static_cast<int>(end - i)});
      }
      i = end;
    }
    return cines;
  }

  // The first frames, and then several lanes side by side, each with a stretch
  // of frames, a few at a time of whichever lane is behind and waits: so
  // workers share a cine, other inspections have their turn, memory is bounded
  // by the lanes, and what a frame is compared with does not depend on who was
  // faster.
  void InspectCine(const Cine& cine) {
    const int end = cine.first + cine.frames;
    const int common = std::min(cine.first + kCommonFrames, end);
    Lane start;
    for (int frame = cine.first; frame < common; ++frame) {
      parts_.runner->ForEach(
          1, [&](int, int worker) { InspectPlane(frame, worker, &start); });
    }
    std::vector<Lane> lanes(kLanes, start);
    for (int stretch = common; stretch < end; stretch += kLanes * kStretch) {
      LaneTurns turns(kLanes, kStretch / kTurn);
      parts_.runner->ForEach(kLanes * kStretch / kTurn, [&](int, int worker) {
        turns.DoOne([&](int lane, int turn) {
          const int from = stretch + lane * kStretch + turn * kTurn;
          for (int frame = from; frame < std::min(from + kTurn, end); ++frame) {
            InspectPlane(frame, worker, &lanes[lane]);
          }
        });
      });
    }
  }

  // `lane` is that of a cine's frame; null: looked at by itself.
  void InspectPlane(int index, int worker, Lane* lane) {
    PlaneResult& result = results_[static_cast<size_t>(index)];
    try {
      result.status = InspectPlaneOrFail(index, worker, lane, &result);
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

  absl::Status InspectPlaneOrFail(int index, int worker, Lane* lane,
                                  PlaneResult* result) {
    if (options_.cancelled && options_.cancelled()) {
      return Error(Reason::kCancelled,
                   "The inspection was cancelled. Send the object again.");
    }
    const PlaneId& plane = object_.planes()[static_cast<size_t>(index)];
    const auto at = static_cast<size_t>(worker);
    const Settles settles = WhatSettles();
    FrameTools tools = {.object = &object_,
                        .reader = parts_.readers[at],
                        .parts = parts_.part_readers.empty()
                                     ? nullptr
                                     : parts_.part_readers[at],
                        .settles = &settles,
                        .timings = &result->timings,
                        .pixels = &result->pixels};
    if (plane.source == Source::kFrame && !series_.empty()) {
      return CompareWithSeries(plane, std::move(tools), result);
    }
    if (lane == nullptr) {
      ASSIGN_OR_RETURN(const DecodedPlane decoded, DecodePlane(plane, tools));
      ASSIGN_OR_RETURN(const std::vector<TextRegion> regions,
                       LookAt(decoded, tools));
      MatchRegions(plane, regions, result);
      return absl::OkStatus();
    }
    tools.is_identified = [&](const std::vector<NumberedText>&) {
      return lane->meaning.is_identified;
    };
    ASSIGN_OR_RETURN(std::vector<NumberedText> texts,
                     lane->memory.Next(plane, tools));
    MatchTexts(plane, std::move(texts), &lane->meaning, result);
    return absl::OkStatus();
  }

  // What a text that stands means, the object's own header says. Readings are
  // for other headers as well, so that this one's cut none short.
  absl::Status CompareWithSeries(const PlaneId& plane, FrameTools tools,
                                 PlaneResult* result) {
    Meaning meaning;
    const Settles nothing_settles;
    tools.settles = &nothing_settles;
    tools.is_object = true;
    tools.is_identified = [&](const std::vector<NumberedText>& texts) {
      MatchTexts(plane, texts, &meaning, result);
      return meaning.is_identified;
    };
    std::vector<NumberedText> texts;
    {
      SeriesMemories::Loan loan = parts_.series->Borrow(series_);
      loan.memory().BeginPicture();
      ASSIGN_OR_RETURN(texts, loan.memory().Next(plane, tools));
    }
    MatchTexts(plane, std::move(texts), &meaning, result);
    return absl::OkStatus();
  }

  // What the same texts mean was said for the frame before.
  void MatchTexts(const PlaneId& plane, std::vector<NumberedText> texts,
                  Meaning* meaning, PlaneResult* result) {
    std::vector<int> numbers;
    for (const NumberedText& text : texts) numbers.push_back(text.number);
    if (numbers == meaning->texts) {
      result->regions = meaning->regions;
      return;
    }
    meaning->texts.clear();  // until what they mean is known
    result->regions.clear();
    MatchRegions(plane, RegionsOf(std::move(texts)), result);
    meaning->regions = result->regions;
    meaning->texts = std::move(numbers);
    for (const MatchedRegion& region : meaning->regions) {
      meaning->is_identified |= IsIdentifying(region.match);
    }
  }

  static std::vector<TextRegion> RegionsOf(std::vector<NumberedText> texts) {
    std::vector<TextRegion> regions;
    for (NumberedText& text : texts) regions.push_back(std::move(text.region));
    return regions;
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
    report.pixels_inspected = PixelsInspected();
    std::vector<Match> matches;
    for (const Finding& finding : report.findings) {
      matches.push_back(finding.match);
    }
    Assessment assessment = Assess(matches, report.header, coverage);
    report.verdict = assessment.verdict;
    report.risk = assessment.risk;
    report.reasons = std::move(assessment.reasons);
    report.inspected_in_full = assessment.inspected_in_full;
    report.repeatable =
        report.inspected_in_full && !HasDocument() && series_.empty();
    report.timings = SumTimings();
    const auto limit = static_cast<size_t>(findings_limit);
    if (report.findings.size() > limit) {
      report.findings.resize(limit);
      report.findings_truncated = true;
    }
    return report;
  }

  bool HasDocument() const {
    const std::vector<PlaneId>& planes = object_.planes();
    return std::any_of(planes.begin(), planes.end(), [](const PlaneId& plane) {
      return plane.source == Source::kDocument;
    });
  }

  int64_t PixelsInspected() const {
    int64_t pixels = 0;
    for (const PlaneResult& result : results_) {
      if (result.status.ok()) pixels += result.pixels;
    }
    return pixels;
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
  const std::string series_;  // see SeriesOfPicture
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
