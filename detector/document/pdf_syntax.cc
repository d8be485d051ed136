#include "detector/document/pdf_syntax.h"

#include <algorithm>
#include <cctype>

namespace burntin {
namespace {

constexpr std::string_view kBlanks("\0\t\n\f\r ", 6);
constexpr std::string_view kLineEnds("\r\n");
constexpr std::string_view kObject("obj");
constexpr std::string_view kTrailer("trailer");
// Poppler gives up at 500.
constexpr size_t kDeepestLevel = 400;

bool IsBlank(char c) { return kBlanks.find(c) != std::string_view::npos; }

bool IsOfNumber(char c) {
  return IsPdfDigit(c) || c == '+' || c == '-' || c == '.';
}

int HexDigit(char c) {
  if (IsPdfDigit(c)) return c - '0';
  const int lower = std::tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Whether `text` may end with a number, or with a comment, which may hide one.
// Moved before the number.
bool TakeNumberFromEnd(std::string_view* text, bool* is_comment) {
  const size_t size = text->size();
  while (!text->empty() && IsBlank(text->back())) text->remove_suffix(1);
  const std::string_view blanks(text->data() + text->size(),
                                size - text->size());
  if (blanks.find_first_of(kLineEnds) != std::string_view::npos) {
    const size_t line = text->find_last_of(kLineEnds);
    const size_t begin = line == std::string_view::npos ? 0 : line;
    *is_comment = text->substr(begin).find('%') != std::string_view::npos;
    if (*is_comment) return true;
  }
  const size_t end = text->size();
  while (!text->empty() && IsOfNumber(text->back())) text->remove_suffix(1);
  return text->size() < end;
}

// Whether the word obj behind `before` may have an object's number and
// generation before it.
bool FollowsObjectNumber(std::string_view before) {
  bool is_comment = false;
  if (!TakeNumberFromEnd(&before, &is_comment)) return false;
  if (is_comment) return true;
  if (before.empty() || !IsBlank(before.back())) return false;
  return TakeNumberFromEnd(&before, &is_comment);
}

bool MayHoldObjectWord(std::string_view pdf, size_t begin) {
  size_t at = begin;
  while ((at = pdf.find(kObject, at)) != std::string_view::npos) {
    const size_t behind = at + kObject.size();
    const bool is_whole = behind >= pdf.size() || !IsRegularPdf(pdf[behind]);
    if (is_whole && FollowsObjectNumber(pdf.substr(0, at))) return true;
    at = behind;
  }
  return false;
}

bool MayHoldTrailer(std::string_view pdf, size_t begin) {
  size_t at = begin;
  while ((at = pdf.find(kTrailer, at)) != std::string_view::npos) {
    at += kTrailer.size();
    const size_t next = pdf.find_first_not_of(kBlanks, at);
    if (next == std::string_view::npos) return true;
    if (pdf[next] == '%' || pdf[next] == '<') return true;
  }
  return false;
}

}  // namespace

bool IsRegularPdf(char c) {
  return !IsBlank(c) &&
         std::string_view("()<>[]{}/%").find(c) == std::string_view::npos;
}

bool IsPdfDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view SkipPdfBlanks(std::string_view text) {
  while (!text.empty() && (IsBlank(text.front()) || text.front() == '%')) {
    text.remove_prefix(text.front() == '%' ? EndOfPdfComment(text, 0) : 1);
  }
  return text;
}

size_t EndOfPdfRegulars(std::string_view text, size_t at) {
  while (at < text.size() && IsRegularPdf(text[at])) ++at;
  return at;
}

size_t EndOfPdfComment(std::string_view text, size_t at) {
  return std::min(text.find_first_of(kLineEnds, at), text.size());
}

size_t EndOfPdfString(std::string_view text, size_t at) {
  size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '(') {
      ++depth;
    } else if (text[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

size_t EndOfPdfHexString(std::string_view text, size_t at) {
  const size_t end = text.find('>', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::string UnescapePdfName(std::string_view written) {
  std::string plain;
  for (size_t i = 0; i < written.size(); ++i) {
    char c = written[i];
    if (c == '#' && i + 2 < written.size() && HexDigit(written[i + 1]) >= 0 &&
        HexDigit(written[i + 2]) >= 0) {
      c = static_cast<char>(HexDigit(written[i + 1]) * 16 +
                            HexDigit(written[i + 2]));
      i += 2;
    }
    if (c == '\0') break;
    plain += c;
  }
  return plain;
}

bool StartsPdfObject(std::string_view word) {
  if (!word.ends_with(kObject)) return false;
  word.remove_suffix(kObject.size());
  return word.empty() || IsOfNumber(word.back());
}

bool MayHoldPdfObject(std::string_view pdf, size_t begin, size_t end) {
  const std::string_view head = pdf.substr(0, end);
  return MayHoldObjectWord(head, begin) || MayHoldTrailer(head, begin);
}

void PdfNesting::TakeName() {
  if (levels_.empty()) return;
  levels_.back().awaits_value = !levels_.back().awaits_value;
}

void PdfNesting::TakeOther() {
  if (!levels_.empty()) levels_.back().awaits_value = false;
}

bool PdfNesting::Open(char bracket) {
  TakeOther();
  if (levels_.size() >= kDeepestLevel) return false;
  levels_.push_back({.bracket = bracket});
  return true;
}

bool PdfNesting::Close(char bracket) {
  if (levels_.empty() || levels_.back().bracket != bracket) return false;
  const bool is_whole = bracket == '[' || !levels_.back().awaits_value;
  levels_.pop_back();
  return is_whole;
}

}  // namespace burntin
