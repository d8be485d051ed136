#include "detector/pipeline/finding_merger.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace burntin {
namespace {

// How much of the smaller box two sightings of one text share.
constexpr double kSamePlace = 0.7;

bool IsSameText(const Finding& finding, const PlaneId& plane,
                const MatchedRegion& region) {
  const Match& a = finding.match;
  const Match& b = region.match;
  if (finding.source != plane.source ||
      finding.source_index != plane.source_index || a.category != b.category ||
      a.matched_attribute != b.matched_attribute ||
      OverlapOfSmaller(finding.box, region.box) < kSamePlace) {
    return false;
  }
  return !a.matched_attribute.empty() || a.reading.text == b.reading.text;
}

void AddFrame(int frame, std::vector<FrameRange>* ranges) {
  if (!ranges->empty() && frame <= ranges->back().last + 1) {
    ranges->back().last = std::max(ranges->back().last, frame);
    return;
  }
  ranges->push_back({frame, frame});
}

void Add(const PlaneId& plane, const MatchedRegion& region,
         std::vector<Finding>* findings) {
  const auto known = std::find_if(findings->begin(), findings->end(),
                                  [&](const Finding& finding) {
                                    return IsSameText(finding, plane, region);
                                  });
  if (known == findings->end()) {
    findings->push_back({.source = plane.source,
                         .source_index = plane.source_index,
                         .frame_ranges = {{plane.frame, plane.frame}},
                         .box = region.box,
                         .orientation = region.orientation,
                         .match = region.match});
    return;
  }
  AddFrame(plane.frame, &known->frame_ranges);
  if (region.match.score > known->match.score) known->match = region.match;
}

bool ComesBefore(const Finding& a, const Finding& b) {
  const auto place = [](const Finding& finding) {
    return std::tuple(-finding.match.score, finding.source,
                      finding.source_index, finding.frame_ranges.front().first,
                      finding.box.y, finding.box.x);
  };
  return place(a) < place(b);
}

}  // namespace

std::vector<Finding> MergeFindings(std::span<const PlaneId> planes,
                                   std::span<const PlaneResult> results) {
  std::vector<Finding> findings;
  for (size_t i = 0; i < planes.size(); ++i) {
    for (const MatchedRegion& region : results[i].regions) {
      Add(planes[i], region, &findings);
    }
  }
  std::stable_sort(findings.begin(), findings.end(), ComesBefore);
  return findings;
}

}  // namespace burntin
