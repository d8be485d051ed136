#include "detector/phi/national_numbers.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>

#include "detector/phi/normalize.h"
#include "detector/phi/scales.h"

namespace burntin {
namespace {

constexpr double kAnyNumberScore = 0.8;
constexpr double kBrokenRuleScore = 0.7;
constexpr int kMostLookalikes = 2;
constexpr std::string_view kSeparators = " .-/";
constexpr std::string_view kFinnishSigns = "+-ABCDEFUVWXY";
constexpr std::string_view kItalianDigits = "LMNPQRSTUV";
constexpr std::string_view kLikeDigits = "ODQILZSGB";
constexpr std::string_view kTheirDigits = "000112568";
constexpr std::string_view kLikeLetters = "012568";
constexpr std::string_view kTheirLetters = "OIZSGB";

char Exchanged(char c, std::string_view from, std::string_view to) {
  const size_t at = from.find(c);
  return at == from.npos ? c : to[at];
}

// Text in the shape of a scheme.
struct ShapedText {
  std::string characters;  // without separators
  int lookalikes = 0;
  int end = 0;              // in the searched text
  bool is_parted = false;   // there are separators
  bool only_blanks = true;  // and all of them are blanks
};

// Reads one character for one place of a shape.
class ShapeReader {
 public:
  ShapeReader(std::string_view text, int begin) : text_(text) {
    shaped_.end = begin;
  }

  bool Read(char place) {
    if (place == ' ') return ReadOptionalSeparator();
    if (shaped_.end >= static_cast<int>(text_.size())) return false;
    const char c = text_[shaped_.end];
    if (place == '-') return c != ' ' && ReadSeparator(c);
    if (place == '+') return c == '+' && PassSeparator(c);
    const std::optional<char> read = For(place, c);
    if (!read) return false;
    if (*read != c && ++shaped_.lookalikes > kMostLookalikes) return false;
    shaped_.characters.push_back(*read);
    ++shaped_.end;
    return true;
  }

  const ShapedText& shaped() const { return shaped_; }

 private:
  static std::optional<char> For(char place, char c) {
    switch (place) {
      case '9':
        c = Exchanged(c, kLikeDigits, kTheirDigits);
        return IsDigit(c) ? std::optional(c) : std::nullopt;
      case 'A':
        c = Exchanged(c, kLikeLetters, kTheirLetters);
        return IsLetter(c) ? std::optional(c) : std::nullopt;
      case 'N':
        if (c == 'A' || c == 'B') return c;
        return For('9', c);
      case 'O':
        if (kItalianDigits.find(c) != kItalianDigits.npos) return c;
        return For('9', c);
      case 'S':
        return kFinnishSigns.find(c) != kFinnishSigns.npos ? std::optional(c)
                                                           : std::nullopt;
      default:
        return IsDigit(c) || IsLetter(c) ? std::optional(c) : std::nullopt;
    }
  }

  bool ReadSeparator(char c) {
    return kSeparators.find(c) != kSeparators.npos && PassSeparator(c);
  }

  bool PassSeparator(char c) {
    shaped_.is_parted = true;
    shaped_.only_blanks = shaped_.only_blanks && c == ' ';
    ++shaped_.end;
    return true;
  }

  bool ReadOptionalSeparator() {
    const bool is_there =
        shaped_.end < static_cast<int>(text_.size()) &&
        kSeparators.find(text_[shaped_.end]) != kSeparators.npos;
    if (!decided_) parted_ = is_there;
    decided_ = true;
    if (is_there != parted_) return false;
    return !is_there || ReadSeparator(text_[shaped_.end]);
  }

  std::string_view text_;
  ShapedText shaped_;
  bool decided_ = false;
  bool parted_ = false;
};

// Whether a number may start at `begin`: not within a word or a fraction. A
// label's letters may touch the first digit.
bool MayStart(std::string_view text, int begin) {
  if (!IsDigit(text[begin]) && !IsLetter(text[begin])) return false;
  if (begin == 0) return true;
  const char before = text[begin - 1];
  if (IsLetter(before)) return IsDigit(text[begin]);
  if (IsWordCharacter(before)) return false;
  return begin < 2 || before != '.' || !IsDigit(text[begin - 2]);
}

bool MayEnd(std::string_view text, int end) {
  const int size = static_cast<int>(text.size());
  if (end >= size) return true;
  if (IsWordCharacter(text[end])) return false;
  return text[end] != '.' || end + 1 >= size || !IsDigit(text[end + 1]);
}

std::optional<ShapedText> ReadShape(std::string_view text, int begin,
                                    std::string_view shape) {
  ShapeReader reader(text, begin);
  for (const char place : shape) {
    if (!reader.Read(place)) return std::nullopt;
  }
  const ShapedText& shaped = reader.shaped();
  if (!MayEnd(text, shaped.end)) return std::nullopt;
  // Digits alone are no number with letters, whatever they look like.
  const std::string_view read = text.substr(begin, shaped.end - begin);
  if (shape.find('A') != shape.npos &&
      std::none_of(read.begin(), read.end(), IsLetter)) {
    return std::nullopt;
  }
  return shaped;
}

// Whether the groups of digits are the numbers of a scale.
bool GroupsAreScale(std::string_view text) {
  std::vector<double> numbers;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    numbers.push_back(
        std::atof(std::string(text.substr(begin, end - begin)).c_str()));
    begin = end + 1;
  }
  return IsScale(numbers);
}

// A shape without the separators that may be lost: a number without any could
// be of every scheme of its kind.
std::string Kind(std::string_view shape) {
  std::string kind;
  for (const char place : shape) {
    if (place != ' ') kind.push_back(place);
  }
  return kind;
}

// The chance of any scheme of each kind.
const std::map<std::string, double>& ChancesByKind() {
  static const auto* chances = [] {
    auto* made = new std::map<std::string, double>;
    for (const NationalScheme& scheme : NationalSchemes()) {
      double& chance = (*made)[Kind(scheme.shape)];
      chance = std::min(1.0, chance + scheme.chance);
    }
    return made;
  }();
  return *chances;
}

// What the text at `begin` is worth as a number of `scheme`; 0 for nothing.
double Score(const NationalScheme& scheme, std::string_view text, int begin,
             const ShapedText& shaped) {
  if (shaped.is_parted && shaped.only_blanks &&
      GroupsAreScale(text.substr(begin, shaped.end - begin))) {
    return 0;
  }
  if (scheme.holds(shaped.characters)) {
    const double chance = ChancesByKind().at(Kind(scheme.shape));
    return 1 - (1 - kAnyNumberScore) * chance;
  }
  // Many words have a shape in which letters stand for digits.
  const bool is_any_word =
      std::string_view(scheme.shape).find('O') != std::string_view::npos;
  if (shaped.lookalikes > 0 || is_any_word) return 0;
  const bool is_distinct = shaped.is_parted
                               ? !shaped.only_blanks
                               : std::any_of(shaped.characters.begin(),
                                             shaped.characters.end(), IsLetter);
  return is_distinct ? kBrokenRuleScore : 0;
}

}  // namespace

const std::vector<NationalScheme>& NationalSchemes() {
  static const auto* schemes = [] {
    auto* made = new std::vector<NationalScheme>;
    for (const auto& part : {WesternEuropeanSchemes(), OtherEuropeanSchemes(),
                             OverseasSchemes()}) {
      made->insert(made->end(), part.begin(), part.end());
    }
    return made;
  }();
  return *schemes;
}

std::vector<Evidence> FindNationalNumbers(std::string_view folded) {
  std::vector<Evidence> evidence;
  for (int begin = 0; begin < static_cast<int>(folded.size()); ++begin) {
    if (!MayStart(folded, begin)) continue;
    Evidence best{Category::kIdentifier, 0, "", begin, begin};
    for (const NationalScheme& scheme : NationalSchemes()) {
      const std::optional<ShapedText> shaped =
          ReadShape(folded, begin, scheme.shape);
      if (!shaped) continue;
      const double score = Score(scheme, folded, begin, *shaped);
      if (score <= best.score) continue;
      best.score = score;
      best.end = shaped->end;
    }
    if (best.score > 0) evidence.push_back(best);
  }
  return evidence;
}

}  // namespace burntin
