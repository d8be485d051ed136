#include "detector/phi/reading_agreement.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "detector/phi/normalize.h"
#include "detector/phi/tolerant_distance.h"

namespace burntin {
namespace {

// A doubtful reading with fewer letters or less confidence contradicts nobody.
constexpr double kContradictingConfidence = 0.3;
constexpr int kContradictingLetters = 4;
// A reading is the same text as one that is benign, or a part of it that
// another box cut off, if it is no surer and differs from its place there by at
// most so many characters for each of its own.
constexpr double kSameTextShare = 0.25;
constexpr double kMostSlips = 3;
// A short word with another letter is another word: only letters that look
// alike may differ.
constexpr size_t kShortWord = 6;
constexpr double kLookalikesOnly = 0.99;
// It may be longer by one letter, which an edge reads as, if there are others
// and the benign reading is sure, and surer by this. A digit more is another
// number.
constexpr double kSurer = 0.05;
constexpr double kSureOfLess = 0.9;
// So few characters say nothing against a benign reading that is this sure: two
// characters name nobody.
constexpr size_t kFewCharacters = 2;
constexpr double kSureOfFew = 0.9;
// Nor does a doubtful reading that is no longer, against a benign one of so
// many characters that is this sure: one recogniser read the text, the other
// could not.
constexpr size_t kManyCharacters = 4;
constexpr double kSureOfMany = 0.95;
// What frames, rings and strokes beside a text read as.
constexpr std::string_view kEdges = "DOQCILJT~";

// Whether a doubtful reading says enough to contradict.
bool SaysEnough(const FoldedReading& doubtful) {
  const auto letters =
      std::count_if(doubtful.text.begin(), doubtful.text.end(),
                    [](char c) { return IsLetter(c) || c == kForeignLetter; });
  return doubtful.confidence >= kContradictingConfidence &&
         letters >= kContradictingLetters;
}

bool IsWord(const std::string& compact) {
  return std::all_of(compact.begin(), compact.end(), IsLetter);
}

// The most that may differ for `misread` to be `whole`, or a part of it.
double MostSlips(const std::string& misread, const std::string& whole) {
  const double share = std::min(
      kMostSlips, kSameTextShare * static_cast<double>(misread.size()));
  const bool is_other_word = IsWord(misread) &&
                             misread.size() == whole.size() &&
                             misread.size() <= kShortWord;
  return is_other_word ? std::min(share, kLookalikesOnly) : share;
}

// Whether `misread` is `whole` and one letter that an edge reads as.
bool IsLongerByAnEdge(const std::string& misread, const std::string& whole) {
  const std::string digits = DigitsOf(misread);
  return misread.size() == whole.size() + 1 && digits == DigitsOf(whole) &&
         misread.size() > digits.size() + kFewCharacters &&
         TolerantFind(misread, whole, 1).has_value();
}

// Whether `other` is a failed reading of the text that `benign` is.
bool IsSameText(const FoldedReading& other, const FoldedReading& benign) {
  const std::string misread = Compact(other.text);
  const std::string whole = Compact(benign.text);
  if (misread.size() <= kFewCharacters) {
    return benign.confidence >= kSureOfFew;
  }
  if (whole.find(misread) != std::string::npos) return true;
  if (other.confidence > benign.confidence) return false;
  if (misread.size() > whole.size()) {
    return benign.confidence >= kSureOfLess &&
           other.confidence <= benign.confidence - kSurer &&
           IsLongerByAnEdge(misread, whole);
  }
  if (!other.IsLegible() && whole.size() >= kManyCharacters &&
      benign.confidence >= kSureOfMany) {
    return true;
  }
  return TolerantFind(misread, whole, MostSlips(misread, whole)).has_value();
}

// Whether the exchange of characters that look alike makes one of the other.
bool LooksLike(const std::string& one, const std::string& other) {
  const double limit = std::min(
      kLookalikesOnly, kSameTextShare * static_cast<double>(other.size()));
  return one.size() == other.size() &&
         TolerantDistanceWithin(one, other, limit).has_value();
}

// `text` with the character of `whole` in the place of its first sign that
// stands for no known character.
std::string WithUnknownFrom(std::string text, const std::string& whole) {
  const size_t unknown = text.find(kForeignLetter);
  if (unknown != std::string::npos) text[unknown] = whole[unknown];
  return text;
}

// Whether `text` is `whole` without one of its characters.
bool LostOne(const std::string& text, const std::string& whole) {
  const auto at = std::mismatch(text.begin(), text.end(), whole.begin());
  return std::equal(at.first, text.end(), at.second + 1, whole.end());
}

}  // namespace

bool SaysOtherwise(const FoldedReading& other, const FoldedReading& benign) {
  return (other.IsLegible() || SaysEnough(other)) && !IsSameText(other, benign);
}

bool AreAlike(const std::string& one, const std::string& other) {
  const double longer = static_cast<double>(std::max(one.size(), other.size()));
  return TolerantDistanceWithin(one, other,
                                std::min(kMostSlips, kSameTextShare * longer))
      .has_value();
}

std::string DigitsOf(const std::string& compact) {
  std::string digits;
  std::copy_if(compact.begin(), compact.end(), std::back_inserter(digits),
               IsDigit);
  return digits;
}

bool IsEdge(char c) { return kEdges.find(c) != std::string_view::npos; }

bool DiffersBySlips(const std::string& other, const std::string& benign) {
  if (other.size() <= kFewCharacters || benign.size() <= kFewCharacters) {
    return false;
  }
  if (other.size() == benign.size()) {
    return LooksLike(WithUnknownFrom(other, benign), benign);
  }
  if (other.size() == benign.size() + 1) {
    return (IsEdge(other.front()) && LooksLike(other.substr(1), benign)) ||
           (IsEdge(other.back()) &&
            LooksLike(other.substr(0, benign.size()), benign));
  }
  return other.size() + 1 == benign.size() && IsWord(benign) &&
         benign.size() >= kShortWord && LostOne(other, benign);
}

}  // namespace burntin
