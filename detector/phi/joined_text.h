// What the boxes of a line say together, each of which may be harmless alone:
// "RENE" beside "DIXON", "123" beside "456" and "789".
#ifndef BURNTIN_DETECTOR_PHI_JOINED_TEXT_H_
#define BURNTIN_DETECTOR_PHI_JOINED_TEXT_H_

#include <string_view>
#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/evidence.h"
#include "detector/phi/passage.h"

namespace burntin {

// Names that two neighbouring boxes make, and numbers of several boxes of
// six digits and more without a word between them that are no scale. Numbers
// with a fraction are measured values: a row with one and without a year has
// nine digits. All this is weak evidence: it holds a text, but names nobody.
std::vector<Evidence> FindAcrossBoxes(const Passage& passage,
                                      const BenignVocabulary& vocabulary);

// Whether a folded text is nothing but digits and what parts those of a date.
bool IsPartOfDate(std::string_view folded);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_JOINED_TEXT_H_
