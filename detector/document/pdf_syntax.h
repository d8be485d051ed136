// How a PDF file splits into tokens, the way Poppler splits it. Private to
// detector/document.
#ifndef BURNTIN_DETECTOR_DOCUMENT_PDF_SYNTAX_H_
#define BURNTIN_DETECTOR_DOCUMENT_PDF_SYNTAX_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace burntin {

// Names, numbers and words consist of regular characters.
bool IsRegularPdf(char c);

bool IsPdfDigit(char c);

// `text` without the white space and the comments at its start.
std::string_view SkipPdfBlanks(std::string_view text);

// Each takes the place where the token starts, and returns the place behind
// it: the text's end if it has none of its own.
size_t EndOfPdfRegulars(std::string_view text, size_t at);
size_t EndOfPdfComment(std::string_view text, size_t at);
size_t EndOfPdfString(std::string_view text, size_t at);     // at (
size_t EndOfPdfHexString(std::string_view text, size_t at);  // at <

// What a name means that is written like this, without the slash: # and two
// hexadecimal digits are any character. Poppler cuts a name at a zero.
std::string UnescapePdfName(std::string_view written);

// Whether `word`, a run of regular characters, ends with the word obj that
// starts an object. A number may stand before it without a blank.
bool StartsPdfObject(std::string_view word);

// Whether Poppler could be sent into [begin, end) to read an object or a
// trailer there. By chance it is so for about one in 10^11 bytes.
bool MayHoldPdfObject(std::string_view pdf, size_t begin, size_t end);

// The dictionaries ('<') and arrays ('[') that are open.
class PdfNesting {
 public:
  bool is_empty() const { return levels_.empty(); }
  void Clear() { levels_.clear(); }

  // A token that is neither opened nor closed.
  void TakeName();
  void TakeOther();
  // Both return false where the file is malformed, or deeper than Poppler
  // follows. Readers differ in what comes of it.
  [[nodiscard]] bool Open(char bracket);
  [[nodiscard]] bool Close(char bracket);

 private:
  struct Level {
    char bracket = '<';
    bool awaits_value = false;  // a dictionary's key was the last token
  };
  std::vector<Level> levels_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DOCUMENT_PDF_SYNTAX_H_
