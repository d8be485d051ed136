#include "detector/phi/normalize.h"

#include <algorithm>
#include <utility>

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

// The last step: only printable ASCII, blanks collapsed, ends trimmed.
class AsciiWriter {
 public:
  void Add(UChar32 c) {
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

std::string TextFolder::FoldUmlautsToTwoLetters(std::string_view text) const {
  if (IsAscii(text) || !icu_->nfc) return Fold(text);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString unicode = icu_->nfc->normalize(FromUtf8(text), status);
  if (U_FAILURE(status)) return Fold(text);
  constexpr std::pair<const char16_t*, const char16_t*> kTwoLetters[] = {
      {u"\u00c4", u"AE"}, {u"\u00e4", u"AE"}, {u"\u00d6", u"OE"},
      {u"\u00f6", u"OE"}, {u"\u00dc", u"UE"}, {u"\u00fc", u"UE"},
      {u"\u00d8", u"OE"}, {u"\u00f8", u"OE"}, {u"\u00c5", u"AA"},
      {u"\u00e5", u"AA"}};
  for (const auto& [letter, spelling] : kTwoLetters) {
    unicode.findAndReplace(icu::UnicodeString(letter),
                           icu::UnicodeString(spelling));
  }
  std::string utf8;
  unicode.toUTF8String(utf8);
  return Fold(utf8);
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
