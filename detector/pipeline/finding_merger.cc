#include "detector/pipeline/finding_merger.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "detector/policy/risk.h"

namespace burntin {
namespace {

// How much of the smaller box two sightings of one text share.
constexpr double kSamePlace = 0.7;

// What sightings of one text have in common beside their place: source and its
// index, whether it is a barcode, category, matched attribute and, without one,
// the text itself.
using TextKey =
    std::tuple<Source, int, bool, Category, std::string, std::string>;

Source SourceOf(const PlaneId& plane, const MatchedRegion& region) {
  return region.is_barcode ? Source::kBarcode : plane.source;
}

TextKey KeyOf(const PlaneId& plane, const MatchedRegion& region) {
  const Match& match = region.match;
  return {plane.source,
          plane.source_index,
          region.is_barcode,
          match.category,
          match.matched_attribute,
          match.matched_attribute.empty() ? match.reading.text.Reveal() : ""};
}

void AddFrame(int frame, std::vector<FrameRange>* ranges) {
  if (!ranges->empty() && frame <= ranges->back().last + 1) {
    ranges->back().last = std::max(ranges->back().last, frame);
    return;
  }
  ranges->push_back({frame, frame});
}

Finding FindingOf(const PlaneId& plane, const MatchedRegion& region) {
  return {.source = SourceOf(plane, region),
          .source_index = plane.source_index,
          .frame_ranges = {{plane.frame, plane.frame}},
          .box = region.box,
          .orientation = region.orientation,
          .match = region.match,
          .risk = RegionRisk(StrengthsOf(region.match))};
}

// What makes one finding graver than another. A score that is no number is the
// gravest.
std::tuple<bool, double, double> Gravity(const Finding& finding) {
  const double score = finding.match.score;
  constexpr double kGravest = std::numeric_limits<double>::infinity();
  if (std::isnan(score)) return {true, kGravest, kGravest};
  return {IsIdentifying(finding.match), finding.risk, score};
}

class Merger {
 public:
  void Add(const PlaneId& plane, const MatchedRegion& region) {
    // A text without a place is seen once.
    if (region.box.Area() <= 0) {
      AddNew(plane, region);
      return;
    }
    std::vector<size_t>& same_text = by_text_[KeyOf(plane, region)];
    const auto known =
        std::find_if(same_text.begin(), same_text.end(), [&](size_t index) {
          return OverlapOfSmaller(findings_[index].box, region.box) >=
                 kSamePlace;
        });
    if (known == same_text.end()) {
      same_text.push_back(findings_.size());
      AddNew(plane, region);
      return;
    }
    Finding& finding = findings_[*known];
    AddFrame(plane.frame, &finding.frame_ranges);
    const Finding seen = FindingOf(plane, region);
    if (Gravity(seen) > Gravity(finding)) {
      finding.match = seen.match;
      finding.risk = seen.risk;
    }
  }

  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  void AddNew(const PlaneId& plane, const MatchedRegion& region) {
    findings_.push_back(FindingOf(plane, region));
  }

  std::vector<Finding> findings_;
  // Indices of findings.
  std::map<TextKey, std::vector<size_t>> by_text_;
};

bool ComesBefore(const Finding& a, const Finding& b) {
  const auto place = [](const Finding& finding) {
    return std::tuple(finding.source, finding.source_index,
                      finding.frame_ranges.front().first, finding.box.y,
                      finding.box.x);
  };
  return std::tuple(Gravity(b), place(a)) < std::tuple(Gravity(a), place(b));
}

}  // namespace

std::vector<Finding> MergeFindings(std::span<const PlaneId> planes,
                                   std::span<const PlaneResult> results) {
  Merger merger;
  for (size_t i = 0; i < planes.size(); ++i) {
    for (const MatchedRegion& region : results[i].regions) {
      merger.Add(planes[i], region);
    }
  }
  std::vector<Finding> findings = merger.Take();
  std::stable_sort(findings.begin(), findings.end(), ComesBefore);
  return findings;
}

}  // namespace burntin
