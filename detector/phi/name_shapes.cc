#include "detector/phi/name_shapes.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "detector/phi/name_words.h"
#include "detector/phi/normalize.h"

namespace burntin {
namespace {

constexpr double kCaretScore = 0.85;
constexpr double kShapeScore = 0.75;
// Shorter words are too often short forms of something else.
constexpr size_t kShortestWord = 3;
// A word beside a title or an initial only.
constexpr size_t kShortestAlone = 4;
constexpr int kMostWords = 4;
constexpr int kMostAgeDigits = 3;

// What stands before a name; NAME is a label that lost its colon.
constexpr std::string_view kTitles[] = {"DR",  "PROF", "MR",   "MRS",
                                        "MS",  "MISS", "HERR", "FRAU",
                                        "MME", "MLLE", "SRA",  "NAME"};
constexpr std::string_view kEdges = " .,:;|!-_\"'()[]{}<>*";

bool IsTitle(std::string_view word) {
  return std::find(std::begin(kTitles), std::end(kTitles), word) !=
         std::end(kTitles);
}

// What may stand within a name's word: O'NEIL, ANNE-MARIE.
bool IsInWord(char c) { return IsLetter(c) || c == '\'' || c == '-'; }

// `text` without an age and a sex that end it and follow a letter, as in
// "STEINWIESER, ANNA32Y/F".
std::string_view WithoutAge(std::string_view text) {
  std::string_view rest = text;
  const auto drop = [&rest](std::string_view characters) {
    const bool is_there =
        !rest.empty() && characters.find(rest.back()) != rest.npos;
    if (is_there) rest.remove_suffix(1);
    return is_there;
  };
  if (drop("MF")) drop("/ ");
  if (!drop("YJA")) return text;
  int digits = 0;
  while (drop("0123456789")) ++digits;
  const bool is_age = digits > 0 && digits <= kMostAgeDigits && !rest.empty() &&
                      IsLetter(rest.back());
  return is_age ? rest : text;
}

// Whether `text` is words and what parts the words of a name.
bool IsOfWords(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsInWord(text[i]) || text[i] == ' ' || text[i] == ',' ||
        text[i] == '^') {
      continue;
    }
    // Within an address on the Web a point is no blank.
    const bool ends_initial =
        text[i] == '.' && i + 1 < text.size() && !IsLetter(text[i + 1]);
    if (!ends_initial) return false;
  }
  return true;
}

// The last character but for edges and for what an initial after a comma was
// misread as: "STEINWIESER, 0.".
size_t LastOfName(std::string_view folded) {
  const size_t last = folded.find_last_not_of(kEdges);
  const size_t comma = folded.rfind(',', last);
  if (comma == std::string_view::npos || comma == 0) return last;
  const std::string_view rest = folded.substr(comma, last + 1 - comma);
  return Compact(rest).size() == 1 ? comma - 1 : last;
}

// What was seen of a text that may be a name.
struct Shape {
  int words = 0;  // that may be somebody's
  size_t longest = 0;
  bool has_title = false;
  bool has_initial = false;
  bool is_refuted = false;  // by a word that is something else
};

void Add(std::string_view word, const BenignVocabulary& vocabulary,
         Shape* shape) {
  const std::string letters = Compact(word);
  if (letters.empty()) return;
  if (IsTitle(letters)) {
    shape->has_title = true;
  } else if (letters.size() == 1) {
    shape->has_initial = true;
  } else if (IsNameParticle(letters)) {
    return;
  } else if (letters.size() < kShortestWord || IsInstitutionWord(letters) ||
             IsPlaceholderWord(letters) || vocabulary.HasWord(letters)) {
    shape->is_refuted = true;
  } else {
    ++shape->words;
    shape->longest = std::max(shape->longest, letters.size());
  }
}

Shape ShapeOf(std::string_view text, const BenignVocabulary& vocabulary) {
  Shape shape;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = begin;
    while (end < text.size() && IsInWord(text[end])) ++end;
    Add(text.substr(begin, end - begin), vocabulary, &shape);
    begin = std::max(end, begin + 1);
  }
  return shape;
}

bool IsName(const Shape& shape) {
  if (shape.is_refuted || shape.words > kMostWords) return false;
  return shape.words >= 2 ||
         (shape.words == 1 && shape.longest >= kShortestAlone &&
          (shape.has_title || shape.has_initial));
}

}  // namespace

std::vector<Evidence> FindNameShapes(std::string_view folded,
                                     const BenignVocabulary& vocabulary) {
  // Edges read as strokes and brackets.
  const size_t begin = folded.find_first_not_of(kEdges);
  if (begin == std::string_view::npos) return {};
  const size_t last = LastOfName(folded);
  const std::string_view text =
      WithoutAge(folded.substr(begin, last + 1 - begin));
  if (!IsOfWords(text)) return {};
  const bool has_caret = text.find('^') != std::string_view::npos;
  Shape shape = ShapeOf(text, vocabulary);
  // A comma that nothing follows: what did could not be read.
  shape.has_initial |= folded.substr(last + 1).starts_with(',');
  const bool is_name =
      has_caret ? !shape.is_refuted && shape.words > 0 : IsName(shape);
  if (!is_name) return {};
  return {{.category = Category::kPersonName,
           .score = has_caret ? kCaretScore : kShapeScore,
           .begin = static_cast<int>(begin),
           .end = static_cast<int>(begin + text.size())}};
}

}  // namespace burntin
