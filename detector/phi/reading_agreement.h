// Whether several readings of one place say the same. Only where they do can a
// text be shown to be harmless.
#ifndef BURNTIN_DETECTOR_PHI_READING_AGREEMENT_H_
#define BURNTIN_DETECTOR_PHI_READING_AGREEMENT_H_

#include <string>

namespace burntin {

// A reading below this confidence is doubtful: it may show a person, but
// never that there is none.
inline constexpr double kLegibleConfidence = 0.5;

// A folded text and how sure its reader is, [0, 1] or NaN. Valid only while
// the text lives.
struct FoldedReading {
  const std::string& text;
  double confidence = 0;

  bool IsLegible() const { return confidence >= kLegibleConfidence; }
};

// Whether `other` says something, and something else than `benign`, which is
// legible: it is neither that text misread, nor a part of it that another box
// cut off, nor what a reader made of it that could not read it.
bool SaysOtherwise(const FoldedReading& other, const FoldedReading& benign);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_READING_AGREEMENT_H_
