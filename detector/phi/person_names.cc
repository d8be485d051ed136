#include "detector/phi/person_names.h"

#include <algorithm>
#include <string>

#include "detector/phi/normalize.h"

namespace burntin {
namespace {

constexpr double kPairScore = 0.85;
// One of the two is a word of everyday use as well; or both are known as given
// names only, or as surnames only, neither being an ordinary word.
constexpr double kLessSurePairScore = 0.8;
// Otherwise, or one is a harmless word: held, but nobody is named.
constexpr double kOrdinaryPairScore = 0.65;
constexpr double kJoinedScore = 0.7;
constexpr double kSingleScore = 0.6;

// A single name has so many letters, and so has the shorter of two names
// without a blank: shorter ones are found in any word.
constexpr int kShortestSingle = 4;
constexpr int kShortestJoined = 4;
// The longer of a pair has so many.
constexpr int kShortestOfPair = 4;

// What readers take the caret between two names for.
constexpr std::string_view kLikeCaret = "AV~";

// Digits of an age, and the letters of its unit in many languages.
constexpr size_t kMostAgeDigits = 3;
constexpr std::string_view kYears = "YJA";

constexpr std::string_view kDigits = "01568";
constexpr std::string_view kTheirLetters = "OISGB";
// What may stand between the parts of one name.
constexpr std::string_view kBetween = " ,.^'-";

// The letters of a word in which digits may stand for some of them.
std::string LettersOf(std::string_view word) {
  std::string letters(word);
  for (char& c : letters) {
    const size_t at = kDigits.find(c);
    if (at != kDigits.npos) c = kTheirLetters[at];
  }
  return letters;
}

bool IsMostlyLetters(std::string_view word) {
  const auto letters = std::count_if(word.begin(), word.end(), IsLetter);
  return 2 * letters > static_cast<int>(word.size());
}

// `word` without an age that follows it without a blank, as in "IGNAZIO32Y".
std::string_view WithoutAge(std::string_view word) {
  const size_t letters =
      std::find_if_not(word.begin(), word.end(), IsLetter) - word.begin();
  const std::string_view age = word.substr(letters);
  const bool is_age = letters >= kShortestSingle && age.size() > 1 &&
                      age.size() <= kMostAgeDigits + 1 &&
                      kYears.find(age.back()) != age.npos &&
                      std::all_of(age.begin(), age.end() - 1, IsDigit);
  return is_age ? word.substr(0, letters) : word;
}

// Whether `text` is a harmless word and the first digits of a decimal number,
// which `rest` goes on with: "TIS0.9" holds no TISO.
bool IsWordBeforeNumber(std::string_view text, std::string_view rest,
                        const BenignVocabulary& vocabulary) {
  const size_t last = text.find_last_not_of("0123456789");
  return last != text.npos && last + 1 < text.size() && rest.size() > 1 &&
         rest[0] == '.' && IsDigit(rest[1]) &&
         vocabulary.HasWord(text.substr(0, last + 1));
}

}  // namespace

PersonNames::PersonNames(std::string_view text) {
  names_.reserve(text.size() / 8);
  std::string_view section;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find_first_of(" \n", begin), text.size());
    const std::string_view entry = text.substr(begin, end - begin);
    begin = end + 1;
    if (entry.empty()) continue;
    if (entry[0] == '#') {
      begin = std::min(text.find('\n', end), text.size());
    } else if (entry[0] == '[') {
      section = entry;
    } else {
      Kind& kind = names_[entry];
      const bool is_both = section == "[both]";
      kind.is_given = kind.is_given || is_both || section == "[given]";
      kind.is_surname = kind.is_surname || is_both || section == "[surnames]";
      kind.is_ordinary = kind.is_ordinary || section == "[ordinary]";
      longest_ = std::max(longest_, static_cast<int>(entry.size()));
    }
  }
}

PersonNames::Kind PersonNames::KindOf(std::string_view letters) const {
  const auto known = names_.find(letters);
  return known == names_.end() ? Kind() : known->second;
}

std::vector<PersonNames::Word> PersonNames::WordsOf(
    std::string_view folded, const BenignVocabulary& vocabulary) const {
  std::vector<Word> words;
  const int size = static_cast<int>(folded.size());
  for (int begin = 0; begin < size;) {
    int end = begin;
    while (end < size && IsWordCharacter(folded[end])) ++end;
    if (end > begin) {
      const std::string_view text = folded.substr(begin, end - begin);
      const std::string letters = LettersOf(text);
      const bool is_harmless =
          vocabulary.HasWord(letters) ||
          IsWordBeforeNumber(text, folded.substr(end), vocabulary);
      Word word{{}, begin, end, is_harmless, false};
      if (IsMostlyLetters(text)) word.kind = KindOf(letters);
      if (!word.kind.IsName()) word.kind = KindOf(WithoutAge(text));
      word.is_initial = text.size() == 1 && IsLetter(text[0]);
      words.push_back(word);
    }
    begin = std::max(end, begin + 1);
  }
  return words;
}

double PersonNames::PairScore(const Word& first, const Word& second) {
  const int longer =
      std::max(first.end - first.begin, second.end - second.begin);
  if (!first.kind.IsName() || !second.kind.IsName() ||
      longer < kShortestOfPair) {
    return 0;
  }
  const bool is_full = (first.kind.is_given && second.kind.is_surname) ||
                       (first.kind.is_surname && second.kind.is_given);
  if (first.is_harmless && second.is_harmless) {
    const bool is_distinct =
        is_full && !first.kind.is_ordinary && !second.kind.is_ordinary;
    return is_distinct ? kOrdinaryPairScore : 0;
  }
  if (first.is_harmless || second.is_harmless) return kOrdinaryPairScore;
  const int doubts =
      first.kind.is_ordinary + second.kind.is_ordinary + (is_full ? 0 : 1);
  if (doubts == 0) return kPairScore;
  return doubts == 1 ? kLessSurePairScore : kOrdinaryPairScore;
}

PersonNames::Splits PersonNames::SplitsOf(int length) const {
  return {std::max(kShortestJoined, length - longest_),
          std::min(longest_, length - kShortestJoined)};
}

double PersonNames::WordScore(std::string_view folded, const Word& word) const {
  const int length = word.end - word.begin;
  if (word.is_harmless) return 0;
  if (word.kind.IsName()) {
    const bool is_distinct =
        length >= kShortestSingle && !word.kind.is_ordinary;
    return is_distinct ? kSingleScore : 0;
  }
  const Splits splits = SplitsOf(length);
  if (splits.first > splits.last) return 0;
  const std::string letters =
      LettersOf(folded.substr(word.begin, word.end - word.begin));
  const std::string_view view = letters;
  double score = 0;
  for (int split = splits.first; split <= splits.last; ++split) {
    const Kind first = KindOf(view.substr(0, split));
    if (!first.IsName()) continue;
    if (IsFullName(first, KindOf(view.substr(split)))) {
      score = std::max(score, kJoinedScore);
    }
    const bool has_caret = kLikeCaret.find(view[split]) != view.npos;
    if (has_caret && length - split > kShortestJoined &&
        IsFullName(first, KindOf(view.substr(split + 1)))) {
      return kLessSurePairScore;
    }
  }
  return score;
}

bool PersonNames::IsFullName(const Kind& first, const Kind& second) {
  const bool is_pair = (first.is_given && second.is_surname) ||
                       (first.is_surname && second.is_given);
  return is_pair && !(first.is_ordinary && second.is_ordinary);
}

std::vector<Evidence> PersonNames::Find(
    std::string_view folded, const BenignVocabulary& vocabulary) const {
  std::vector<Evidence> evidence;
  const std::vector<Word> words = WordsOf(folded, vocabulary);
  const auto is_near = [&](const Word& first, const Word& second) {
    const std::string_view between =
        folded.substr(first.end, second.begin - first.end);
    return between.find_first_not_of(kBetween) == between.npos;
  };
  const auto add = [&](double score, int begin, int end) {
    if (score > 0) {
      evidence.push_back({Category::kPersonName, score, "", begin, end});
    }
  };
  for (size_t i = 0; i < words.size(); ++i) {
    add(WordScore(folded, words[i]), words[i].begin, words[i].end);
    if (i + 1 == words.size() || !is_near(words[i], words[i + 1])) continue;
    add(PairScore(words[i], words[i + 1]), words[i].begin, words[i + 1].end);
    if (!words[i + 1].is_initial || i + 2 == words.size() ||
        !is_near(words[i + 1], words[i + 2])) {
      continue;
    }
    add(PairScore(words[i], words[i + 2]), words[i].begin, words[i + 2].end);
  }
  return evidence;
}

}  // namespace burntin
