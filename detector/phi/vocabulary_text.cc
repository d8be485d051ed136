#include "detector/phi/vocabulary_text.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "detector/base/error.h"
#include "detector/phi/normalize.h"
#include "re2/re2.h"

namespace burntin {
namespace {

// Text of the kinds that identify people. A token that matches one of them
// would call far too much harmless.
constexpr std::string_view kNeverTokens[] = {"",
                                             "~",
                                             "~~~",
                                             "DOE",
                                             "DOE^JANE",
                                             "DOE,JANE",
                                             "ZQXJKV",
                                             "QZ-XJKVW",
                                             "123456",
                                             "7654321",
                                             "9876543210",
                                             "02.04.1970",
                                             "1970-04-02",
                                             "04/02/70",
                                             "02APR1970",
                                             "A1234567",
                                             "12345678Z",
                                             "MF-0047113",
                                             "943-476-5919",
                                             "X12Y34Z56",
                                             "A@B.ORG",
                                             "+442079460000",
                                             "NAME:DOE",
                                             "NAME:DOE,JANE",
                                             "PATIENT:DOE",
                                             "PAT:QZXJ",
                                             "GEB:02.04.1970",
                                             "DOB:1970",
                                             "AGE:67",
                                             "SEX:F",
                                             "ID:4711",
                                             "PID:A4711",
                                             "MRN:12",
                                             "MRN#4711",
                                             "ACC=A4711",
                                             "DR:DOE",
                                             "TEL:4711"};

std::optional<VocabularySection> SectionOf(std::string_view entry) {
  constexpr std::pair<std::string_view, VocabularySection> kSections[] = {
      {"[words]", VocabularySection::kWords},
      {"[names]", VocabularySection::kNames},
      {"[phrases]", VocabularySection::kPhrases},
      {"[units]", VocabularySection::kUnits},
      {"[tokens]", VocabularySection::kTokens}};
  for (const auto& [name, section] : kSections) {
    if (name == entry) return section;
  }
  return std::nullopt;
}

// The pieces between blanks, comments left out.
struct Piece {
  std::string_view text;
  int line = 0;
};

std::vector<Piece> PiecesOf(std::string_view text) {
  std::vector<Piece> pieces;
  int line = 1;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view rest = text.substr(at, end - at);
    while (!rest.empty()) {
      const size_t begin = rest.find_first_not_of(" \t\r");
      if (begin == rest.npos || rest[begin] == '#') break;
      rest.remove_prefix(begin);
      const size_t length = std::min(rest.find_first_of(" \t\r"), rest.size());
      pieces.push_back({rest.substr(0, length), line});
      rest.remove_prefix(length);
    }
    at = end + 1;
    ++line;
  }
  return pieces;
}

absl::Status Refuse(int line, const std::string& why) {
  return Error(Reason::kInvalidArgument,
               "Line " + std::to_string(line) + " of the vocabulary " + why);
}

absl::Status CheckToken(const VocabularyEntry& entry) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 expression(re2::StringPiece(entry.text.data(), entry.text.size()),
                       options);
  if (!expression.ok()) {
    return Refuse(entry.line,
                  "holds no RE2 expression, as [tokens] needs. Correct it.");
  }
  for (const std::string_view text : kNeverTokens) {
    if (RE2::FullMatch(re2::StringPiece(text.data(), text.size()),
                       expression)) {
      return Refuse(entry.line,
                    "has an expression that matches names, dates or long "
                    "numbers. Make it narrower.");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckPhrase(const VocabularyEntry& entry) {
  static const RE2* const kPhrase = new RE2("[A-Z]+-[A-Z]+");
  if (RE2::FullMatch(re2::StringPiece(entry.text.data(), entry.text.size()),
                     *kPhrase)) {
    return absl::OkStatus();
  }
  return Refuse(entry.line,
                "has a phrase that is not two words in upper-case ASCII "
                "letters with a hyphen between. Correct it.");
}

absl::Status CheckEntry(const VocabularyEntry& entry) {
  if (entry.section == VocabularySection::kTokens) return CheckToken(entry);
  if (entry.section == VocabularySection::kPhrases) return CheckPhrase(entry);
  const bool is_unit = entry.section == VocabularySection::kUnits;
  const bool is_clean = std::all_of(
      entry.text.begin(), entry.text.end(),
      [&](char c) { return IsLetter(c) || (is_unit && IsDigit(c)); });
  if (is_clean && IsLetter(entry.text[0])) return absl::OkStatus();
  return Refuse(entry.line, is_unit
                                ? "has a unit of other than upper-case ASCII "
                                  "letters and digits. Correct it."
                                : "has a word of other than upper-case ASCII "
                                  "letters. Leave out marks, or use [tokens].");
}

}  // namespace

std::vector<VocabularyEntry> ReadVocabulary(std::string_view text) {
  std::vector<VocabularyEntry> entries;
  VocabularySection section = VocabularySection::kWords;
  for (const Piece& piece : PiecesOf(text)) {
    if (const auto next = SectionOf(piece.text)) {
      section = *next;
    } else {
      entries.push_back({section, piece.text, piece.line});
    }
  }
  return entries;
}

absl::Status CheckVocabulary(std::string_view text) {
  std::optional<VocabularySection> section;
  for (const Piece& piece : PiecesOf(text)) {
    if (const auto next = SectionOf(piece.text)) {
      section = next;
      continue;
    }
    const bool is_token = section == VocabularySection::kTokens;
    if (piece.text[0] == '[' && !is_token) {
      return Refuse(piece.line,
                    "names no section. Sections are [words], [names], "
                    "[phrases], [units] and [tokens].");
    }
    if (!section) {
      return Refuse(piece.line,
                    "stands before the first section. Write [words] above it.");
    }
    const absl::Status status = CheckEntry({*section, piece.text, piece.line});
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace burntin
