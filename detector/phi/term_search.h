// Finds a term of the header in a passage, with the errors that recognisers
// make.
#ifndef BURNTIN_DETECTOR_PHI_TERM_SEARCH_H_
#define BURNTIN_DETECTOR_PHI_TERM_SEARCH_H_

#include <functional>
#include <optional>
#include <string_view>

#include "detector/phi/header_identifiers.h"
#include "detector/phi/passage.h"
#include "detector/phi/text_shape.h"

namespace burntin {

// Characters [begin, end) of a passage's compact text.
struct FoundPlace {
  enum class Fit {
    kWithinText,  // anywhere in a run of characters
    kOneWord,
    kSomeWords,   // neighbouring words put together
    kPartOfWord,  // one end of a longer word
  };
  double distance = 0;
  int begin = 0;
  int end = 0;
  Fit fit = Fit::kWithinText;
};

// Whether the vocabulary covers a word, as BenignVocabulary::Covers says.
using IsHarmless = std::function<bool(std::string_view word)>;

// The place that is most like the term, as its placement and limit allow. A
// part of a harmless word is none. Time grows with the passage's length;
// `is_harmless` is asked about words alone that begin or end with the term.
std::optional<FoundPlace> FindTerm(const SearchTerm& term,
                                   const Passage& passage,
                                   const IsHarmless& is_harmless);

// How many finds that are as good are expected by chance in a text of that
// shape (chance_matches.h): where a word could be the term, or any character
// could start it.
double ExpectedByChance(const SearchTerm& term, const FoundPlace& place,
                        const TextShape& shape, TextShape::Count count);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_TERM_SEARCH_H_
