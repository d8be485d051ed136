#include "detector/text/region_merging.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <utility>

#include "detector/text/line_geometry.h"

namespace burntin {
namespace {

// Two regions show the same text if their boxes share this much of the smaller
// one and are about equally large.
constexpr double kSameTextOverlap = 0.7;
constexpr double kSameTextArea = 2.0;
// A fragment lies in the whole but for an edge.
constexpr double kFragmentOverlap = 0.9;
constexpr double kSureReading = 0.9;

bool IsSameText(const TextRegion& a, const TextRegion& b) {
  const auto area_a = static_cast<double>(a.box.Area());
  const auto area_b = static_cast<double>(b.box.Area());
  return OverlapOfSmaller(a.box, b.box) >= kSameTextOverlap &&
         area_a <= kSameTextArea * area_b && area_b <= kSameTextArea * area_a;
}

// What a reading says, without blanks and marks.
std::string Characters(const Reading& reading) {
  std::string characters;
  for (const char c : reading.text.Reveal()) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte)) characters.push_back(c);
  }
  return characters;
}

// Whether `whole` was surely read and says all that `part` may say.
bool SaysAllOf(const TextRegion& part, const TextRegion& whole) {
  const auto holds = [&](const Reading& reading) {
    const std::string all = Characters(reading);
    return reading.confidence >= kSureReading &&
           std::all_of(part.readings.begin(), part.readings.end(),
                       [&](const Reading& of_part) {
                         return all.find(Characters(of_part)) !=
                                std::string::npos;
                       });
  };
  const bool says_something = std::any_of(
      part.readings.begin(), part.readings.end(),
      [](const Reading& reading) { return !Characters(reading).empty(); });
  return says_something &&
         std::any_of(whole.readings.begin(), whole.readings.end(), holds);
}

bool IsFragment(const TextRegion& part, const TextRegion& whole) {
  return kSameTextArea * static_cast<double>(part.box.Area()) <=
             static_cast<double>(whole.box.Area()) &&
         OverlapOfSmaller(part.box, whole.box) >= kFragmentOverlap &&
         SaysAllOf(part, whole);
}

}  // namespace

void MergeRegion(TextRegion region, std::vector<TextRegion>* regions) {
  for (TextRegion& known : *regions) {
    if (!IsSameText(known, region)) continue;
    known.box = Unite(known.box, region.box);
    known.likelihood = std::max(known.likelihood, region.likelihood);
    std::move(region.readings.begin(), region.readings.end(),
              std::back_inserter(known.readings));
    return;
  }
  regions->push_back(std::move(region));
}

void DropFragments(std::vector<TextRegion>* regions) {
  std::vector<bool> is_fragment;
  for (const TextRegion& part : *regions) {
    is_fragment.push_back(std::any_of(
        regions->begin(), regions->end(),
        [&](const TextRegion& whole) { return IsFragment(part, whole); }));
  }
  std::vector<TextRegion> kept;
  for (size_t i = 0; i < regions->size(); ++i) {
    if (!is_fragment[i]) kept.push_back(std::move((*regions)[i]));
  }
  *regions = std::move(kept);
}

}  // namespace burntin
