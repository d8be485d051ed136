#include "detector/text/region_merging.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "detector/text/line_geometry.h"
#include "detector/text/text_evidence.h"

namespace burntin {
namespace {

// See ShowTheSame.
constexpr double kSameTextOverlap = 0.7;
constexpr double kSameTextArea = 2.0;
// A fragment lies in the whole but for an edge.
constexpr double kFragmentOverlap = 0.9;
constexpr double kSureReading = 0.9;
constexpr double kLegibleReading = 0.5;
// Letters of the same line are about as high.
constexpr int kMostTimesHigher = 2;
// A line is at most this much longer than high, for each character that was
// read, and with a margin; a longer one holds more than was read.
constexpr double kWidestCharacter = 1.6;
constexpr double kWidestMargin = 1.5;

// Whether so many characters can fill a box.
bool FillsBox(const Box& box, size_t characters) {
  const auto [shorter, longer] = std::minmax(box.width, box.height);
  return characters > 0 &&
         longer <=
             shorter * (kWidestCharacter * static_cast<double>(characters) +
                        kWidestMargin);
}

bool IsAsHigh(const Box& part, const Box& whole) {
  return kMostTimesHigher * std::min(part.width, part.height) >=
         std::min(whole.width, whole.height);
}

// Whether two recognisers could read `part`, so that what a third could not
// read does not matter.
bool IsReadTwice(const TextRegion& part) {
  const auto is_legible = [](const Reading& reading) {
    return reading.confidence >= kLegibleReading;
  };
  const auto one =
      std::find_if(part.readings.begin(), part.readings.end(), is_legible);
  return std::any_of(one, part.readings.end(), [&](const Reading& reading) {
    return is_legible(reading) && reading.recognizer != one->recognizer;
  });
}

// Whether `whole` was surely read and says all that `part` may say.
bool SaysAllOf(const TextRegion& part, const TextRegion& whole) {
  const bool twice = IsReadTwice(part);
  const auto holds = [&](const Reading& reading) {
    const std::string all = Characters(reading);
    return reading.confidence >= kSureReading &&
           std::all_of(
               part.readings.begin(), part.readings.end(),
               [&](const Reading& of_part) {
                 return (twice && of_part.confidence < kLegibleReading) ||
                        all.find(Characters(of_part)) != std::string::npos;
               });
  };
  const bool is_read = std::any_of(
      part.readings.begin(), part.readings.end(), [&](const Reading& reading) {
        return reading.confidence >= kLegibleReading &&
               FillsBox(part.box, Characters(reading).size());
      });
  return is_read &&
         std::any_of(whole.readings.begin(), whole.readings.end(), holds);
}

bool IsFragment(const TextRegion& part, const TextRegion& whole) {
  return kSameTextArea * static_cast<double>(part.box.Area()) <=
             static_cast<double>(whole.box.Area()) &&
         OverlapOfSmaller(part.box, whole.box) >= kFragmentOverlap &&
         IsAsHigh(part.box, whole.box) && SaysAllOf(part, whole);
}

}  // namespace

bool ShowTheSame(const Box& one, const Box& other) {
  const auto area = static_cast<double>(one.Area());
  const auto other_area = static_cast<double>(other.Area());
  return OverlapOfSmaller(one, other) >= kSameTextOverlap &&
         area <= kSameTextArea * other_area &&
         other_area <= kSameTextArea * area;
}

void MergeRegion(TextRegion region, std::vector<TextRegion>* regions) {
  for (TextRegion& known : *regions) {
    if (!ShowTheSame(known.box, region.box)) continue;
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
