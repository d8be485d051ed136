// Looks for the header's identifiers in a passage of text.
#ifndef BURNTIN_DETECTOR_PHI_HEADER_EVIDENCE_H_
#define BURNTIN_DETECTOR_PHI_HEADER_EVIDENCE_H_

#include <vector>

#include "detector/phi/benign_vocabulary.h"
#include "detector/phi/dates.h"
#include "detector/phi/evidence.h"
#include "detector/phi/header_identifiers.h"
#include "detector/phi/passage.h"

namespace burntin {

// The best find of each term. A name that is also a word of the vocabulary,
// as in "HEAD", is weak evidence unless another part of the name stands in
// the same passage.
std::vector<Evidence> FindTerms(const HeaderTerms& terms,
                                const Passage& passage,
                                const BenignVocabulary& vocabulary);

// Every date in the passage; those of the header with its keyword.
std::vector<Evidence> FindDates(const HeaderTerms& terms,
                                const Passage& passage,
                                const DateFinder& finder);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_HEADER_EVIDENCE_H_
