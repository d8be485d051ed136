#include "detector/text/text_evidence.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace burntin {
namespace {

// The thresholds were chosen on samples of the generator's train split, half
// of them clean and most of those with look-alikes of text.
constexpr double kSure = 0.85;
constexpr double kLikely = 0.7;
constexpr double kDoubtful = 0.4;
// What the first reader must reach where the detector is sure, where it finds
// text likely, where it doubts, and where it sees none.
constexpr double kConfidence = 0.5;
constexpr double kConfidenceIfLikely = 0.65;
constexpr double kConfidenceInDoubt = 0.75;
constexpr double kConfidenceAlone = 0.9;
constexpr int kCharacters = 2;
// A single character must be surer: noise reads as "1" or "-".
constexpr double kLetterConfidence = 0.9;
constexpr double kLetterLikelihood = 0.6;
// Alone the second reader must be surer and say more.
constexpr double kSecondConfidence = 0.8;
constexpr int kSecondCharacters = 4;
// Readings of one line differ by slips: in at most such a part of it.
constexpr double kAlike = 0.34;
// On 240 samples of the train split this leaves out 649 of 832 boxes without
// text. Those with a legible line that it leaves out are pieces of letters of
// 104 pixels, whose line is found as well, or hold several lines, at which the
// detector looks more closely.
constexpr double kNothingRead = 0.35;
constexpr double kNotLikely = 0.8;
constexpr double kLittleRead = 0.6;
constexpr double kUnlikely = 0.65;
// What two readers who read alike must reach, the less sure, the surer, and
// both where they read like characters.
constexpr double kLessSure = 0.6;
constexpr double kMoreSure = 0.75;
constexpr double kBothSure = 0.9;
constexpr double kRowConfidence = 0.4;
constexpr int kShortRow = 5;
constexpr double kOneShare = 0.75;
constexpr int kMarksOfDate = 2;
constexpr int kLongRow = 16;
constexpr int kFewCharacters = 6;
constexpr double kStrokesShare = 0.85;
constexpr double kLikeCharactersLikelihood = 0.9;
constexpr double kLikeCharactersConfidence = 0.85;

// What frames and rings read as, and what ticks and curves do. The first
// reader knows Chinese.
constexpr std::string_view kFrames[] = {"0",  "O",  "o",  "D",  "B", "8", "□",
                                        "口", "日", "回", "田", "○", "Q"};
constexpr std::string_view kStrokes[] = {"1", "I", "l", "i", "j", "t", "L",
                                         "J", "h", "n", "u", "r", "T", "H",
                                         "M", "N", "U", "W", "w", "m", "一"};

// What rings and buttons are read as, beside what frames are.
constexpr std::string_view kRings[] = {
    "0", "O", "o", "D", "d", "B", "b", "8",  "6",  "9",  "C",  "c",
    "G", "Q", "a", "e", "p", "q", "□", "口", "日", "回", "田", "○"};
constexpr double kRingsShare = 0.8;
constexpr int kLeastRings = 4;

bool IsAlphanumeric(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') ||
         ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

bool StartsOther(char c) { return static_cast<unsigned char>(c) >= 0xC0; }

// Whether a letter or a digit starts here.
bool StartsCharacter(char c) { return IsAlphanumeric(c) || StartsOther(c); }

// The one of `characters` that `text` starts with; empty if none is.
template <size_t N>
std::string_view FirstOf(std::string_view text,
                         const std::string_view (&characters)[N]) {
  const auto one =
      std::find_if(std::begin(characters), std::end(characters),
                   [&](std::string_view c) { return text.starts_with(c); });
  return one == std::end(characters) ? std::string_view() : *one;
}

// Whether all letters and digits of `text` are among `characters`.
template <size_t N>
bool ConsistsOf(std::string_view text,
                const std::string_view (&characters)[N]) {
  while (!text.empty()) {
    const std::string_view one = FirstOf(text, characters);
    if (!one.empty()) {
      text.remove_prefix(one.size());
    } else if (StartsCharacter(text.front())) {
      return false;
    } else {
      text.remove_prefix(1);
    }
  }
  return true;
}

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Marks between digits: two in "11.11.11".
int CountMarks(std::string_view text) {
  int marks = 0;
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    const bool is_mark =
        std::string_view("./-:").find(text[i]) != std::string_view::npos;
    if (is_mark && IsDigit(text[i - 1]) && IsDigit(text[i + 1])) ++marks;
  }
  return marks;
}

// "Hill", "11.11.11": a word with its capital, or digits with a mark between.
bool IsWordOrDate(std::string_view text) {
  return CountMarks(text) > 0 ||
         (text.size() >= 3 && IsUpper(text[0]) &&
          std::all_of(text.begin() + 1, text.end(), IsLower));
}

// Rows of rings, buttons, ribs and teeth read as one character over and over:
// "70000000", "rrrrrrrrrrre".
bool IsMostlyOne(std::string_view text) {
  std::array<int, 256> counts = {};
  int all = 0;
  for (const char c : text) {
    if (StartsOther(c)) return false;
    if (!IsAlphanumeric(c)) continue;
    ++counts[static_cast<unsigned char>(c)];
    ++all;
  }
  const int most = *std::max_element(counts.begin(), counts.end());
  return all >= kShortRow && most >= kOneShare * all &&
         CountMarks(text) < kMarksOfDate;
}

// Scales and hatching read as long rows of a few characters, most of them
// strokes: "wuluuludluluulub". Nothing that people write is like that.
bool IsLongRowOfFew(std::string_view text) {
  std::array<int, 256> counts = {};
  for (const char c : text) {
    if (StartsOther(c)) return false;
    if (IsAlphanumeric(c)) ++counts[static_cast<unsigned char>(c)];
  }
  const int all = std::accumulate(counts.begin(), counts.end(), 0);
  int strokes = 0;
  for (const std::string_view stroke : kStrokes) {
    strokes += counts[static_cast<unsigned char>(stroke.front())];
  }
  const auto different = std::count_if(counts.begin(), counts.end(),
                                       [](int count) { return count > 0; });
  return all >= kLongRow && different <= kFewCharacters &&
         strokes >= kStrokesShare * all;
}

// The characters of a reading, capitals where ASCII has them.
std::string Capitals(const Reading& reading) {
  std::string characters = Characters(reading);
  for (char& c : characters) {
    if (IsLower(c)) c = static_cast<char>(c - 'a' + 'A');
  }
  return characters;
}

// How many bytes to change, drop or add.
size_t Distance(std::string_view one, std::string_view other) {
  std::vector<size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= one.size(); ++i) {
    size_t before = std::exchange(row[0], i);
    for (size_t j = 1; j <= other.size(); ++j) {
      const size_t changed = before + (one[i - 1] != other[j - 1] ? 1 : 0);
      before = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row.back();
}

double NeededConfidence(double likelihood) {
  if (likelihood >= kSure) return kConfidence;
  if (likelihood >= kLikely) return kConfidenceIfLikely;
  return likelihood >= kDoubtful ? kConfidenceInDoubt : kConfidenceAlone;
}

}  // namespace

bool IsOfLikeCharacters(std::string_view text) {
  if (IsMostlyOne(text)) return true;
  if (IsWordOrDate(text)) return false;
  return ConsistsOf(text, kFrames) || ConsistsOf(text, kStrokes);
}

bool IsOfRings(std::string_view text) {
  if (CountMarks(text) == kMarksOfDate) return false;
  int rings = 0;
  int all = 0;
  while (!text.empty()) {
    const std::string_view ring = FirstOf(text, kRings);
    if (!ring.empty()) ++rings;
    if (StartsCharacter(text.front())) ++all;
    text.remove_prefix(std::max<size_t>(1, ring.size()));
  }
  return all >= kLeastRings && rings >= kRingsShare * all;
}

std::string Characters(const Reading& reading) {
  std::string characters = reading.text.Reveal();
  std::erase_if(characters, [](char c) {
    return !IsAlphanumeric(c) && (static_cast<unsigned char>(c) & 0x80) == 0;
  });
  return characters;
}

int CountCharacters(const Reading& reading) {
  const std::string& text = reading.text.Reveal();
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char c) { return StartsCharacter(c); }));
}

bool ShowsText(const Reading& first, double likelihood) {
  const int characters = CountCharacters(first);
  if (characters == 0 || first.confidence < NeededConfidence(likelihood) ||
      IsLongRowOfFew(first.text.Reveal())) {
    return false;
  }
  if (characters < kCharacters) {
    return first.confidence >= kLetterConfidence &&
           likelihood >= kLetterLikelihood;
  }
  return !IsOfLikeCharacters(first.text.Reveal()) ||
         (likelihood >= kLikeCharactersLikelihood &&
          first.confidence >= kLikeCharactersConfidence);
}

bool ReadAlike(const Reading& one, const Reading& other) {
  const std::string left = Capitals(one);
  const std::string right = Capitals(other);
  const size_t longer = std::max(left.size(), right.size());
  return longer > 0 && static_cast<double>(Distance(left, right)) <=
                           kAlike * static_cast<double>(longer);
}

bool ShowTextTogether(const Reading& one, const Reading& other) {
  const auto [less, more] = std::minmax(one.confidence, other.confidence);
  if (std::min(CountCharacters(one), CountCharacters(other)) < kCharacters ||
      less < kLessSure || more < kMoreSure || !ReadAlike(one, other)) {
    return false;
  }
  const std::string_view text = one.text.Reveal();
  if (IsLongRowOfFew(text)) return false;
  return less >= kBothSure || (!IsOfLikeCharacters(text) &&
                               !IsOfLikeCharacters(other.text.Reveal()));
}

bool IsSurelyNoText(const Reading& quick, double likelihood) {
  const double needed = likelihood < kUnlikely ? kLittleRead : kNothingRead;
  return likelihood < kNotLikely &&
         (CountCharacters(quick) == 0 || quick.confidence < needed);
}

bool ShowsTextToSecond(const Reading& second, double likelihood) {
  return likelihood >= kDoubtful &&
         CountCharacters(second) >= kSecondCharacters &&
         second.confidence >= kSecondConfidence;
}

bool IsTextUnread(const Reading& first, double likelihood,
                  bool has_line_shape) {
  const std::string_view text = first.text.Reveal();
  const bool is_grid =
      CountCharacters(first) >= kCharacters && ConsistsOf(text, kFrames);
  const bool is_row =
      (first.confidence >= kRowConfidence && IsLongRowOfFew(text)) ||
      (first.confidence >= kConfidence && IsMostlyOne(text));
  return has_line_shape && likelihood >= kSure && !is_grid && !is_row;
}

bool IsWorthASecondReading(const Reading& first, double likelihood) {
  return ShowsText(first, likelihood) || likelihood >= kDoubtful;
}

}  // namespace burntin
