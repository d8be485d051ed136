#include "detector/text/area_search.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "detector/base/boxes.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/text/line_geometry.h"
#include "detector/text/line_reader.h"
#include "detector/text/region_judge.h"
#include "detector/text/region_merging.h"
#include "detector/text/text_evidence.h"

namespace burntin {
namespace {

// What the first detector finds less likely is left to the second.
constexpr double kPlainLikelihood = 0.65;
// Of a line that nobody can read.
constexpr double kAsLikelyAsNot = 0.5;
// Least room around what the second looks at.
constexpr int kLeastRoom = 16;
// A reading below this may be of a box that does not fit its line.
constexpr double kWellRead = 0.7;
// A box is known where others cover more of it than this.
constexpr double kKnownShare = 0.7;
constexpr double kUnreadKnownShare = 0.5;

bool IsWellRead(const TextRegion& region) {
  return std::any_of(
      region.readings.begin(), region.readings.end(),
      [](const Reading& reading) { return reading.confidence >= kWellRead; });
}

// Whether one of `boxes` covers most of `box`.
bool IsWithinOne(const Box& box, const std::vector<Box>& boxes) {
  return std::any_of(boxes.begin(), boxes.end(), [&](const Box& other) {
    return static_cast<double>(Intersect(box, other).Area()) >=
           kKnownShare * static_cast<double>(box.Area());
  });
}

bool IsKnown(const Box& box, const std::vector<TextRegion>& regions,
             double share) {
  int64_t known = 0;
  for (const TextRegion& region : regions) {
    known += Intersect(box, region.box).Area();
  }
  return static_cast<double>(known) > share * static_cast<double>(box.Area());
}

class Search {
 public:
  Search(const ViewAreas& searched, const Settles& settles,
         TextEngines& engines, TextTimings& timings)
      : view_(searched.view),
        areas_(searched.areas),
        known_(searched.known),
        before_(searched.before),
        settles_(settles),
        engines_(engines),
        timings_(timings) {}

  absl::StatusOr<PartText> Run(AreaTextDetector& detector) {
    ASSIGN_OR_RETURN(const std::vector<TextLine> first,
                     Detect(detector, areas_));
    for (const TextLine& line : first) RETURN_IF_ERROR(AddFirst(line));
    ASSIGN_OR_RETURN(
        std::vector<TextLine> second,
        Detect(*engines_.second_detector,
               engines_.thorough ? areas_
                                 : JoinOverlapping(std::move(doubtful_))));
    for (TextLine& line : second) {
      line.likelihood = LikelihoodOf(BoxAround(line), first);
      RETURN_IF_ERROR(AddSecond(line));
    }
    RETURN_IF_ERROR(AddUnconfirmed(first, second));
    RETURN_IF_ERROR(JudgeAll());
    return PartText{Result(), std::move(likely_)};
  }

 private:
  absl::StatusOr<std::vector<TextLine>> Detect(AreaTextDetector& detector,
                                               const std::vector<Box>& areas) {
    if (areas.empty()) return std::vector<TextLine>();
    const CpuStopwatch watch(&timings_.detect_ms);
    return detector.Detect(view_, areas);
  }

  absl::Status AddFirst(const TextLine& line) {
    bool is_plain = false;
    if (line.likelihood >= kPlainLikelihood) {
      ASSIGN_OR_RETURN(is_plain, Read(line));
    }
    if (is_plain) return absl::OkStatus();
    const Box box = BoxWithRoom(line, kLeastRoom, view_.rows, view_.columns);
    if (box.Area() > 0) doubtful_.push_back(box);
    return absl::OkStatus();
  }

  // Reads what the first detector half believes in, unless what the second
  // found instead covers it: pieces of a line are no line.
  absl::Status AddUnconfirmed(const std::vector<TextLine>& first,
                              const std::vector<TextLine>& second) {
    for (const TextLine& line : first) {
      if (line.likelihood >= kPlainLikelihood) continue;
      const Box box = BoxAround(line);
      int64_t covered = 0;
      for (const TextLine& other : second) {
        covered += Intersect(box, BoxAround(other)).Area();
      }
      if (static_cast<double>(covered) <
          kKnownShare * static_cast<double>(box.Area())) {
        RETURN_IF_ERROR(Read(line).status());
      }
    }
    return absl::OkStatus();
  }

  // Keeps what is text by the judge. Of what nobody can read, pieces of what
  // was read well go unjudged.
  absl::Status JudgeAll() {
    RegionJudge judge(
        view_,
        {engines_.careful_detector.get(), engines_.general_detector.get()},
        settles_, &timings_.detect_ms);
    // Low lines first: what is no text itself explains no box around it.
    std::stable_sort(plain_.begin(), plain_.end(),
                     [](const TextRegion& one, const TextRegion& other) {
                       return std::min(one.box.width, one.box.height) <
                              std::min(other.box.width, other.box.height);
                     });
    std::vector<TextRegion> kept;
    RETURN_IF_ERROR(KeepIf(
        [&](const TextRegion& region) -> absl::StatusOr<bool> {
          ASSIGN_OR_RETURN(const bool is_text, judge.IsText(region, kept));
          if (is_text) kept.push_back(region);
          return is_text;
        },
        &plain_));
    RETURN_IF_ERROR(KeepIf(
        [&](const TextRegion& region) { return judge.IsText(region, plain_); },
        &poor_));
    return KeepIf(
        [&](const TextRegion& region) -> absl::StatusOr<bool> {
          if (IsKnown(region.box, plain_, kUnreadKnownShare)) return false;
          return judge.IsTextUnread(region, plain_);
        },
        &unread_);
  }

  template <typename IsKept>
  absl::Status KeepIf(const IsKept& is_kept, std::vector<TextRegion>* regions) {
    std::vector<TextRegion> kept;
    for (TextRegion& region : *regions) {
      ASSIGN_OR_RETURN(const bool keep, is_kept(region));
      if (keep) {
        kept.push_back(std::move(region));
      } else if (region.likelihood >= kAsLikelyAsNot) {
        likely_.push_back(region.box);
      }
    }
    *regions = std::move(kept);
    return absl::OkStatus();
  }

  std::vector<TextRegion> Result() {
    std::vector<TextRegion> regions = plain_;
    for (TextRegion& region : unread_) MergeRegion(std::move(region), &regions);
    for (TextRegion& region : poor_) MergeRegion(std::move(region), &regions);
    return regions;
  }

  absl::Status AddSecond(const TextLine& line) {
    const Box box = BoundingBox(line, view_.rows, view_.columns);
    if (box.Area() == 0 || IsKnown(box, plain_, kKnownShare)) {
      return absl::OkStatus();
    }
    return Read(line).status();
  }

  // What two readers read alike in the place of `box` on other views, as the
  // quick one read it.
  std::vector<Reading> ConfirmedBefore(const Box& box) const {
    std::vector<Reading> confirmed;
    if (engines_.thorough) return confirmed;
    for (const TextRegion& region : before_) {
      if (!ShowTheSame(region.box, box)) continue;
      for (const Reading& quick : region.readings) {
        if (quick.recognizer != kQuickReader) continue;
        for (const Reading& other : region.readings) {
          if (other.recognizer != kQuickReader &&
              ShowTextTogether(quick, other)) {
            confirmed.push_back(quick);
          }
        }
      }
    }
    return confirmed;
  }

  // Whether the line could be read well, or is known.
  absl::StatusOr<bool> Read(const TextLine& line) {
    const Box box = BoundingBox(line, view_.rows, view_.columns);
    if (box.Area() == 0) return false;
    if (IsWithinOne(box, known_)) return true;
    const CpuStopwatch watch(&timings_.recognize_ms);
    ASSIGN_OR_RETURN(const Image upright, CutUpright(view_, line));
    ASSIGN_OR_RETURN(
        std::optional<LineReading> read,
        ReadLine(upright, line.likelihood, {likeliest_, ConfirmedBefore(box)},
                 settles_, engines_));
    if (!read) {
      if (line.likelihood >= kAsLikelyAsNot) likely_.push_back(box);
      return false;
    }
    if (read->is_sure) likeliest_ = read->pose;
    TextRegion region = {
        .box = box,
        .orientation = (QuarterTurn(line) + read->pose.orientation) % 360,
        .likelihood = line.likelihood,
        .readings = std::move(read->readings)};
    const bool is_plain = read->is_text && IsWellRead(region);
    if (is_plain) {
      MergeRegion(std::move(region), &plain_);
    } else {
      (read->is_text ? poor_ : unread_).push_back(std::move(region));
    }
    return is_plain;
  }

  const Image& view_;
  const std::vector<Box>& areas_;
  const std::vector<Box>& known_;
  const std::vector<TextRegion>& before_;
  const Settles& settles_;
  TextEngines& engines_;
  TextTimings& timings_;
  LinePose likeliest_;              // of the line that was last read surely
  std::vector<TextRegion> plain_;   // read well
  std::vector<TextRegion> poor_;    // read, but not well
  std::vector<TextRegion> unread_;  // not read at all
  std::vector<Box> doubtful_;       // where the second detector is to look
  std::vector<Box> likely_;         // as likely text as not, but not read
};

}  // namespace

absl::StatusOr<PartText> SearchAreas(const ViewAreas& searched,
                                     AreaTextDetector& detector,
                                     const Settles& settles,
                                     TextEngines& engines,
                                     TextTimings* timings) {
  return Search(searched, settles, engines, *timings).Run(detector);
}

}  // namespace burntin
