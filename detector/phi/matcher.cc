#include "detector/phi/matcher.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/dates.h"
#include "detector/phi/evidence.h"
#include "detector/phi/harmless_readings.h"
#include "detector/phi/header_evidence.h"
#include "detector/phi/header_identifiers.h"
#include "detector/phi/joined_text.h"
#include "detector/phi/normalize.h"
#include "detector/phi/passage.h"
#include "detector/phi/patterns.h"
#include "detector/phi/reading_agreement.h"
#include "detector/phi/reading_order.h"
#include "detector/phi/text_shape.h"

namespace burntin {
namespace {

// The most that a pattern in a doubtful reading scores: held, not named.
constexpr double kDoubtfulPatternScore = 0.7;
// A name that no header holds scores more than this in a doubtful reading, or
// is none: any few letters may be misread as one.
constexpr double kWeakNameScore = 0.75;

// Nor is it one in a reading below this where it is known what the text says.
constexpr double kUnsureConfidence = 0.7;

constexpr double kUnreadableScore = 0.5;
constexpr double kOtherScore = 0.45;
constexpr double kBenignScore = 0.02;

bool IsWeakName(const Evidence& evidence) {
  return evidence.category == Category::kPersonName &&
         evidence.attribute.empty() && evidence.score <= kWeakNameScore;
}

// Keeps the strongest sign of each kind and category, in their order.
void AddSign(const Evidence& evidence, double score, std::vector<Sign>* signs) {
  Sign sign{evidence.kind, evidence.category, score, evidence.attribute,
            evidence.slips};
  const std::pair key(sign.kind, sign.category);
  const auto place =
      std::find_if(signs->begin(), signs->end(), [&](const Sign& known) {
        return std::pair(known.kind, known.category) >= key;
      });
  if (place == signs->end() || std::pair(place->kind, place->category) != key) {
    signs->insert(place, std::move(sign));
  } else if (place->score < score) {
    *place = std::move(sign);
  }
}

class DefaultPhiMatcher : public PhiMatcher {
 public:
  explicit DefaultPhiMatcher(BenignVocabulary vocabulary)
      : vocabulary_(std::move(vocabulary)) {}

  std::vector<Match> MatchPlane(std::span<const TextRegion> regions,
                                const Header& header) const override;
  PreparedHeader Prepare(const Header& header) const override;
  std::vector<Match> MatchPrepared(
      std::span<const TextRegion> regions,
      const PreparedHeader& prepared) const override;

 private:
  FoldedRegion Fold(const TextRegion& region) const;
  // What the region is when nothing points to a person.
  Match Unsuspected(const TextRegion& region, const FoldedRegion& folded) const;

  TextFolder folder_;
  DateFinder dates_;
  BenignVocabulary vocabulary_;
  PatternFinder patterns_;
  HarmlessReadings harmless_{vocabulary_, patterns_.built_in(),
                             [this](std::string_view letters) {
                               return patterns_.KnowsName(letters);
                             }};

  friend class PlaneMatching;
};

// The work on one plane.
class PlaneMatching {
 public:
  PlaneMatching(const DefaultPhiMatcher& matcher,
                std::span<const TextRegion> regions, const HeaderTerms& terms)
      : matcher_(matcher),
        regions_(regions),
        terms_(terms),
        signs_(regions.size()) {
    for (const TextRegion& region : regions) {
      folded_.push_back(matcher.Fold(region));
      matches_.push_back(matcher.Unsuspected(region, folded_.back()));
      settled_.push_back(matcher.harmless_.IsSettled(region, folded_.back()));
      variants_ = std::max(variants_, static_cast<int>(region.readings.size()));
    }
  }

  std::vector<Match> Run() {
    const std::vector<RegionGroup> lines = TextLines(regions_);
    const std::vector<RegionGroup> pairs = NeighbouringLines(regions_, lines);
    const std::vector<RegionGroup> triples =
        NeighbouringLines(regions_, lines, /*count=*/3);
    for (int variant = 0; variant < variants_; ++variant) {
      shape_ = ShapeOf(variant);
      for (int i = 0; i < static_cast<int>(regions_.size()); ++i) {
        Inspect({i}, variant, /*with_patterns=*/true);
      }
      for (const RegionGroup& line : lines) {
        if (line.size() > 1) Inspect(line, variant, /*with_patterns=*/true);
      }
      for (const RegionGroup& pair : pairs) {
        Inspect(pair, variant, /*with_patterns=*/false);
        InspectBlock(pair, variant);
      }
      for (const RegionGroup& triple : triples) InspectBlock(triple, variant);
    }
    for (size_t i = 0; i < matches_.size(); ++i) {
      matches_[i].signs = std::move(signs_[i]);
    }
    return std::move(matches_);
  }

 private:
  TextShape ShapeOf(int variant) const {
    TextShape shape;
    for (const FoldedRegion& folded : folded_) {
      const int reading = folded.Reading(variant);
      if (reading >= 0) shape.Add(folded.texts[reading], matcher_.vocabulary_);
    }
    return shape;
  }

  // Also with strokes read as letters, as in "M|LLER".
  void InspectTerms(const Passage& passage, int variant) {
    const auto find = [&](const Passage& text) {
      for (const Evidence& evidence :
           FindTerms(terms_, text, shape_, matcher_.vocabulary_)) {
        Give(evidence, text, variant, /*doubtful_score=*/1);
      }
    };
    find(passage);
    if (const std::optional<Passage> letters = passage.WithLettersForStrokes())
      find(*letters);
  }

  Passage PassageOf(const RegionGroup& group, int variant) const {
    Passage passage;
    for (const int region : group) {
      const int reading = folded_[region].Reading(variant);
      if (reading >= 0) passage.Append(region, folded_[region].texts[reading]);
    }
    return passage;
  }

  // What is held already needs no neighbour to hold it.
  bool AllBenign(const std::vector<int>& regions) const {
    return std::all_of(regions.begin(), regions.end(), [&](int region) {
      return matches_[region].category == Category::kBenign;
    });
  }

  void InspectDates(const Passage& passage, int variant) {
    for (const Evidence& evidence :
         FindDates(terms_, passage, matcher_.dates_)) {
      Give(evidence, passage, variant,
           evidence.attribute.empty() ? kDoubtfulPatternScore : 1);
    }
  }

  // Lines one below the other: the parts of a name or of a date. Anything else
  // they may share by chance.
  void InspectBlock(const RegionGroup& block, int variant) {
    const Passage passage = PassageOf(block, variant);
    if (IsPartOfDate(passage.folded())) InspectDates(passage, variant);
    for (const Evidence& evidence : matcher_.patterns_.FindFullNames(
             passage.folded(), matcher_.vocabulary_)) {
      Give(evidence, passage, variant, kDoubtfulPatternScore);
    }
  }

  void Inspect(const RegionGroup& group, int variant, bool with_patterns) {
    const Passage passage = PassageOf(group, variant);
    if (passage.compact().empty()) return;
    InspectTerms(passage, variant);
    if (!with_patterns) return;
    InspectDates(passage, variant);
    for (const Evidence& evidence :
         FindAcrossBoxes(passage, matcher_.vocabulary_)) {
      if (AllBenign(passage.Regions(evidence.begin, evidence.end))) {
        Give(evidence, passage, variant, kDoubtfulPatternScore);
      }
    }
    for (const Evidence& evidence : matcher_.patterns_.Find(
             passage.folded(), matcher_.vocabulary_, matcher_.dates_)) {
      Give(evidence, passage, variant, kDoubtfulPatternScore);
    }
  }

  // Gives the evidence to every region that it touches, unless the region has
  // graver evidence. Where a reading is doubtful the score is at most
  // `doubtful_score`.
  void Give(const Evidence& evidence, const Passage& passage, int variant,
            double doubtful_score) {
    const std::vector<int> touched =
        passage.Regions(evidence.begin, evidence.end);
    double score = evidence.score;
    for (const int region : touched) {
      const FoldedRegion& folded = folded_[region];
      const double confidence = folded.confidences[folded.Reading(variant)];
      if (IsWeakName(evidence) &&
          (confidence < kLegibleConfidence ||
           (confidence < kUnsureConfidence && settled_[region]))) {
        return;
      }
      if (confidence < kLegibleConfidence) {
        score = std::min(score, doubtful_score);
      }
    }
    for (const int region : touched) {
      Match& match = matches_[region];
      const bool suspected = !signs_[region].empty();
      AddSign(evidence, score, &signs_[region]);
      if (suspected && match.score >= score) continue;
      const int reading = folded_[region].Reading(variant);
      match = {evidence.category, score, evidence.attribute,
               regions_[region].readings[reading]};
    }
  }

  const DefaultPhiMatcher& matcher_;
  std::span<const TextRegion> regions_;
  const HeaderTerms& terms_;
  std::vector<std::vector<Sign>> signs_;  // of each region; see Match::signs
  int variants_ = 0;
  TextShape shape_;  // of what one recogniser read on the plane
  std::vector<FoldedRegion> folded_;
  std::vector<bool> settled_;  // whether it is known what a region says
  std::vector<Match> matches_;
};

FoldedRegion DefaultPhiMatcher::Fold(const TextRegion& region) const {
  FoldedRegion folded;
  for (const Reading& reading : region.readings) {
    folded.texts.push_back(folder_.Fold(reading.text.Reveal()));
    const bool is_empty = Compact(folded.texts.back()).empty();
    folded.confidences.push_back(is_empty ? 0 : reading.confidence);
    folded.alternatives.emplace_back();
    for (const Alternative& one : reading.alternatives) {
      folded.alternatives.back().push_back(
          {folder_.Fold(one.text.Reveal()), one.share});
    }
  }
  return folded;
}

Match DefaultPhiMatcher::Unsuspected(const TextRegion& region,
                                     const FoldedRegion& folded) const {
  const HarmlessReadings::Ruling ruling = harmless_.Judge(region, folded);
  if (ruling.against >= 0) {
    return {Category::kOther, kOtherScore, "", region.readings[ruling.against]};
  }
  if (ruling.harmless >= 0) {
    return {Category::kBenign, kBenignScore, "",
            region.readings[ruling.harmless]};
  }
  Match match{Category::kUnreadable, kUnreadableScore, "", {}};
  double surest = -1;
  for (size_t i = 0; i < folded.texts.size(); ++i) {
    if (folded.confidences[i] > surest) {
      surest = folded.confidences[i];
      match.reading = region.readings[i];
    }
  }
  return match;
}

std::vector<Match> DefaultPhiMatcher::MatchPlane(
    std::span<const TextRegion> regions, const Header& header) const {
  return PlaneMatching(*this, regions, TermsOf(header, folder_)).Run();
}

PreparedHeader DefaultPhiMatcher::Prepare(const Header& header) const {
  auto terms = std::make_shared<const HeaderTerms>(TermsOf(header, folder_));
  const bool is_complete = terms->is_complete;
  return PreparedHeader(header, std::move(terms), is_complete);
}

std::vector<Match> DefaultPhiMatcher::MatchPrepared(
    std::span<const TextRegion> regions, const PreparedHeader& prepared) const {
  if (prepared.terms() == nullptr) {
    return MatchPlane(regions, prepared.header());
  }
  return PlaneMatching(*this, regions, *prepared.terms()).Run();
}

}  // namespace

std::unique_ptr<PhiMatcher> PhiMatcher::Create() {
  return Create(BenignVocabulary(BuiltInBenignVocabulary()));
}

std::unique_ptr<PhiMatcher> PhiMatcher::Create(BenignVocabulary vocabulary) {
  return std::make_unique<DefaultPhiMatcher>(std::move(vocabulary));
}

}  // namespace burntin
