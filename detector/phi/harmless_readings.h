// Whether what the recognisers made of one region shows that its text is
// harmless, and which reading shows it.
#ifndef BURNTIN_DETECTOR_PHI_HARMLESS_READINGS_H_
#define BURNTIN_DETECTOR_PHI_HARMLESS_READINGS_H_

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detector/base/region.h"
#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/reading_agreement.h"

namespace burntin {

// One region's readings, folded.
struct FoldedRegion {
  struct Alternative {
    std::string text;
    double share = 0;  // as in burntin::Alternative
  };

  std::vector<std::string> texts;
  // Of texts; 0 where nothing was read.
  std::vector<double> confidences;
  // Of texts: what else their readers found possible. May be shorter.
  std::vector<std::vector<Alternative>> alternatives;

  // The reading of recogniser `variant`, or the last one there is.
  int Reading(int variant) const {
    return std::min(variant, static_cast<int>(texts.size()) - 1);
  }
  FoldedReading At(size_t reading) const {
    return {texts[reading], confidences[reading]};
  }
};

// Whether letters are a word that people are called by, everyday words among
// them.
using IsListedName = std::function<bool(std::string_view letters)>;

// Immutable, so any number of threads may use one object.
//
// A region is harmless where a legible reading that can fill its box is
// harmless, the surest of those, and no other contradicts it. A reading is
// harmless where the vocabulary covers it, or the built-in one would but for
// one sign at an end that an edge reads as, in a line that holds a number. Of
// the others does not contradict
//
//   - one that is harmless itself, or says the same (SaysOtherwise);
//   - one that differs by slips alone (DiffersBySlips), however sure it is, if
//     the harmless one is sure enough and no word in which they differ is a
//     name: of "BEAM" and "BEAN" nobody knows which is right;
//   - one that shows the same number of two to four digits and at most three
//     letters, if the harmless one is sure;
//   - one of at most four characters that is unsure, in a box too short for
//     more, if the harmless one is next to certain;
//   - one that two recognisers outvote, who read the same, or harmless texts
//     that are alike, unless it is as sure as they are. Two characters, which
//     name nobody, are outvoted however sure they are.
//
// What may tell a person by its shape (MayTellPerson) always contradicts,
// unless two outvote it who are very sure, and its reader finds their text
// possible.
class HarmlessReadings {
 public:
  // The vocabularies must outlive the object. `built_in` has no words of a
  // site: behind an edge no label of a field is known, which could make text
  // with such words a person's.
  HarmlessReadings(const BenignVocabulary& vocabulary,
                   const BenignVocabulary& built_in, IsListedName is_name)
      : vocabulary_(vocabulary),
        built_in_(built_in),
        is_name_(std::move(is_name)) {}

  struct Ruling {
    int harmless = -1;  // the reading that could show it; -1: none does
    int against = -1;   // the first that speaks against it; -1: none does
  };
  // `folded` are the readings of `region`. Without a harmless reading, any
  // legible one that the vocabulary does not cover speaks against it.
  Ruling Judge(const TextRegion& region, const FoldedRegion& folded) const;

  // Whether two recognisers are next to certain of the same harmless text.
  bool IsSettled(const TextRegion& region, const FoldedRegion& folded) const;

 private:
  bool IsHarmless(std::string_view folded) const;
  // Whether the built-in vocabulary covers all but the first or the last sign.
  bool IsHarmlessButForEdge(std::string_view folded) const;
  int SurestHarmless(const TextRegion& region,
                     const FoldedRegion& folded) const;
  bool IsSeconded(const TextRegion& region, const FoldedRegion& folded,
                  int harmless) const;
  // Whether reading `other` does.
  bool Contradicts(const TextRegion& region, const FoldedRegion& folded,
                   size_t other, const FoldedReading& harmless) const;
  // Whether `other` may be `harmless` misread: neither could be a name, and
  // `harmless` is sure enough.
  bool MayBeMisread(const FoldedReading& other,
                    const FoldedReading& harmless) const;
  // Whether the reader of `other` finds `harmless` possible, or a harmless text
  // that is much like it.
  bool FindsPossible(const FoldedRegion& folded, size_t other,
                     const FoldedReading& harmless) const;
  // Whether a word of the text is a name, or a word of [names].
  bool HoldsName(std::string_view folded) const;

  const BenignVocabulary& vocabulary_;
  const BenignVocabulary& built_in_;
  IsListedName is_name_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_HARMLESS_READINGS_H_
