#include "detector/phi/header_evidence.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "detector/phi/normalize.h"
#include "detector/phi/tolerant_distance.h"

namespace burntin {
namespace {

constexpr double kBareDateScore = 0.6;
// A name that is also a harmless word.
constexpr double kAmbiguousNameScore = 0.6;
// A short name at one end of a longer word.
constexpr double kPartOfWordScore = 0.75;
// Two parts of one name: this much of what is missing to 1 is gained.
constexpr double kSecondPartGain = 0.7;
// What each unit of tolerant distance costs.
constexpr double kScorePerError = 0.02;
// More parts than this of one identifier are not put together.
constexpr int kMostWordsJoined = 3;

// Characters [begin, end) of a passage's compact text.
struct Place {
  double distance = 0;
  int begin = 0;
  int end = 0;
  bool part_of_word = false;
};

bool IsAllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), IsDigit);
}

int LargestRunOfWords(const SearchTerm& term) {
  if (term.placement == Placement::kWholeWord) return term.name < 0 ? 2 : 1;
  return kMostWordsJoined;
}

void KeepBetter(std::optional<Place>& best, const Place& candidate) {
  if (!best || candidate.distance < best->distance) best = candidate;
}

// Whether nothing but hyphens parts the words of `run`. Numbers with anything
// else between them are neighbours by chance.
bool IsHyphenated(const Passage& passage, const Passage::Word& run) {
  const int begin = passage.FoldedPlace(run.begin);
  const int end = passage.FoldedPlace(run.end - 1) + 1;
  const std::string_view text =
      std::string_view(passage.folded()).substr(begin, end - begin);
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return IsWordCharacter(c) || c == '-'; });
}

// The greatest distance at which a single word is the term. A short name is
// given no slack, except for a digit in the place of a letter.
double LimitForWord(const SearchTerm& term, std::string_view word) {
  const bool has_digit = std::any_of(word.begin(), word.end(), IsDigit);
  return term.placement == Placement::kWholeWord && has_digit &&
                 word.size() == term.characters.size() && word.size() > 2
             ? kLookalikeCost
             : term.limit;
}

// Finds the term as one word, or as neighbouring words put together.
std::optional<Place> FindAsWords(const SearchTerm& term,
                                 const Passage& passage) {
  std::optional<Place> best;
  const auto& words = passage.words();
  const int length = static_cast<int>(term.characters.size());
  const int most = LargestRunOfWords(term);
  const bool all_digits = IsAllDigits(term.characters);
  for (size_t first = 0; first < words.size(); ++first) {
    for (int count = 1; count <= most && first + count <= words.size();
         ++count) {
      const Passage::Word run{words[first].begin, words[first + count - 1].end};
      if (std::abs(run.end - run.begin - length) > 2) continue;
      if (all_digits && !IsHyphenated(passage, run)) continue;
      const std::string_view characters = passage.Characters(run);
      const double distance = TolerantDistance(term.characters, characters);
      const double limit = count == 1 ? LimitForWord(term, characters)
                                      : std::min(term.limit, kLookalikeCost);
      if (distance <= limit) KeepBetter(best, {distance, run.begin, run.end});
    }
  }
  return best;
}

// Finds the term at the start or the end of a longer word.
std::optional<Place> FindInWord(const SearchTerm& term, const Passage& passage,
                                const BenignVocabulary& vocabulary) {
  const int length = static_cast<int>(term.characters.size());
  for (const Passage::Word& word : passage.words()) {
    if (word.end - word.begin <= length) continue;
    if (vocabulary.Covers(passage.Characters(word))) continue;
    for (const int begin : {word.begin, word.end - length}) {
      const std::string_view part =
          std::string_view(passage.compact()).substr(begin, length);
      if (part == term.characters) {
        return Place{0, begin, begin + length, /*part_of_word=*/true};
      }
    }
  }
  return std::nullopt;
}

std::optional<Place> Find(const SearchTerm& term, const Passage& passage,
                          const BenignVocabulary& vocabulary) {
  if (term.placement == Placement::kAnywhere) {
    const std::optional<TolerantHit> hit =
        TolerantFind(term.characters, passage.compact(), term.limit);
    if (!hit) return std::nullopt;
    return Place{hit->distance, hit->begin, hit->end};
  }
  const std::optional<Place> place = FindAsWords(term, passage);
  if (place || term.placement == Placement::kWholeWord ||
      IsAllDigits(term.characters)) {
    return place;
  }
  return FindInWord(term, passage, vocabulary);
}

// Whether every word that the place touches is a harmless word.
bool IsHarmless(const Place& place, const Passage& passage,
                const BenignVocabulary& vocabulary) {
  return std::all_of(passage.words().begin(), passage.words().end(),
                     [&](const Passage::Word& word) {
                       return word.end <= place.begin ||
                              word.begin >= place.end ||
                              vocabulary.HasWord(passage.Characters(word));
                     });
}

struct TermFind {
  const SearchTerm* term = nullptr;
  Evidence evidence;
};

Evidence MakeEvidence(const SearchTerm& term, const Place& place,
                      const Passage& passage,
                      const BenignVocabulary& vocabulary) {
  double score = term.score - kScorePerError * place.distance;
  if (place.part_of_word) score = std::min(score, kPartOfWordScore);
  if (term.category == Category::kPersonName &&
      IsHarmless(place, passage, vocabulary)) {
    score = std::min(score, kAmbiguousNameScore);
  }
  return {term.category, score, term.attribute,
          passage.FoldedPlace(place.begin),
          passage.FoldedPlace(place.end - 1) + 1};
}

bool Overlap(const Evidence& a, const Evidence& b) {
  return a.begin < b.end && b.begin < a.end;
}

// Whether a different part of the same name stands elsewhere in the passage.
bool HasSecondPart(const TermFind& find, const std::vector<TermFind>& finds) {
  return std::any_of(finds.begin(), finds.end(), [&](const TermFind& other) {
    return find.term->name >= 0 && other.term->name == find.term->name &&
           other.term->attribute == find.term->attribute &&
           other.term->characters != find.term->characters &&
           !Overlap(other.evidence, find.evidence);
  });
}

// The score of a part of a name whose other part is there too.
double ScoreOfTwoParts(const Evidence& evidence) {
  const double base = std::max(evidence.score, kPartOfWordScore);
  return base + (1 - base) * kSecondPartGain;
}

// Adds the header's dates that `found` can mean.
void AddKnownDates(const HeaderTerms& terms, const FoundDate& found,
                   std::vector<Evidence>& evidence) {
  for (const HeaderDate& known : terms.dates) {
    const auto& meanings = found.meanings;
    if (std::find(meanings.begin(), meanings.end(), known.date) !=
        meanings.end()) {
      evidence.push_back({Category::kDate, known.score, known.attribute,
                          found.begin, found.end});
    }
  }
}

}  // namespace

std::vector<Evidence> FindTerms(const HeaderTerms& terms,
                                const Passage& passage,
                                const BenignVocabulary& vocabulary) {
  std::vector<TermFind> finds;
  for (const SearchTerm& term : terms.terms) {
    const std::optional<Place> place = Find(term, passage, vocabulary);
    if (!place) continue;
    if (term.category == Category::kInstitution &&
        IsHarmless(*place, passage, vocabulary)) {
      continue;
    }
    finds.push_back({&term, MakeEvidence(term, *place, passage, vocabulary)});
  }
  std::vector<Evidence> evidence;
  for (const TermFind& find : finds) {
    evidence.push_back(find.evidence);
    if (HasSecondPart(find, finds)) {
      evidence.back().score = ScoreOfTwoParts(find.evidence);
    }
  }
  return evidence;
}

std::vector<Evidence> FindDates(const HeaderTerms& terms,
                                const Passage& passage,
                                const DateFinder& finder) {
  std::vector<Evidence> evidence;
  const auto search = [&](std::string_view text) {
    for (const FoundDate& date : finder.Find(text)) {
      evidence.push_back(
          {Category::kDate, kBareDateScore, "", date.begin, date.end});
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
