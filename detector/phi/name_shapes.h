// Text that has the shape of a person's name although no list knows its words.
#ifndef BURNTIN_DETECTOR_PHI_NAME_SHAPES_H_
#define BURNTIN_DETECTOR_PHI_NAME_SHAPES_H_

#include <string_view>
#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/evidence.h"

namespace burntin {

// The signs in a folded text. Strong (0.85): components that a caret parts,
// as DICOM writes names (PS3.5 section 6.2.1). Weaker (0.75): a text that is
// nothing but two to four words, or one word with a title or an initial, as in
// "DR STEINWIESER" and "STEINWIESER, H.". No word of `vocabulary` and none that
// institutions share may be among them; titles and particles do not count.
std::vector<Evidence> FindNameShapes(std::string_view folded,
                                     const BenignVocabulary& vocabulary);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_NAME_SHAPES_H_
