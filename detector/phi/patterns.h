// Signs of a person that need no header: labelled fields, national numbers and
// others in the shape of identifiers, ages, addresses, places that look after
// people, names, and the usual ways to write them.
#ifndef BURNTIN_DETECTOR_PHI_PATTERNS_H_
#define BURNTIN_DETECTOR_PHI_PATTERNS_H_

#include <memory>
#include <string_view>
#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/dates.h"
#include "detector/phi/evidence.h"

namespace burntin {

// Immutable once made, so any number of threads may use one object.
class PatternFinder {
 public:
  PatternFinder();
  ~PatternFinder();

  // The signs in a folded text. What looks like a name but consists of words
  // of `vocabulary` is none, unless it stands behind a label; nor is a number
  // that `dates` reads as a date.
  std::vector<Evidence> Find(std::string_view folded,
                             const BenignVocabulary& vocabulary,
                             const DateFinder& dates) const;

  // The full names alone that PersonNames finds, held back to weak evidence:
  // for lines that may have nothing to do with one another.
  std::vector<Evidence> FindFullNames(std::string_view folded,
                                      const BenignVocabulary& vocabulary) const;

  // The vocabulary without the words of a site.
  const BenignVocabulary& built_in() const;

  // Whether letters are a listed name, a word of everyday use or not.
  bool KnowsName(std::string_view letters) const;

 private:
  struct Patterns;
  std::unique_ptr<const Patterns> patterns_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_PATTERNS_H_
