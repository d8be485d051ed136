#include "detector/phi/benign_vocabulary.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "detector/base/status_macros.h"
#include "detector/phi/never_benign.h"
#include "detector/phi/normalize.h"
#include "detector/phi/scales.h"
#include "detector/phi/vocabulary_text.h"
#include "re2/re2.h"

namespace burntin {
namespace {

// Words shorter than this are not found within a run of letters, for a name
// could be put together from them: FATIMA from FAT and IMA. In a run of
// `kLongJoined` letters and more that hardly happens.
constexpr size_t kShortestJoined = 4;
constexpr size_t kLongJoined = 9;
constexpr size_t kShortestInLongJoined = 3;
constexpr size_t kLongestInteger = 4;
constexpr size_t kLongestFraction = 4;
// Digits that may follow a word without a blank, as in "GAIN60".
constexpr size_t kLongestAttached = 3;
// Digits of all numbers since the last word. Six can be a date.
constexpr size_t kMostPlainDigits = 5;
// The same where there is but one number, which has a fraction then.
constexpr size_t kMostDigitsOfOne = 6;
// Letters of their own that may follow one another, as in "A L". More of them
// may be a word whose letters were read one by one.
constexpr int kMostSingleLetters = 2;
constexpr std::string_view kPunctuation = " .,:;/\\-+*%()[]{}<>=#_'\"";
// What stands alone between blanks may be an edge as well.
constexpr std::string_view kMarks = " .,:;/\\-+*%()[]{}<>=#_'\"|";
// Punctuation that ends a chunk without being part of it.
constexpr std::string_view kTrailing = ",;";
// Punctuation at which a chunk falls apart before tokens are tried.
constexpr std::string_view kBreaks = ",:;/\\+*%()[]<>=#_'\"";

size_t RunEnd(std::string_view text, size_t begin, bool (*is_member)(char)) {
  while (begin < text.size() && is_member(text[begin])) ++begin;
  return begin;
}

}  // namespace

struct BenignVocabulary::Words {
  std::unordered_set<std::string> words;
  std::unordered_set<std::string> units;
  // Those of `words` that people are called by too.
  std::unordered_set<std::string> names;
  // Two words of `names` with a hyphen, that name nobody.
  std::unordered_set<std::string> phrases;
  std::vector<std::unique_ptr<RE2>> tokens;
  size_t longest = 0;  // letters of the longest of `words`

  bool Has(std::string_view word) const {
    return words.count(std::string(word)) > 0;
  }
  bool HasUnit(std::string_view word) const {
    return units.count(std::string(word)) > 0;
  }
  bool HasToken(std::string_view token) const {
    const re2::StringPiece piece(token.data(), token.size());
    return std::any_of(tokens.begin(), tokens.end(), [&](const auto& pattern) {
      return RE2::FullMatch(piece, *pattern);
    });
  }
  // Whether a text of several words is nothing but `names`, those of `phrases`
  // left out, or has the form "WORD, WORD" in which names are written.
  bool MayBeName(std::string_view folded) const;
  bool HasSideAsInitial(std::string_view folded,
                        const std::vector<std::string>& found) const;
  std::vector<std::string> WithoutPhrases(
      const std::vector<std::string>& found) const;
  // Whether `letters` falls apart into words that are long enough and not all
  // `names`.
  bool IsJoined(std::string_view letters) const;
};

// What stands beside names: "DR WHITE", "A STONE". Sides stand beside words.
bool IsTitleOrInitial(const std::string& word) {
  static constexpr std::string_view kTitles[] = {"DR",  "MR",   "MRS", "MS",
                                                 "PAT", "PROF", "REF"};
  return (word.size() == 1 && word != "L" && word != "R") ||
         std::find(std::begin(kTitles), std::end(kTitles), word) !=
             std::end(kTitles);
}

bool BenignVocabulary::Words::IsJoined(std::string_view letters) const {
  const size_t shortest =
      letters.size() < kLongJoined ? kShortestJoined : kShortestInLongJoined;
  // Whether words end at each place, and whether one of them is no name.
  std::vector<bool> reached(letters.size() + 1, false);
  std::vector<bool> reached_by_words(letters.size() + 1, false);
  reached[0] = true;
  for (size_t end = shortest; end <= letters.size(); ++end) {
    const size_t first = end > longest ? end - longest : 0;
    for (size_t begin = first; begin + shortest <= end; ++begin) {
      if (!reached[begin]) continue;
      const std::string part(letters.substr(begin, end - begin));
      if (!Has(part)) continue;
      reached[end] = true;
      if (reached_by_words[begin] || names.count(part) == 0) {
        reached_by_words[end] = true;
      }
    }
  }
  return reached_by_words[letters.size()];
}

// L and R beside names as initials: "GREEN, L", "HART R WHITE".
bool BenignVocabulary::Words::HasSideAsInitial(
    std::string_view folded, const std::vector<std::string>& found) const {
  static const RE2* const kAfterComma = new RE2(R"(, *[LR](?:[^A-Z0-9]|$))");
  const auto is_name = [&](size_t i) { return names.count(found[i]) > 0; };
  return (is_name(0) &&
          RE2::PartialMatch(re2::StringPiece(folded.data(), folded.size()),
                            *kAfterComma)) ||
         (found.size() == 3 && found[1].size() == 1 && is_name(0) &&
          is_name(2));
}

bool BenignVocabulary::Words::MayBeName(std::string_view folded) const {
  std::vector<std::string> found;
  size_t begin = 0;
  while (begin < folded.size()) {
    const size_t end = RunEnd(folded, begin, IsLetter);
    if (end > begin) found.emplace_back(folded.substr(begin, end - begin));
    if (end < folded.size() && IsDigit(folded[end])) return false;
    begin = end + 1;
  }
  if (found.size() < 2) return false;
  if (HasSideAsInitial(folded, found)) return true;
  const auto is_name = [&](const std::string& word) {
    return names.count(word) > 0;
  };
  std::vector<std::string> rest = WithoutPhrases(found);
  const size_t all = rest.size();
  std::erase_if(rest, IsTitleOrInitial);
  if (!rest.empty() && (rest.size() < all || all > 1) &&
      std::all_of(rest.begin(), rest.end(), is_name)) {
    return true;
  }
  std::erase_if(found, IsTitleOrInitial);
  const auto is_long = [](const std::string& word) { return word.size() > 1; };
  return found.size() == 2 && folded.find(',') != std::string_view::npos &&
         std::all_of(found.begin(), found.end(), is_long);
}

std::vector<std::string> BenignVocabulary::Words::WithoutPhrases(
    const std::vector<std::string>& found) const {
  std::vector<std::string> rest;
  for (const std::string& word : found) {
    if (!rest.empty() && phrases.count(rest.back() + "-" + word) > 0) {
      rest.pop_back();
    } else {
      rest.push_back(word);
    }
  }
  return rest;
}

// Reads a text from left to right and stops at what nothing covers.
class BenignVocabulary::Reader {
 public:
  explicit Reader(const Words& words) : words_(words) {}

  bool ReadChunk(std::string_view chunk) {
    if (chunk.find_first_not_of(kMarks) == std::string_view::npos) {
      return true;
    }
    chunk = chunk.substr(0, chunk.find_last_not_of(kTrailing) + 1);
    // A mark after a word; after a digit it may be one more digit.
    while (chunk.size() > 1 && (chunk.back() == '?' || chunk.back() == '!') &&
           IsLetter(chunk[chunk.size() - 2])) {
      chunk.remove_suffix(1);
    }
    if (words_.HasToken(chunk)) return EndToken(chunk);
    size_t begin = 0;
    while (begin < chunk.size()) {
      if (FollowsLabel(chunk, begin) && words_.HasToken(chunk.substr(begin))) {
        return EndToken(chunk.substr(begin));
      }
      const size_t end =
          std::min(chunk.find_first_of(kBreaks, begin), chunk.size());
      if (!ReadPiece(chunk.substr(begin, end - begin))) return false;
      begin = end + 1;
    }
    return true;
  }

  // Whether the plain numbers read since the last word may stand together.
  bool EndRow() {
    const size_t most = row_.size() == 1 && !row_has_token_ ? kMostDigitsOfOne
                                                            : kMostPlainDigits;
    const bool good = row_digits_ <= most || (!row_has_token_ && IsScale(row_));
    row_.clear();
    row_digits_ = 0;
    row_has_token_ = false;
    after_number_ = false;
    return good;
  }

 private:
  // Whether a word and a colon stand before, as in "TIME:14:23".
  static bool FollowsLabel(std::string_view chunk, size_t begin) {
    return begin > 1 && chunk[begin - 1] == ':' && IsLetter(chunk[begin - 2]);
  }

  bool ReadPiece(std::string_view piece) {
    if (!piece.empty() && words_.HasToken(piece)) return EndToken(piece);
    size_t at = 0;
    while (at < piece.size()) {
      const char c = piece[at];
      size_t end = at + 1;
      if (IsLetter(c)) {
        end = RunEnd(piece, at, IsLetter);
        if (!ReadWord(piece, at, end)) return false;
      } else if (IsDigit(c) || StartsFraction(piece, at)) {
        end = NumberEnd(piece, at);
        if (!ReadNumber(piece, at, end)) return false;
      } else if (kPunctuation.find(c) == std::string_view::npos) {
        return false;
      }
      at = end;
    }
    return true;
  }

  // The digits of a token count like those around it, for several tokens may
  // be the parts of one number; those of a time of day do not. A token may end
  // in a number that a unit follows.
  bool EndToken(std::string_view token) {
    bool good = true;
    if (token.find(':') != std::string_view::npos) {
      good = EndRow();
    } else {
      row_has_token_ = true;
      row_digits_ += std::count_if(token.begin(), token.end(), IsDigit);
    }
    after_number_ = IsDigit(token.back());
    return good;
  }

  static bool StartsFraction(std::string_view text, size_t at) {
    return text[at] == '.' && at + 1 < text.size() && IsDigit(text[at + 1]);
  }

  static size_t NumberEnd(std::string_view text, size_t begin) {
    const size_t whole = RunEnd(text, begin, IsDigit);
    if (whole < text.size() && StartsFraction(text, whole)) {
      return RunEnd(text, whole + 1, IsDigit);
    }
    return whole;
  }

  bool ReadNumber(std::string_view piece, size_t begin, size_t end) {
    const std::string_view number = piece.substr(begin, end - begin);
    const size_t whole = std::min(number.find('.'), number.size());
    if (whole > kLongestInteger || number.size() > whole + 1 + kLongestFraction)
      return false;
    const bool attached = begin > 0 && IsLetter(piece[begin - 1]);
    if (attached && whole > kLongestAttached) return false;
    row_.push_back(std::atof(std::string(number).c_str()));
    row_digits_ += std::count_if(number.begin(), number.end(), IsDigit);
    after_number_ = true;
    return true;
  }

  bool ReadWord(std::string_view piece, size_t begin, size_t end) {
    const std::string_view word = piece.substr(begin, end - begin);
    const bool before_digit = end < piece.size() && IsDigit(piece[end]);
    const bool after_digit = begin > 0 && IsDigit(piece[begin - 1]);
    // What touches only the next number, as in "12 L34", is no unit.
    const bool is_unit =
        after_number_ && (after_digit || !before_digit) && words_.HasUnit(word);
    if (!EndRow()) return false;
    if (is_unit) return true;
    single_letters_ = word.size() == 1 ? single_letters_ + 1 : 0;
    if (single_letters_ > kMostSingleLetters) return false;
    if (word.size() == 1 && (before_digit || after_digit)) return false;
    return words_.Has(word) || words_.IsJoined(word);
  }

  const Words& words_;
  bool after_number_ = false;
  int single_letters_ = 0;   // since the last longer word
  std::vector<double> row_;  // numbers since the last word
  bool row_has_token_ = false;
  size_t row_digits_ = 0;
};

BenignVocabulary::BenignVocabulary(std::string_view text) {
  auto made = std::make_unique<Words>();
  RE2::Options options;
  options.set_log_errors(false);
  for (const VocabularyEntry& entry : ReadVocabulary(text)) {
    std::string word(entry.text);
    switch (entry.section) {
      case VocabularySection::kTokens:
        made->tokens.push_back(std::make_unique<RE2>(word, options));
        break;
      case VocabularySection::kUnits:
        made->units.insert(std::move(word));
        break;
      case VocabularySection::kNames:
        made->names.insert(word);
        made->words.insert(std::move(word));
        break;
      case VocabularySection::kPhrases:
        made->phrases.insert(std::move(word));
        break;
      case VocabularySection::kWords:
        made->words.insert(std::move(word));
        break;
    }
  }
  for (const std::string& word : made->words) {
    made->longest = std::max(made->longest, word.size());
  }
  words_ = std::move(made);
}

absl::StatusOr<BenignVocabulary> BenignVocabulary::ForSite(
    std::string_view site_text) {
  RETURN_IF_ERROR(CheckVocabulary(site_text));
  std::string text(BuiltInBenignVocabulary());
  text.push_back('\n');
  text += site_text;
  return BenignVocabulary(text);
}

BenignVocabulary::~BenignVocabulary() = default;
BenignVocabulary::BenignVocabulary(BenignVocabulary&&) noexcept = default;
BenignVocabulary& BenignVocabulary::operator=(BenignVocabulary&&) noexcept =
    default;

bool BenignVocabulary::Covers(std::string_view folded) const {
  if (std::none_of(folded.begin(), folded.end(), IsWordCharacter)) return false;
  const std::string digits = DigitsForLookalikes(folded);
  const auto covers = [&](std::string_view text) {
    Reader reader(*words_);
    size_t begin = 0;
    while (begin < text.size()) {
      const size_t end = std::min(text.find(' ', begin), text.size());
      if (!reader.ReadChunk(text.substr(begin, end - begin))) return false;
      begin = end + 1;
    }
    return reader.EndRow();
  };
  if (MayTellPerson(folded)) return false;
  const std::string windowed = WindowApart(folded);
  return covers(folded) || (digits != folded && covers(digits)) ||
         (windowed != folded && covers(windowed));
}

bool BenignVocabulary::CoversWords(std::string_view folded) const {
  std::string words(folded);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return !IsWordCharacter(c); },
      ' ');
  return Covers(words);
}

bool BenignVocabulary::MayTellPerson(std::string_view folded) const {
  return MayBeName(folded) || HoldsYear(folded) || IsDayAndMonth(folded) ||
         HoldsAgeAndSex(folded);
}

bool BenignVocabulary::MayBeName(std::string_view folded) const {
  return words_->MayBeName(folded);
}

bool BenignVocabulary::HasOnlyNames(std::string_view folded) const {
  bool found = false;
  for (size_t begin = 0; begin < folded.size();) {
    const size_t end = RunEnd(folded, begin, IsWordCharacter);
    const std::string word(folded.substr(begin, end - begin));
    if (word.size() > 1 && words_->names.count(word) == 0) return false;
    found = found || word.size() > 1;
    begin = std::max(end, begin + 1);
  }
  return found;
}

bool BenignVocabulary::HasWord(std::string_view letters) const {
  return !letters.empty() &&
         std::all_of(letters.begin(), letters.end(), IsLetter) &&
         (words_->Has(letters) || words_->IsJoined(letters));
}

}  // namespace burntin
