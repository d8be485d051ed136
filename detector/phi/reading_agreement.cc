#include "detector/phi/reading_agreement.h"

#include <algorithm>

#include "detector/phi/normalize.h"
#include "detector/phi/tolerant_distance.h"

namespace burntin {
namespace {

// A doubtful reading with fewer letters or less confidence contradicts nobody.
constexpr double kContradictingConfidence = 0.3;
constexpr int kContradictingLetters = 4;
// A reading is the same text as one that is benign, or a part of it that
// another box cut off, if it is hardly surer and differs from its place there
// by at most so many characters for each of its own. It may be longer by what
// an edge reads as, not by a word.
constexpr double kSurer = 0.05;
constexpr size_t kMostMore = 1;
constexpr double kSameTextShare = 0.25;
constexpr double kMostSlips = 3;
// One character too many or too few, or one in a text with digits, is always
// forgiven if the benign reading is surer by far.
constexpr double kOneSlip = 1;
constexpr double kSureForOneSlip = 0.95;
// So few characters say nothing against a benign reading that is this sure: two
// characters name nobody.
constexpr size_t kFewCharacters = 2;
constexpr double kSureOfFew = 0.9;
// Nor does a reading below this against a benign one of so many characters that
// is surer still: then one recogniser read the text and the other could not.
constexpr double kFailedConfidence = 0.6;
constexpr size_t kManyCharacters = 4;
constexpr double kSureOfMany = 0.95;

// Whether a doubtful reading says enough to contradict.
bool SaysEnough(const FoldedReading& doubtful) {
  const auto letters =
      std::count_if(doubtful.text.begin(), doubtful.text.end(),
                    [](char c) { return IsLetter(c) || c == kForeignLetter; });
  return doubtful.confidence >= kContradictingConfidence &&
         letters >= kContradictingLetters;
}

// Whether `other` is a failed reading of the text that `benign` is.
bool IsSameText(const FoldedReading& other, const FoldedReading& benign) {
  if (other.confidence > benign.confidence + kSurer) return false;
  const std::string misread = Compact(other.text);
  const std::string whole = Compact(benign.text);
  if (misread.size() <= kFewCharacters) {
    return benign.confidence >= kSureOfFew;
  }
  if (other.confidence < kFailedConfidence && whole.size() >= kManyCharacters &&
      benign.confidence >= kSureOfMany) {
    return true;
  }
  if (misread.size() > whole.size() + kMostMore) return false;
  double slips = std::min(kMostSlips,
                          kSameTextShare * static_cast<double>(misread.size()));
  const bool is_word = std::all_of(misread.begin(), misread.end(), IsLetter);
  if ((!is_word || misread.size() != whole.size()) &&
      benign.confidence >= kSureForOneSlip &&
      other.confidence <= benign.confidence - kSurer) {
    slips = std::max(slips, kOneSlip);
  }
  return TolerantFind(misread, whole, slips).has_value();
}

}  // namespace

bool SaysOtherwise(const FoldedReading& other, const FoldedReading& benign) {
  return (other.IsLegible() || SaysEnough(other)) && !IsSameText(other, benign);
}

}  // namespace burntin
