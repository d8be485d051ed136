// The form of benign_vocabulary.txt and of a site's own vocabulary.
#ifndef BURNTIN_DETECTOR_PHI_VOCABULARY_TEXT_H_
#define BURNTIN_DETECTOR_PHI_VOCABULARY_TEXT_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace burntin {

enum class VocabularySection { kWords, kNames, kPhrases, kUnits, kTokens };

struct VocabularyEntry {
  VocabularySection section = VocabularySection::kWords;
  std::string_view text;  // within the text that was read
  int line = 0;           // from 1
};

// The entries of a text; those before any section are words. What stands in
// brackets but is no section counts as an entry.
std::vector<VocabularyEntry> ReadVocabulary(std::string_view text);

// Refuses, with INVALID_ARGUMENT and the number of the line, what is likely to
// be a mistake: an unknown section, an entry before the first section, an
// entry with other than upper-case ASCII letters (in [units] also digits), a
// phrase that is not two words with a hyphen, and a token that is no RE2
// expression or that matches names, dates or long numbers. Does not repeat the
// line, for nobody knows what it holds.
absl::Status CheckVocabulary(std::string_view text);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_VOCABULARY_TEXT_H_
