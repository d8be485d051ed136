#include "detector/phi/header_evidence.h"

#include <algorithm>
#include <optional>

#include "detector/phi/chance_matches.h"
#include "detector/phi/normalize.h"
#include "detector/phi/term_search.h"

namespace burntin {
namespace {

constexpr double kBareDateScore = 0.6;
// A name that is also a harmless word.
constexpr double kAmbiguousNameScore = 0.6;
// A short name at one end of a longer word.
constexpr double kPartOfWordScore = 0.75;
// Two parts of one name: this much of what is missing to 1 is gained.
constexpr double kSecondPartGain = 0.7;
// The same for what stands beside the patient's age or the study's time.
constexpr double kSupportGain = 0.3;
// What each unit of tolerant distance costs.
constexpr double kScorePerError = 0.02;
// What a find scores at least that may well be chance: as much as text that
// nothing proves harmless.
constexpr double kUnprovenScore = 0.45;
// Terms from this score on are the patient's own. They are never taken for
// chance altogether.
constexpr double kOwnTermScore = 0.9;

template <typename Predicate>
bool AllTouchedWords(const FoundPlace& place, const Passage& passage,
                     const Predicate& holds) {
  return std::all_of(passage.words().begin(), passage.words().end(),
                     [&](const Passage::Word& word) {
                       return word.end <= place.begin ||
                              word.begin >= place.end ||
                              holds(passage.Characters(word));
                     });
}

struct TermFind {
  const SearchTerm* term = nullptr;
  Evidence evidence;
  double unadjusted = 0;  // the score if nothing were found by chance
  double expected = 0;    // finds by chance
};

// The work on one passage.
class Search {
 public:
  Search(const Passage& passage, const TextShape& shape,
         const BenignVocabulary& vocabulary)
      : passage_(passage), shape_(shape), vocabulary_(vocabulary) {}

  std::vector<TermFind> FindAll(const std::vector<SearchTerm>& terms) const {
    std::vector<TermFind> finds;
    for (const SearchTerm& term : terms) {
      const std::optional<FoundPlace> place = FindTerm(
          term, passage_,
          [&](std::string_view word) { return vocabulary_.Covers(word); });
      if (!place) continue;
      if (std::optional<TermFind> find = Judge(term, *place)) {
        finds.push_back(*std::move(find));
      }
    }
    return finds;
  }

 private:
  std::optional<TermFind> Judge(const SearchTerm& term,
                                const FoundPlace& place) const {
    const bool harmless = AllTouchedWords(
        place, passage_,
        [&](std::string_view word) { return vocabulary_.HasWord(word); });
    if (harmless && (term.category == Category::kInstitution ||
                     term.category == Category::kOther)) {
      return std::nullopt;
    }
    double score = term.score - kScorePerError * place.distance;
    if (place.fit == FoundPlace::Fit::kPartOfWord) {
      score = std::min(score, kPartOfWordScore);
    }
    if (harmless && term.category == Category::kPersonName) {
      score = std::min(score, kAmbiguousNameScore);
    }
    const double expected = ExpectedByChance(
        term, place, shape_,
        harmless ? TextShape::Count::kAll : TextShape::Count::kUnknown);
    const double adjusted = ScoreAgainstChance(score, expected);
    if (adjusted < kUnprovenScore && IsExplained(term, place)) {
      return std::nullopt;
    }
    return TermFind{
        &term,
        {term.category, std::max(adjusted, std::min(score, kUnprovenScore)),
         term.attribute, passage_.FoldedPlace(place.begin),
         passage_.FoldedPlace(place.end - 1) + 1, SignKind::kHeader,
         place.distance},
        score,
        expected};
  }

  // Whether an inexact find that may well be chance consists of text that the
  // vocabulary covers.
  bool IsExplained(const SearchTerm& term, const FoundPlace& place) const {
    return place.distance > 0 && term.score < kOwnTermScore &&
           AllTouchedWords(place, passage_, [&](std::string_view word) {
             return vocabulary_.Covers(word);
           });
  }

  const Passage& passage_;
  const TextShape& shape_;
  const BenignVocabulary& vocabulary_;
};

bool Overlap(const Evidence& a, const Evidence& b) {
  return a.begin < b.end && b.begin < a.end;
}

// Whether `other` is a different part of the same name, standing elsewhere.
bool IsSecondPart(const TermFind& find, const TermFind& other) {
  return find.term->name >= 0 && other.term->name == find.term->name &&
         other.term->attribute == find.term->attribute &&
         other.term->characters != find.term->characters &&
         !Overlap(other.evidence, find.evidence);
}

bool IsSupport(const TermFind& find, const TermFind& other) {
  return other.term->supports && !find.term->supports &&
         !Overlap(other.evidence, find.evidence);
}

// The score of a find with regard to the others. Two parts of one name are
// both there by chance as often as the product says.
double ScoreAmong(const TermFind& find, const std::vector<TermFind>& finds) {
  double score = find.evidence.score;
  bool supported = false;
  for (const TermFind& other : finds) {
    if (IsSecondPart(find, other)) {
      const double base = std::max(find.unadjusted, kPartOfWordScore);
      score = std::max(score,
                       ScoreAgainstChance(base + (1 - base) * kSecondPartGain,
                                          find.expected * other.expected));
    }
    supported = supported || IsSupport(find, other);
  }
  return supported ? score + (1 - score) * kSupportGain : score;
}

// Adds the header's dates that `found` can mean.
void AddKnownDates(const HeaderTerms& terms, const FoundDate& found,
                   std::vector<Evidence>& evidence) {
  for (const HeaderDate& known : terms.dates) {
    const auto& meanings = found.meanings;
    if (std::find(meanings.begin(), meanings.end(), known.date) !=
        meanings.end()) {
      evidence.push_back({Category::kDate, known.score, known.attribute,
                          found.begin, found.end, SignKind::kHeader});
    }
  }
}

}  // namespace

std::vector<Evidence> FindTerms(const HeaderTerms& terms,
                                const Passage& passage, const TextShape& shape,
                                const BenignVocabulary& vocabulary) {
  const std::vector<TermFind> finds =
      Search(passage, shape, vocabulary).FindAll(terms.terms);
  std::vector<Evidence> evidence;
  for (const TermFind& find : finds) {
    if (find.term->score <= 0) continue;
    evidence.push_back(find.evidence);
    evidence.back().score = ScoreAmong(find, finds);
  }
  return evidence;
}

std::vector<Evidence> FindDates(const HeaderTerms& terms,
                                const Passage& passage,
                                const DateFinder& finder) {
  std::vector<Evidence> evidence;
  const auto search = [&](std::string_view text) {
    for (const FoundDate& date : finder.Find(text)) {
      evidence.push_back({Category::kDate, kBareDateScore, "", date.begin,
                          date.end, SignKind::kDate});
      AddKnownDates(terms, date, evidence);
    }
    for (const FoundDate& date : finder.FindPossible(text)) {
      AddKnownDates(terms, date, evidence);
    }
  };
  search(passage.folded());
  const std::string digits = DigitsForLookalikes(passage.folded());
  if (digits != passage.folded()) search(digits);
  return evidence;
}

}  // namespace burntin
