// Turns what the header says about people into terms to look for.
#ifndef BURNTIN_DETECTOR_PHI_HEADER_IDENTIFIERS_H_
#define BURNTIN_DETECTOR_PHI_HEADER_IDENTIFIERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "detector/base/header.h"
#include "detector/base/region.h"
#include "detector/phi/dates.h"
#include "detector/phi/normalize.h"

namespace burntin {

// How a term must stand in a text to be found.
enum class Placement {
  kWholeWord,  // exactly, as a word of its own
  kWord,       // as a word or a few words, or at a word's start or end
  kAnywhere,   // within any run of letters and digits
};

// A run of letters and digits to look for; folded and compact.
struct SearchTerm {
  std::string characters;
  Placement placement = Placement::kAnywhere;
  double limit = 0;  // the greatest tolerant distance of a find
  Category category = Category::kIdentifier;
  // When found without any error, and not by chance. 0: no evidence alone.
  double score = 0;
  std::string attribute;  // keyword
  // Parts of one name share a number; -1 for terms that are no part of a
  // name. Finding two different parts is stronger than finding one.
  int name = -1;
  // Many people share it, as an age; it makes other evidence beside it
  // stronger.
  bool supports = false;
};

struct HeaderDate {
  CalendarDate date;
  double score = 0;
  std::string attribute;
};

struct HeaderTerms {
  std::vector<SearchTerm> terms;
  std::vector<HeaderDate> dates;
  // False where the header says more than is looked for: the bounds below.
  bool is_complete = true;
};

// The terms of every identifier in `header`. Values that stand for "no value"
// (IsPlaceholder) give none: text that repeats them is left to the vocabulary,
// which does not hold them. A header cannot make this slow: there are at most
// `kMostTerms` terms of `kMostTermCharacters` characters together, and what
// exceeds them leaves the terms incomplete; so does a name or an identifier of
// more than 768 bytes, of which the first count. Longer text of other kinds is
// looked for word by word. Of a name's words the first eight are also looked
// for in all their orders without a blank. Terms of the patient come first in a
// header.
inline constexpr size_t kMostTerms = 4096;
inline constexpr size_t kMostTermCharacters = 1 << 15;
HeaderTerms TermsOf(const Header& header, const TextFolder& folder);

// Whether a folded, compact value stands for an absent one: "ANONYMOUS",
// "UNKNOWN", "0000".
bool IsPlaceholder(std::string_view compact);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_HEADER_IDENTIFIERS_H_
