#include "detector/phi/field_labels.h"

#include <algorithm>
#include <utility>

#include "detector/phi/normalize.h"

namespace burntin {
namespace {

// The longest label has so many words.
constexpr size_t kMostWords = 5;
// Characters that may part the words of a label.
constexpr std::string_view kWithinLabel = " .-'/()";
constexpr size_t kLongestGap = 2;
// Characters between a label and its value.
constexpr std::string_view kAfterLabel = " .:;=#-()'";
constexpr std::string_view kMarks = ":;=#";
// Characters of a name besides word characters.
constexpr std::string_view kWithinName = " .,'^-";
// A number that follows a label without a mark has so many digits.
constexpr int kFewestDigits = 3;
// An identifier without digits has so many letters.
constexpr int kFewestLetters = 4;

constexpr double kNameScore = 0.85;
constexpr double kPersonScore = 0.8;
constexpr double kBirthScore = 0.85;
constexpr double kIdentifierScore = 0.85;
constexpr double kContactScore = 0.85;
constexpr double kInstitutionScore = 0.7;
constexpr double kAgeScore = 0.6;
constexpr double kSexScore = 0.5;
// Held, but names nobody.
constexpr double kWeakScore = 0.6;
// Shorter words may be initials.
constexpr size_t kShortestHarmless = 3;

// The characters of a label, look-alikes made equal.
std::string Skeleton(std::string_view label) {
  std::string skeleton = Compact(label);
  for (char& c : skeleton) {
    if (c == '0') c = 'O';
    if (c == '1' || c == 'L') c = 'I';
    if (c == '5') c = 'S';
    if (c == '8') c = 'B';
  }
  return skeleton;
}

int Count(std::string_view text, bool (*is_member)(char)) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), is_member));
}

bool IsNameLetter(char c) { return IsLetter(c) || c == kForeignLetter; }

// Where a name that begins at `begin` ends: at the first word with more digits
// than a misread letter or two.
int NameEnd(std::string_view text, int begin, int end) {
  int name_end = begin;
  int at = begin;
  while (at < end) {
    int word_end = at;
    while (word_end < end && IsWordCharacter(text[word_end])) ++word_end;
    const std::string_view word = text.substr(at, word_end - at);
    if (2 * Count(word, IsDigit) >= static_cast<int>(word.size()) &&
        !word.empty()) {
      break;
    }
    if (word_end > at) name_end = word_end;
    if (word_end < end && kWithinName.find(text[word_end]) == kWithinName.npos)
      break;
    at = word_end + 1;
  }
  return name_end;
}

// Whether all words are long ones of the vocabulary that nobody is called by.
bool IsPlainlyHarmless(std::string_view text,
                       const BenignVocabulary& vocabulary) {
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = begin;
    while (end < text.size() && IsWordCharacter(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    if (!word.empty() &&
        (word.size() < kShortestHarmless || !vocabulary.HasWord(word) ||
         vocabulary.HasOnlyNames(word))) {
      return false;
    }
    begin = std::max(end, begin + 1);
  }
  return true;
}

// Where the blank after the first word with a digit is, or the first blank.
int IdentifierEnd(std::string_view text, int begin, int end) {
  bool has_digit = false;
  for (int at = begin; at < end; ++at) {
    has_digit = has_digit || IsDigit(text[at]);
    const bool number_follows = at + 1 < end && IsDigit(text[at + 1]);
    if (text[at] == ' ' && (has_digit || !number_follows)) return at;
  }
  return end;
}

}  // namespace

std::optional<FieldLabels::Field> FieldLabels::FieldOf(
    std::string_view section) {
  constexpr std::pair<std::string_view, Field> kFields[] = {
      {"[name]", Field::kName},       {"[birth]", Field::kBirth},
      {"[sex]", Field::kSex},         {"[identifier]", Field::kIdentifier},
      {"[age]", Field::kAge},         {"[person]", Field::kPerson},
      {"[contact]", Field::kContact}, {"[institution]", Field::kInstitution}};
  for (const auto& [name, field] : kFields) {
    if (name == section) return field;
  }
  return std::nullopt;
}

FieldLabels::FieldLabels(std::string_view text) {
  std::optional<Field> field;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') {
      field = FieldOf(line);
    } else if (field) {
      labels_.try_emplace(Skeleton(line), Label{*field, line.back() == ':'});
    }
  }
}

std::vector<FieldLabels::Span> FieldLabels::WordsOf(std::string_view folded) {
  std::vector<Span> words;
  bool in_word = false;
  for (int i = 0; i < static_cast<int>(folded.size()); ++i) {
    const bool is_word = IsWordCharacter(folded[i]);
    if (is_word && !in_word) words.push_back({i, i});
    if (is_word) words.back().end = i + 1;
    in_word = is_word;
  }
  return words;
}

std::optional<FieldLabels::Found> FieldLabels::LabelAt(
    std::string_view folded, const std::vector<Span>& words,
    size_t first) const {
  const int begin = words[first].begin;
  std::optional<Found> longest;
  for (size_t last = first; last < words.size() && last < first + kMostWords;
       ++last) {
    if (last > first) {
      const int gap = words[last - 1].end;
      const std::string_view between =
          folded.substr(gap, words[last].begin - gap);
      if (between.size() > kLongestGap ||
          between.find_first_not_of(kWithinLabel) != between.npos) {
        break;
      }
    }
    const int end = words[last].end;
    const std::string_view label = folded.substr(begin, end - begin);
    if (Count(label, IsLetter) < 2) continue;
    const auto known = labels_.find(Skeleton(label));
    if (known == labels_.end()) continue;
    const size_t value =
        std::min(folded.find_first_not_of(kAfterLabel, end), folded.size());
    const std::string_view after = folded.substr(end, value - end);
    const bool has_mark = after.find_first_of(kMarks) != after.npos;
    if (known->second.needs_mark && !has_mark) continue;
    longest = {{known->second.field, known->second.needs_mark || has_mark},
               begin,
               end,
               static_cast<int>(value)};
  }
  return longest;
}

std::optional<Evidence> FieldLabels::Value(std::string_view folded,
                                           const Found& found, int end,
                                           const BenignVocabulary& vocabulary) {
  const int begin = found.value_begin;
  const auto is = [&](Category category, double score, int value_end) {
    return Evidence{category, score, "", begin, value_end};
  };
  const std::string_view rest = folded.substr(begin, end - begin);
  const int digits = Count(rest, IsDigit);
  switch (found.label.field) {
    case Field::kName:
    case Field::kPerson: {
      const int name_end = NameEnd(folded, begin, end);
      const std::string_view name = folded.substr(begin, name_end - begin);
      if (Count(name, IsNameLetter) < 2) break;
      if (vocabulary.CoversWords(name)) {
        // A preset may be called so, and a person.
        if (!vocabulary.HasOnlyNames(name)) break;
        return is(Category::kPersonName, kWeakScore, name_end);
      }
      return is(Category::kPersonName,
                found.label.field == Field::kName ? kNameScore : kPersonScore,
                name_end);
    }
    case Field::kIdentifier: {
      const int id_end = IdentifierEnd(folded, begin, end);
      const std::string_view id = folded.substr(begin, id_end - begin);
      const bool is_long = Count(id, IsDigit) >= kFewestDigits ||
                           (found.label.needs_mark &&
                            Count(id, IsWordCharacter) >= kFewestLetters &&
                            !vocabulary.CoversWords(id));
      if (!is_long) break;
      return is(Category::kIdentifier, kIdentifierScore, id_end);
    }
    case Field::kBirth:
      if (digits < 2) break;
      return is(Category::kDate, kBirthScore, end);
    case Field::kAge:
      if (digits < 1) break;
      return is(Category::kDate, kAgeScore, begin + 1);
    case Field::kSex:
      if (rest.empty() || !IsLetter(rest[0])) break;
      return is(Category::kOther, kSexScore, begin + 1);
    case Field::kInstitution:
      if (Count(rest, IsNameLetter) < 3 || vocabulary.CoversWords(rest)) break;
      return is(Category::kInstitution, kInstitutionScore, end);
    case Field::kContact:
      if (digits < kFewestDigits && Count(rest, IsNameLetter) < kFewestLetters)
        break;
      if (vocabulary.CoversWords(rest)) break;
      return is(Category::kContact, kContactScore, end);
  }
  return std::nullopt;
}

std::optional<Evidence> FieldLabels::ClearedValue(
    std::string_view folded, const Found& found, int end,
    const BenignVocabulary& built_in) {
  const int begin = found.value_begin;
  switch (found.label.field) {
    case Field::kName:
    case Field::kPerson: {
      const int name_end = NameEnd(folded, begin, end);
      if (IsPlainlyHarmless(folded.substr(begin, name_end - begin), built_in))
        break;
      return Evidence{Category::kPersonName, kWeakScore, "", begin, name_end};
    }
    case Field::kIdentifier:
    case Field::kBirth:
    case Field::kSex:
    case Field::kAge:
    case Field::kInstitution:
    case Field::kContact:
      if (IsPlainlyHarmless(folded.substr(begin, end - begin), built_in)) break;
      return Evidence{Category::kIdentifier, kWeakScore, "", begin, end};
  }
  return std::nullopt;
}

std::vector<Evidence> FieldLabels::Find(std::string_view folded,
                                        const BenignVocabulary& built_in,
                                        const BenignVocabulary& used) const {
  std::vector<Found> found;
  const std::vector<Span> words = WordsOf(folded);
  for (size_t i = 0; i < words.size(); ++i) {
    if (const std::optional<Found> label = LabelAt(folded, words, i)) {
      found.push_back(*label);
      // Words of this label begin no other.
      while (i + 1 < words.size() && words[i + 1].begin < label->value_begin)
        ++i;
    }
  }
  std::vector<Evidence> evidence;
  for (size_t i = 0; i < found.size(); ++i) {
    const int end = i + 1 < found.size() ? found[i + 1].begin
                                         : static_cast<int>(folded.size());
    const std::string_view label =
        folded.substr(found[i].begin, found[i].end - found[i].begin);
    std::optional<Evidence> value = Value(folded, found[i], end, built_in);
    if (!value && (used.CoversWords(label) || used.Covers(folded))) {
      value = ClearedValue(folded, found[i], end, built_in);
    }
    if (value && value->begin < value->end) evidence.push_back(*value);
  }
  return evidence;
}

}  // namespace burntin
