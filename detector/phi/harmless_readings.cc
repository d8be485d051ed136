#include "detector/phi/harmless_readings.h"

#include <algorithm>
#include <string>
#include <utility>

#include "detector/phi/normalize.h"

namespace burntin {
namespace {

// What two recognisers must reach to outvote a third, and a reading for the
// slips of surer ones to be known as such.
constexpr double kSecondedConfidence = 0.75;
// The same for a lone word without a number, which a name could be as well.
constexpr double kLoneWordConfidence = 0.85;
// Below this a reading is right in one of five lines at most, and next to this
// in 19 of 20, whoever reads: of 2,000 lines of the generator's train split.
constexpr double kUnsure = 0.7;
constexpr double kNextToCertain = 0.98;
// A box that is at most this much longer than high has room for few characters.
constexpr double kShortBox = 1.5;
constexpr size_t kFewCharacters = 2;
constexpr size_t kManyCharacters = 4;
// What a reader finds this likely, beside what it read, is possible.
constexpr double kPossible = 0.02;
// Beside a number that both read, so few letters of an unsure word name nobody,
// if the harmless reading is this sure. Longer numbers may be somebody's.
constexpr double kSureOfNumber = 0.9;
constexpr size_t kFewLetters = 3;
constexpr size_t kShortestNumber = 2;
constexpr size_t kLongestNumber = 4;
// Two recognisers this sure of the same text leave no room for a third who is
// not sure.
constexpr double kSettled = 0.95;
// Letters of the word that an edge touches; at the end of a line, where units
// stand.
constexpr size_t kShortestBesideEdge = 4;
constexpr size_t kShortestBeforeEdge = 3;

// A line of text is at most this much longer than high, for each character
// that was read, and with a margin. A longer box holds more than was read.
constexpr double kWidestCharacter = 1.6;
constexpr double kWidestMargin = 1.5;

// Along and across the line.
std::pair<double, double> SizeOf(const TextRegion& region) {
  std::pair<double, double> size(region.box.width, region.box.height);
  if (region.orientation == 90 || region.orientation == 270) {
    std::swap(size.first, size.second);
  }
  return size;
}

// Whether so few characters can fill the box.
bool FillsBox(const TextRegion& region, std::string_view folded) {
  const auto [length, height] = SizeOf(region);
  const double characters = static_cast<double>(folded.size());
  return height <= 0 ||
         length <= height * (kWidestCharacter * characters + kWidestMargin);
}

// Calls `visit` with each word of letters.
template <typename Visit>
void ForEachWord(std::string_view folded, const Visit& visit) {
  size_t begin = 0;
  while (begin < folded.size()) {
    size_t end = begin;
    while (end < folded.size() && IsLetter(folded[end])) ++end;
    if (end > begin) visit(folded.substr(begin, end - begin));
    begin = std::max(end, begin + 1);
  }
}

// Whether `other` is a vain attempt at a character or two.
bool IsUnsureOfLittle(const TextRegion& region, const FoldedReading& other,
                      const FoldedReading& harmless) {
  const auto [length, height] = SizeOf(region);
  return harmless.confidence >= kNextToCertain && other.confidence < kUnsure &&
         Compact(other.text).size() <= kManyCharacters &&
         length <= kShortBox * height;
}

// Whether both show the same short number, and `other` few letters with it.
bool DiffersInFewLetters(const std::string& other,
                         const std::string& harmless) {
  const std::string digits = DigitsOf(other);
  return digits.size() >= kShortestNumber && digits.size() <= kLongestNumber &&
         other.size() <= digits.size() + kFewLetters &&
         digits == DigitsOf(harmless);
}

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), IsDigit);
}

bool IsLoneWord(std::string_view folded) {
  int words = 0;
  ForEachWord(folded, [&](std::string_view) { ++words; });
  return words < 2 && !HasDigit(folded);
}

}  // namespace

HarmlessReadings::Ruling HarmlessReadings::Judge(
    const TextRegion& region, const FoldedRegion& folded) const {
  Ruling ruling{.harmless = SurestHarmless(region, folded)};
  if (ruling.harmless >= 0 && IsSeconded(region, folded, ruling.harmless)) {
    return ruling;
  }
  for (size_t i = 0; i < folded.texts.size(); ++i) {
    const FoldedReading reading = folded.At(i);
    const bool is_against =
        ruling.harmless >= 0
            ? Contradicts(region, folded, i, folded.At(ruling.harmless))
            : reading.IsLegible() && !vocabulary_.Covers(reading.text);
    if (is_against) {
      ruling.against = static_cast<int>(i);
      break;
    }
  }
  return ruling;
}

bool HarmlessReadings::IsSettled(const TextRegion& region,
                                 const FoldedRegion& folded) const {
  const size_t count = folded.texts.size();
  for (size_t i = 0; i < count; ++i) {
    if (folded.confidences[i] < kSettled || !IsHarmless(folded.texts[i])) {
      continue;
    }
    for (size_t j = i + 1; j < count; ++j) {
      if (folded.confidences[j] >= kSettled &&
          region.readings[i].recognizer != region.readings[j].recognizer &&
          Compact(folded.texts[i]) == Compact(folded.texts[j])) {
        return true;
      }
    }
  }
  return false;
}

bool HarmlessReadings::IsHarmless(std::string_view folded) const {
  return vocabulary_.Covers(folded) || IsHarmlessButForEdge(folded);
}

bool HarmlessReadings::IsHarmlessButForEdge(std::string_view folded) const {
  if (!HasDigit(folded)) return false;
  const auto holds = [&](std::string_view word, std::string_view rest,
                         std::string_view word_with_edge) {
    return !word.empty() && !HoldsName(word) && !is_name_(word_with_edge) &&
           built_in_.HasWord(word) && built_in_.Covers(rest);
  };
  size_t end = 1;
  while (end < folded.size() && IsLetter(folded[end])) ++end;
  // What the reader knows to be no character needs less beside it.
  const size_t shortest = folded.front() == kForeignLetter
                              ? kShortestBeforeEdge
                              : kShortestBesideEdge;
  if (IsEdge(folded.front()) && end > shortest &&
      holds(folded.substr(1, end - 1), folded.substr(1),
            folded.substr(0, end))) {
    return true;
  }
  size_t begin = folded.size() - 1;
  while (begin > 0 && IsLetter(folded[begin - 1])) --begin;
  const std::string_view last = folded.substr(begin);
  return IsEdge(folded.back()) && last.size() > kShortestBeforeEdge &&
         holds(last.substr(0, last.size() - 1),
               folded.substr(0, folded.size() - 1), last);
}

int HarmlessReadings::SurestHarmless(const TextRegion& region,
                                     const FoldedRegion& folded) const {
  int surest = -1;
  for (size_t i = 0; i < folded.texts.size(); ++i) {
    if (folded.confidences[i] >= kLegibleConfidence &&
        (surest < 0 || folded.confidences[i] > folded.confidences[surest]) &&
        IsHarmless(folded.texts[i]) && FillsBox(region, folded.texts[i])) {
      surest = static_cast<int>(i);
    }
  }
  return surest;
}

bool HarmlessReadings::IsSeconded(const TextRegion& region,
                                  const FoldedRegion& folded,
                                  int harmless) const {
  const std::string text = Compact(folded.texts[harmless]);
  bool is_seconded = false;
  for (size_t i = 0; i < folded.texts.size(); ++i) {
    const FoldedReading reading = folded.At(i);
    const std::string other = Compact(reading.text);
    if (other == text || (IsHarmless(reading.text) && AreAlike(other, text))) {
      is_seconded = is_seconded || (region.readings[i].recognizer !=
                                        region.readings[harmless].recognizer &&
                                    reading.confidence >= kSecondedConfidence);
      continue;
    }
    const bool says_little =
        other.size() <= kFewCharacters && text.size() >= kManyCharacters;
    const bool is_doubted = IsSettled(region, folded) &&
                            !HoldsName(reading.text) &&
                            FindsPossible(folded, i, folded.At(harmless));
    if ((reading.confidence >= folded.confidences[harmless] && !says_little) ||
        (reading.IsLegible() && vocabulary_.MayTellPerson(reading.text) &&
         !is_doubted)) {
      return false;
    }
  }
  return is_seconded;
}

bool HarmlessReadings::Contradicts(const TextRegion& region,
                                   const FoldedRegion& folded, size_t other,
                                   const FoldedReading& harmless) const {
  const FoldedReading reading = folded.At(other);
  if (reading.IsLegible() && vocabulary_.MayTellPerson(reading.text)) {
    return true;
  }
  if (!SaysOtherwise(reading, harmless) || IsHarmless(reading.text) ||
      IsUnsureOfLittle(region, reading, harmless)) {
    return false;
  }
  const std::string text = Compact(reading.text);
  const std::string wanted = Compact(harmless.text);
  if (harmless.confidence >= kSureOfNumber && !HoldsName(reading.text) &&
      text.find(kForeignLetter) == std::string::npos &&
      DiffersInFewLetters(text, wanted)) {
    return false;
  }
  const bool is_slip =
      DiffersBySlips(text, wanted) || FindsPossible(folded, other, harmless);
  return !is_slip || !MayBeMisread(reading, harmless);
}

bool HarmlessReadings::MayBeMisread(const FoldedReading& other,
                                    const FoldedReading& harmless) const {
  const double needed =
      IsLoneWord(harmless.text) ? kLoneWordConfidence : kSecondedConfidence;
  return harmless.confidence >= needed && !HoldsName(other.text) &&
         !vocabulary_.HasOnlyNames(harmless.text);
}

bool HarmlessReadings::FindsPossible(const FoldedRegion& folded, size_t other,
                                     const FoldedReading& harmless) const {
  if (other >= folded.alternatives.size()) return false;
  const std::string wanted = Compact(harmless.text);
  const auto& all = folded.alternatives[other];
  return std::any_of(all.begin(), all.end(), [&](const auto& one) {
    if (one.share < kPossible) return false;
    const std::string text = Compact(one.text);
    return text == wanted || (IsHarmless(one.text) && AreAlike(text, wanted));
  });
}

bool HarmlessReadings::HoldsName(std::string_view folded) const {
  bool holds = false;
  ForEachWord(folded, [&](std::string_view word) {
    holds = holds || (is_name_(word) && !vocabulary_.HasWord(word)) ||
            vocabulary_.HasOnlyNames(word);
  });
  return holds;
}

}  // namespace burntin
