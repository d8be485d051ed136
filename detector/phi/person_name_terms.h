// The ways in which a DICOM person name may be written on an image.
#ifndef BURNTIN_DETECTOR_PHI_PERSON_NAME_TERMS_H_
#define BURNTIN_DETECTOR_PHI_PERSON_NAME_TERMS_H_

#include <string>
#include <string_view>
#include <vector>

namespace burntin {

// One way, folded and compact.
struct NameSpelling {
  enum class Kind {
    kPart,       // one word, or a family name with its particles: "VANDYKE"
    kParts,      // two words without a blank: "JANEDOE"
    kInitialled  // one word and the others' initials: "DOEJ", "JMDOE"
  };
  std::string characters;
  Kind kind = Kind::kPart;
};

// The groups of a folded person name: alphabetic, ideographic and phonetic
// (PS3.5 section 6.2).
std::vector<std::string_view> NameGroups(std::string_view folded);

// The spellings of one group, whose components '^' parts. Titles and particles
// are left out unless a family or a given name has nothing else, as in
// "LE^VAN". Only the first eight words are joined with one another.
std::vector<NameSpelling> SpellingsOfName(std::string_view group);

// `folded` parted at `separators` into compact words; none is empty.
std::vector<std::string> SplitIntoWords(std::string_view folded,
                                        std::string_view separators);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_PERSON_NAME_TERMS_H_
