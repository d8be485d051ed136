// Looks for the header's identifiers in a passage of text.
#ifndef BURNTIN_DETECTOR_PHI_HEADER_EVIDENCE_H_
#define BURNTIN_DETECTOR_PHI_HEADER_EVIDENCE_H_

#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/dates.h"
#include "detector/phi/evidence.h"
#include "detector/phi/header_identifiers.h"
#include "detector/phi/passage.h"
#include "detector/phi/text_shape.h"

namespace burntin {

// The best find of each term. Its score falls with the number of finds that
// are as good and expected by chance in all text of the plane, whose shape is
// `shape`. A name that is also a word of the vocabulary, as in "HEAD", is weak
// evidence; so is a short name, unless another part of the name stands in the
// same passage. An age strengthens what stands beside it.
std::vector<Evidence> FindTerms(const HeaderTerms& terms,
                                const Passage& passage, const TextShape& shape,
                                const BenignVocabulary& vocabulary);

// Every date in the passage; those of the header with its keyword.
std::vector<Evidence> FindDates(const HeaderTerms& terms,
                                const Passage& passage,
                                const DateFinder& finder);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_HEADER_EVIDENCE_H_
