// Fields with a label: "NAME: ...", "GEB. ...", "PATIENT ID ...". What follows
// such a label tells who somebody is, whatever its shape.
#ifndef BURNTIN_DETECTOR_PHI_FIELD_LABELS_H_
#define BURNTIN_DETECTOR_PHI_FIELD_LABELS_H_

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/evidence.h"

namespace burntin {

// The text of field_labels.txt, whose head describes its form.
std::string_view BuiltInFieldLabels();

// Immutable once made, so any number of threads may use one object.
class FieldLabels {
 public:
  // `text` has the form of field_labels.txt; lines under an unknown section
  // are passed over.
  explicit FieldLabels(std::string_view text);

  // The values of the labels in a folded text. A label is known by its word
  // characters, with 0 for O, 1 or L for I, 5 for S and 8 for B. A value ends
  // before the next label. A value of words that are harmless by `built_in` is
  // none, for a preset may have a name; nor is one too short for its field. But
  // where the vocabulary that is used, perhaps with words and tokens of a site,
  // would clear the label or the whole text, every value counts that is not
  // made of long words of `built_in` which nobody is called by: so no site can
  // make a labelled field harmless.
  std::vector<Evidence> Find(std::string_view folded,
                             const BenignVocabulary& built_in,
                             const BenignVocabulary& used) const;

 private:
  enum class Field {
    kName,
    kBirth,
    kIdentifier,
    kSex,
    kAge,
    kPerson,
    kInstitution,
    kContact
  };
  struct Label {
    Field field = Field::kName;
    bool needs_mark = false;  // a colon or its like
  };
  // Characters [begin, end) of a text.
  struct Span {
    int begin = 0;
    int end = 0;
  };
  // A label in a text, and what follows it.
  struct Found {
    Label label;
    int begin = 0;
    int end = 0;  // of the label
    int value_begin = 0;
  };

  static std::optional<Field> FieldOf(std::string_view section);
  // The words of a text, and the longest label that begins with word `first`.
  static std::vector<Span> WordsOf(std::string_view folded);
  std::optional<Found> LabelAt(std::string_view folded,
                               const std::vector<Span>& words,
                               size_t first) const;
  static std::optional<Evidence> Value(std::string_view folded,
                                       const Found& found, int end,
                                       const BenignVocabulary& vocabulary);
  // The same where nothing else would hold the text.
  static std::optional<Evidence> ClearedValue(std::string_view folded,
                                              const Found& found, int end,
                                              const BenignVocabulary& built_in);

  std::unordered_map<std::string, Label> labels_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_FIELD_LABELS_H_
