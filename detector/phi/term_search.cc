#include "detector/phi/term_search.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "detector/phi/chance_matches.h"
#include "detector/phi/confusions.h"
#include "detector/phi/normalize.h"
#include "detector/phi/tolerant_distance.h"

namespace burntin {
namespace {

using Fit = FoundPlace::Fit;

// More parts than this of one identifier are not put together.
constexpr int kMostWordsJoined = 3;

bool IsAllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), IsDigit);
}

int LargestRunOfWords(const SearchTerm& term) {
  if (term.placement == Placement::kWholeWord && term.name >= 0) return 1;
  return kMostWordsJoined;
}

void KeepBetter(std::optional<FoundPlace>& best, const FoundPlace& candidate) {
  if (!best || candidate.distance < best->distance) best = candidate;
}

// Whether nothing but `joints` parts the words of `run`. Numbers with anything
// else between them are neighbours by chance.
bool IsJoinedBy(std::string_view joints, const Passage& passage,
                const Passage::Word& run) {
  const int begin = passage.FoldedPlace(run.begin);
  const int end = passage.FoldedPlace(run.end - 1) + 1;
  const std::string_view text =
      std::string_view(passage.folded()).substr(begin, end - begin);
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return IsWordCharacter(c) || joints.find(c) != std::string_view::npos;
  });
}

// The greatest distance at which a single word is the term. A short name is
// given no slack, except for a digit in the place of a letter.
double LimitForWord(const SearchTerm& term, std::string_view word) {
  const bool has_digit = std::any_of(word.begin(), word.end(), IsDigit);
  return term.placement == Placement::kWholeWord && !term.supports &&
                 has_digit && word.size() == term.characters.size() &&
                 word.size() > 2
             ? kLookalikeCost
             : term.limit;
}

// Finds the term as one word, or as neighbouring words put together.
std::optional<FoundPlace> FindAsWords(const SearchTerm& term,
                                      const Passage& passage) {
  std::optional<FoundPlace> best;
  const auto& words = passage.words();
  const int length = static_cast<int>(term.characters.size());
  const int most = LargestRunOfWords(term);
  const bool all_digits = IsAllDigits(term.characters);
  const std::string_view joints = term.supports ? "-:." : "-";
  for (size_t first = 0; first < words.size(); ++first) {
    for (int count = 1; count <= most && first + count <= words.size();
         ++count) {
      const Passage::Word run{words[first].begin, words[first + count - 1].end};
      if (run.end - run.begin > length + 2) break;
      if (run.end - run.begin < length - 2) continue;
      if (all_digits && !IsJoinedBy(joints, passage, run)) continue;
      const std::string_view characters = passage.Characters(run);
      const double limit = count == 1 ? LimitForWord(term, characters)
                                      : std::min(term.limit, kLookalikeCost);
      const std::optional<double> distance =
          TolerantDistanceWithin(term.characters, characters, limit);
      if (!distance) continue;
      KeepBetter(best, {*distance, run.begin, run.end,
                        count == 1 ? Fit::kOneWord : Fit::kSomeWords});
    }
  }
  return best;
}

// Finds the term at the start or the end of a longer word.
std::optional<FoundPlace> FindInWord(const SearchTerm& term,
                                     const Passage& passage,
                                     const IsHarmless& is_harmless) {
  const int length = static_cast<int>(term.characters.size());
  for (const Passage::Word& word : passage.words()) {
    if (word.end - word.begin <= length) continue;
    for (const int begin : {word.begin, word.end - length}) {
      const std::string_view part =
          std::string_view(passage.compact()).substr(begin, length);
      // The vocabulary is asked last, for that takes longest.
      if (part == term.characters && !is_harmless(passage.Characters(word))) {
        return FoundPlace{0, begin, begin + length, Fit::kPartOfWord};
      }
    }
  }
  return std::nullopt;
}

int Places(const SearchTerm& term, const FoundPlace& place,
           const TextShape& shape, TextShape::Count count) {
  const int length = static_cast<int>(term.characters.size());
  switch (place.fit) {
    case Fit::kWithinText:
      return shape.Characters(count);
    case Fit::kOneWord: {
      // Lost and added characters, and pairs read as one.
      const int slack =
          place.distance > 0 ? 1 + static_cast<int>(place.distance) : 0;
      return shape.Words(length - slack, length + slack, count);
    }
    case Fit::kSomeWords:
      return shape.Words(count);
    case Fit::kPartOfWord:
      return 2 * shape.Words(length + 1, TextShape::kLongest, count);
  }
  return shape.Characters(count);
}

}  // namespace

std::optional<FoundPlace> FindTerm(const SearchTerm& term,
                                   const Passage& passage,
                                   const IsHarmless& is_harmless) {
  if (term.placement == Placement::kAnywhere) {
    const std::optional<TolerantHit> hit =
        TolerantFind(term.characters, passage.compact(), term.limit);
    if (!hit) return std::nullopt;
    return FoundPlace{hit->distance, hit->begin, hit->end, Fit::kWithinText};
  }
  const std::optional<FoundPlace> place = FindAsWords(term, passage);
  if (place || term.placement == Placement::kWholeWord ||
      IsAllDigits(term.characters)) {
    return place;
  }
  return FindInWord(term, passage, is_harmless);
}

double ExpectedByChance(const SearchTerm& term, const FoundPlace& place,
                        const TextShape& shape, TextShape::Count count) {
  const int places = std::max(1, Places(term, place, shape, count));
  return places * ChanceAtOnePlace(term.characters, place.distance);
}

}  // namespace burntin
