#include "detector/phi/normalize.h"

#include <algorithm>
#include <utility>

#include "detector/phi/letter_spellings.h"
#include "unicode/locid.h"
#include "unicode/normalizer2.h"
#include "unicode/translit.h"
#include "unicode/uchar.h"
#include "unicode/unistr.h"

namespace burntin {
namespace {

constexpr char kFoldRules[] =
    "NFKC; Any-Latin; NFD; [:Mn:] Remove; NFC; Latin-ASCII; Any-Upper";

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

// Signs that recognisers take the caret between a name's components for.
bool IsCaret(UChar32 c) {
  return c == 0x2227 || c == 0x2c4 || c == 0x2c6 || c == 0x2303;
}

// The last step: only printable ASCII, blanks collapsed, ends trimmed.
class AsciiWriter {
 public:
  void Add(UChar32 c) {
    if (IsCaret(c)) c = '^';
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    if (c > ' ' && c < 0x7f) {
      out_.push_back(static_cast<char>(c));
    } else if (c >= 0x80 && (u_isalnum(c) || c == 0xfffd)) {
      out_.push_back(kForeignLetter);
    } else if (!out_.empty() && out_.back() != ' ') {
      out_.push_back(' ');
    }
  }

  std::string Take() {
    if (!out_.empty() && out_.back() == ' ') out_.pop_back();
    return std::move(out_);
  }

 private:
  std::string out_;
};

std::string ToAscii(const icu::UnicodeString& text) {
  AsciiWriter writer;
  for (int i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    writer.Add(text.char32At(i));
  }
  return writer.Take();
}

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int>(text.size())));
}

// `text` with the letters of the table written as it says, the longest first.
icu::UnicodeString Respelt(const icu::UnicodeString& text,
                           const LetterSpellings& letters) {
  icu::UnicodeString upper(text);
  upper.toUpper(icu::Locale::getRoot());
  for (const auto& [letter, spelling] : letters) {
    upper.findAndReplace(icu::UnicodeString(letter),
                         icu::UnicodeString(spelling));
  }
  return upper;
}

// The letter that a stroke or sign may be a misreading of, or `c` itself.
char LetterFor(char c) {
  switch (c) {
    case '|':
    case '!':
    case ']':
    case '[':
      return 'I';
    case '$':
      return 'S';
    case '@':
      return 'A';
    default:
      return c;
  }
}

// The digit that `c` may be a misreading of, or `c` itself.
char DigitFor(char c) {
  switch (c) {
    case 'O':
    case 'D':
    case 'Q':
      return '0';
    case 'I':
    case 'L':
    case '|':
    case '!':
      return '1';
    case 'Z':
      return '2';
    case 'S':
      return '5';
    case 'G':
      return '6';
    case 'B':
      return '8';
    default:
      return c;
  }
}

// Whether the word [begin, end) holds a digit, and only what can be one.
bool IsDigitsInDisguise(std::string_view text, size_t begin, size_t end) {
  bool has_digit = false;
  for (size_t i = begin; i < end; ++i) {
    has_digit = has_digit || IsDigit(text[i]);
    if (!IsDigit(DigitFor(text[i])) && IsWordCharacter(text[i])) return false;
  }
  return has_digit;
}

}  // namespace

struct TextFolder::Icu {
  std::unique_ptr<icu::Transliterator> fold;
  const icu::Normalizer2* nfc = nullptr;  // ICU's own, lives for ever
};

TextFolder::TextFolder() {
  UErrorCode fold_status = U_ZERO_ERROR;
  UErrorCode nfc_status = U_ZERO_ERROR;
  auto made = std::make_unique<Icu>();
  made->fold.reset(icu::Transliterator::createInstance(
      kFoldRules, UTRANS_FORWARD, fold_status));
  made->nfc = icu::Normalizer2::getNFCInstance(nfc_status);
  if (U_FAILURE(fold_status)) made->fold = nullptr;
  if (U_FAILURE(nfc_status)) made->nfc = nullptr;
  icu_ = std::move(made);
}

TextFolder::~TextFolder() = default;

std::string TextFolder::Fold(std::string_view text) const {
  icu::UnicodeString unicode = FromUtf8(text);
  if (!IsAscii(text) && icu_->fold) icu_->fold->transliterate(unicode);
  return ToAscii(unicode);
}

std::vector<std::string> TextFolder::Spellings(std::string_view text) const {
  std::vector<std::string> spellings = {Fold(text)};
  UErrorCode status = U_ZERO_ERROR;
  if (IsAscii(text) || !icu_->nfc) return spellings;
  const icu::UnicodeString composed =
      icu_->nfc->normalize(FromUtf8(text), status);
  if (U_FAILURE(status)) return spellings;
  for (const LetterSpellings* letters : AllLetterSpellings()) {
    std::string utf8;
    Respelt(composed, *letters).toUTF8String(utf8);
    std::string spelling = Fold(utf8);
    if (std::find(spellings.begin(), spellings.end(), spelling) ==
        spellings.end()) {
      spellings.push_back(std::move(spelling));
    }
  }
  return spellings;
}

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsWordCharacter(char c) {
  return IsLetter(c) || IsDigit(c) || c == kForeignLetter;
}

std::string Compact(std::string_view folded) {
  std::string compact;
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(compact),
               IsWordCharacter);
  return compact;
}

std::string LettersForStrokes(std::string_view folded) {
  std::string letters(folded);
  for (size_t i = 0; i < letters.size(); ++i) {
    const bool touches =
        (i > 0 && IsWordCharacter(letters[i - 1])) ||
        (i + 1 < folded.size() && IsWordCharacter(folded[i + 1]));
    if (touches) letters[i] = LetterFor(letters[i]);
  }
  return letters;
}

std::string DigitsForLookalikes(std::string_view folded) {
  std::string digits(folded);
  size_t begin = 0;
  while (begin < folded.size()) {
    const size_t end = std::min(folded.find(' ', begin), folded.size());
    if (IsDigitsInDisguise(folded, begin, end)) {
      std::transform(digits.begin() + begin, digits.begin() + end,
                     digits.begin() + begin, DigitFor);
    }
    begin = end + 1;
  }
  return digits;
}

}  // namespace burntin
