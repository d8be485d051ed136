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

// The functions below take compact texts.

// Whether two differ by so little that they may be one text misread twice.
bool AreAlike(const std::string& one, const std::string& other);

// The digits of a text.
std::string DigitsOf(const std::string& compact);

// Whether a sign may be what an edge beside a text reads as.
bool IsEdge(char c);

// Whether `other` is `benign` but for slips that readers make however sure they
// are: characters that look alike, at most one in four and one in all that is
// no near likeness; a sign in the place of a character, for one that the reader
// does not know; one letter lost from a word of six; or one sign before or
// behind it that an edge reads as.
bool DiffersBySlips(const std::string& other, const std::string& benign);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_PHI_READING_AGREEMENT_H_
