#include "detector/text/region_judge.h"

#include <algorithm>

#include "detector/base/boxes.h"
#include "detector/base/status_macros.h"
#include "detector/base/stopwatch.h"
#include "detector/text/blanked.h"
#include "detector/text/line_geometry.h"
#include "detector/text/text_evidence.h"

namespace burntin {
namespace {

// What is around a line: at least so many pixels, and so many times its height.
constexpr int kSurroundings = 96;
constexpr int kSurroundingLines = 3;
// What nobody can read is text only if it is so likely in its surroundings. On
// 1,400 samples of the train split that is true of all of 37 unread texts, the
// least likely of which had 0.89, and of 18 of 43 boxes without text.
constexpr double kSure = 0.85;
// What readers do not agree about. Of 925 texts on 300 samples of the train
// split, read well or not, 924 are so likely; of 19 boxes on samples without
// text, 14.
constexpr double kLikely = 0.5;
// A box is one around lines that it is so many times higher than, and of which
// it holds so much.
constexpr double kTimesHigher = 1.5;
constexpr double kHeldShare = 0.7;
// What the quick reader reads this surely needs nobody's agreement.
constexpr double kSureReading = 0.95;
constexpr double kLessSure = 0.6;
constexpr int kQuickReader = 0;

int HeightOf(const Box& box) { return std::min(box.width, box.height); }

// Those of `others` that lie in `box` and are much lower.
std::vector<Box> LinesWithin(const Box& box,
                             const std::vector<TextRegion>& others) {
  std::vector<Box> lines;
  for (const TextRegion& other : others) {
    const double held = static_cast<double>(Intersect(other.box, box).Area());
    if (kTimesHigher * HeightOf(other.box) <= HeightOf(box) &&
        held >= kHeldShare * static_cast<double>(other.box.Area())) {
      lines.push_back(other.box);
    }
  }
  return lines;
}

// Whether two readers read about the same, or the quick one is sure.
bool IsAgreed(const TextRegion& region) {
  const std::vector<Reading>& readings = region.readings;
  for (size_t i = 0; i < readings.size(); ++i) {
    if (readings[i].recognizer == kQuickReader &&
        readings[i].confidence >= kSureReading) {
      return true;
    }
    for (size_t j = i + 1; j < readings.size(); ++j) {
      if (readings[i].recognizer != readings[j].recognizer &&
          std::min(readings[i].confidence, readings[j].confidence) >=
              kLessSure &&
          ReadAlike(readings[i], readings[j])) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

absl::StatusOr<bool> RegionJudge::IsText(
    const TextRegion& region, const std::vector<TextRegion>& others) {
  if (detector_ == nullptr) return true;
  const std::vector<Box> lines = LinesWithin(region.box, others);
  if (!lines.empty()) return IsTextWithout(region.box, lines);
  if (IsAgreed(region)) return true;
  ASSIGN_OR_RETURN(const double likelihood, LikelihoodAt(region.box, view_));
  return likelihood >= kLikely;
}

absl::StatusOr<bool> RegionJudge::IsTextUnread(
    const TextRegion& region, const std::vector<TextRegion>& others) {
  if (detector_ == nullptr) return true;
  const std::vector<Box> lines = LinesWithin(region.box, others);
  if (!lines.empty()) {
    ASSIGN_OR_RETURN(const bool is_text, IsTextWithout(region.box, lines));
    if (!is_text) return false;
  }
  ASSIGN_OR_RETURN(const double likelihood, LikelihoodAt(region.box, view_));
  return likelihood >= kSure;
}

absl::StatusOr<bool> RegionJudge::IsTextWithout(const Box& box,
                                                const std::vector<Box>& lines) {
  ASSIGN_OR_RETURN(const Image without, Blanked(view_, lines));
  ASSIGN_OR_RETURN(const double likelihood, LikelihoodAt(box, without));
  return likelihood >= kLikely;
}

absl::StatusOr<double> RegionJudge::LikelihoodAt(const Box& box,
                                                 const Image& view) {
  const int room = std::max(kSurroundings, kSurroundingLines * HeightOf(box));
  const Box around = Intersect(
      {box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room},
      {0, 0, view.columns, view.rows});
  const CpuStopwatch watch(detect_ms_);
  ASSIGN_OR_RETURN(const std::vector<TextLine> lines,
                   detector_->Detect(view, {around}));
  return LikelihoodOf(box, lines);
}

}  // namespace burntin
