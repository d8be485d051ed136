// Names of persons that no header tells, known from open lists of names.
#ifndef BURNTIN_DETECTOR_PHI_PERSON_NAMES_H_
#define BURNTIN_DETECTOR_PHI_PERSON_NAMES_H_

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/evidence.h"

namespace burntin {

// The text of person_names.txt, whose head names its sources.
std::string_view BuiltInPersonNames();

// Immutable once made, so any number of threads may use one object.
class PersonNames {
 public:
  // `text` has the form of person_names.txt and must outlive the object.
  explicit PersonNames(std::string_view text);

  // Names in a folded text, digits in the place of letters forgiven, and an age
  // behind them. Strong
  // (0.8 and more): two names side by side, with a blank, a comma, a caret or
  // an initial between, unless one is of `vocabulary`, or two of these raise
  // doubts: the first is a word of everyday use, the second is, they are not
  // known as given name and surname; or two with a letter between that readers
  // take a caret for. Weaker: other pairs; the pair without the
  // blank; one name alone; a given name and a surname of the
  // vocabulary that are no words of everyday use. A word of the vocabulary or
  // of everyday use alone is none.
  // Time grows with the text's length.
  std::vector<Evidence> Find(std::string_view folded,
                             const BenignVocabulary& vocabulary) const;

  // Whether letters are a name of the list, of whatever kind.
  bool Has(std::string_view letters) const { return KindOf(letters).IsName(); }

  // How often the list is searched for two names in `length` letters: a bounded
  // number, however many letters there are.
  int JoinedNameLookups(int length) const {
    const Splits splits = SplitsOf(length);
    return std::max(0, splits.last - splits.first + 1) * 3;
  }

 private:
  struct Kind {
    bool is_given = false;
    bool is_surname = false;
    bool is_ordinary = false;

    bool IsName() const { return is_given || is_surname; }
  };
  // A word of a text, which may be a name.
  struct Word {
    Kind kind;
    int begin = 0;
    int end = 0;
    bool is_harmless = false;
    bool is_initial = false;
  };

  Kind KindOf(std::string_view letters) const;
  std::vector<Word> WordsOf(std::string_view folded,
                            const BenignVocabulary& vocabulary) const;
  // The score of two neighbours as a full name; 0 for none.
  static double PairScore(const Word& first, const Word& second);
  // The places at which `length` letters may fall apart into two names: a few,
  // however many letters there are.
  struct Splits {
    int first = 0;
    int last = -1;
  };
  Splits SplitsOf(int length) const;
  // Whether they may be a given name and a surname, one of them no everyday
  // word.
  static bool IsFullName(const Kind& first, const Kind& second);
  // The score of a word alone, or of two names without a blank.
  double WordScore(std::string_view folded, const Word& word) const;

  std::unordered_map<std::string_view, Kind> names_;
  int longest_ = 0;  // letters of the longest name
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_PERSON_NAMES_H_
