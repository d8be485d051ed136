// Words that are known to say nothing about a person, and the rule by which a
// text may be made of them.
#ifndef BURNTIN_DETECTOR_PHI_BENIGN_VOCABULARY_H_
#define BURNTIN_DETECTOR_PHI_BENIGN_VOCABULARY_H_

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"

namespace burntin {

// The text of benign_vocabulary.txt, whose head describes its form.
std::string_view BuiltInBenignVocabulary();

// Immutable once made, so any number of threads may use one object.
class BenignVocabulary {
 public:
  // `text` has the form of benign_vocabulary.txt. Nothing is refused: for text
  // that a site wrote use `ForSite`.
  explicit BenignVocabulary(std::string_view text);
  ~BenignVocabulary();
  BenignVocabulary(BenignVocabulary&&) noexcept;
  BenignVocabulary& operator=(BenignVocabulary&&) noexcept;

  // The built-in vocabulary with that of a site, which may be empty. Refuses
  // what `CheckVocabulary` (vocabulary_text.h) refuses.
  static absl::StatusOr<BenignVocabulary> ForSite(std::string_view site_text);

  // Whether all of a folded text is made of the vocabulary's words, of short
  // numbers with or without units, and of punctuation between them. False for
  // a text without any letter or digit. Lost blanks are forgiven between
  // words of four letters and more; of three where all are nine together; not
  // between words of [names] alone. More than two letters in a row that stand
  // alone are not covered, for they may spell a word. A row of numbers with
  // more than five digits in all, fractions and tokens included, must be a
  // scale (scales.h). Two words of the section
  // [names] and nothing else are not covered, unless they are one of
  // [phrases]; nor is "WORD, WORD", an age with a sex,
  // as in "67 F", or a month with its year.
  bool Covers(std::string_view folded) const;

  // Whether a text may tell a person although words of the vocabulary make it
  // up: what [names] and "WORD, WORD" say above, a year, a day with a month,
  // an age with a sex.
  bool MayTellPerson(std::string_view folded) const;

  // The same as Covers for the text's words alone, whatever stands between
  // them.
  bool CoversWords(std::string_view folded) const;

  // Whether a text is not covered for what [names] and "WORD, WORD" say above.
  bool MayBeName(std::string_view folded) const;

  // Whether a text has words of two letters or more, all of them of [names].
  bool HasOnlyNames(std::string_view folded) const;

  // Whether these letters are one word of the vocabulary, or several without
  // blanks between them, as above.
  bool HasWord(std::string_view letters) const;

 private:
  struct Words;
  class Reader;
  std::unique_ptr<const Words> words_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_BENIGN_VOCABULARY_H_
