#include "detector/document/pdf_survey.h"

#include <algorithm>
#include <climits>
#include <cstdint>
#include <optional>
#include <string>

#include "detector/document/inflate.h"
#include "detector/document/pdf_syntax.h"

namespace burntin {
namespace {

constexpr size_t kInflatedLimitBytes = size_t{64} << 20;
// An entry's value is looked for so far behind its key, so that the time stays
// linear in the file's size.
constexpr size_t kValueBytes = 64;
// Bits of an annotation's F: it is not shown at all, or not on a screen.
constexpr int kHiddenFlags = 0x02 | 0x20;

// The number at the start of `text`, which is moved behind it. -1 for none;
// INT_MAX, which has all bits, for one with a sign or too many digits.
int TakeInteger(std::string_view* text) {
  *text = SkipPdfBlanks(*text);
  const size_t end = EndOfPdfRegulars(*text, 0);
  const std::string_view sign("+-");
  if (end > 0 && sign.find(text->front()) != std::string_view::npos) {
    text->remove_prefix(end);
    return INT_MAX;
  }
  int64_t value = 0;
  size_t digits = 0;
  while (digits < end && IsPdfDigit((*text)[digits])) {
    value = std::min<int64_t>(value * 10 + ((*text)[digits] - '0'), INT_MAX);
    ++digits;
  }
  text->remove_prefix(digits);
  return digits == 0 ? -1 : static_cast<int>(value);
}

// Whether an entry F with this value hides an annotation. A reference (two
// numbers and an R) is a file's name.
bool Hides(std::string_view value) {
  const int flags = TakeInteger(&value);
  if (flags < 0 || (flags & kHiddenFlags) == 0) return false;
  if (TakeInteger(&value) < 0) return true;
  return !SkipPdfBlanks(value).starts_with('R');
}

// Whether an entry Contents with this value is what somebody wrote. Pages have
// a reference there, and signatures bytes that start a DER sequence.
bool IsComment(std::string_view value) {
  value = SkipPdfBlanks(value);
  if (value.starts_with("(")) return !value.starts_with("()");
  return value.starts_with("<") && !value.starts_with("<<") &&
         !value.starts_with("<>") && !value.starts_with("<30");
}

// Whether an entry Filter with this value is what Inflate undoes. A reference
// may be anything.
bool IsFlate(std::string_view value) {
  value = SkipPdfBlanks(value);
  const bool is_array = value.starts_with('[');
  if (is_array) value = SkipPdfBlanks(value.substr(1));
  if (!value.starts_with('/')) return false;
  const size_t end = EndOfPdfRegulars(value, 1);
  const std::string name = UnescapePdfName(value.substr(1, end - 1));
  if (name != "FlateDecode" && name != "Fl") return false;
  return !is_array || SkipPdfBlanks(value.substr(end)).starts_with(']');
}

// Whether an entry DecodeParms with this value says all it says right there.
bool IsDirect(std::string_view value) {
  value = SkipPdfBlanks(value);
  return value.starts_with("<<") || value.starts_with("null");
}

bool HasValueThatMatters(std::string_view name) {
  return name == "Contents" || name == "F" || name == "Filter" ||
         name == "DecodeParms" || name == "DP";
}

// Poppler reads an object from the word obj on, wherever in the file that
// stands. So the search may step over streams, strings and comments as long
// as they have no such word, and must split all else as Poppler does.
class Surveyor {
 public:
  PdfSurvey Run(std::string_view pdf) {
    size_t at = 0;
    while (at < pdf.size()) at = TakeToken(pdf, at);
    // What is encrypted may read as something else.
    survey_.is_partial |= has_encryption_ && has_object_streams_;
    return std::move(survey_);
  }

 private:
  // What an object's names say about the stream that it may be.
  struct StreamTraits {
    bool is_called_objects = false;
    bool has_count = false;
    bool has_first = false;
    bool is_deflated = false;
    bool is_filtered_otherwise = false;

    // Poppler does not look at the type.
    bool HoldsObjects() const {
      return is_called_objects || (has_count && has_first);
    }
  };

  // Each Take... returns where the search goes on.
  size_t TakeToken(std::string_view pdf, size_t at) {
    switch (pdf[at]) {
      case '%':
        return StepOver(pdf, at, EndOfPdfComment);
      case '<':
      case '>':
      case '[':
      case ']':
        return TakeBracket(pdf, at);
      case '(':
        TakeOther();
        return StepOver(pdf, at, EndOfPdfString);
      case '/':
        nesting_.TakeName();
        is_behind_dictionary_ = false;
        return TakeName(pdf, at + 1, /*is_packed=*/false);
      case ')':
      case '{':
      case '}':
        TakeOther();
        return at + 1;
      default:
        return IsRegularPdf(pdf[at]) ? TakeWord(pdf, at) : at + 1;
    }
  }

  void TakeOther() {
    nesting_.TakeOther();
    is_behind_dictionary_ = false;
  }

  size_t TakeBracket(std::string_view pdf, size_t at) {
    const std::string_view rest = pdf.substr(at);
    is_behind_dictionary_ = rest.starts_with(">>");
    bool is_well_formed = true;
    if (rest.starts_with("<<")) {
      is_well_formed = nesting_.Open('<');
    } else if (rest.starts_with(">>")) {
      is_well_formed = nesting_.Close('<');
    } else if (rest.starts_with('[')) {
      is_well_formed = nesting_.Open('[');
    } else if (rest.starts_with(']')) {
      is_well_formed = nesting_.Close('[');
    } else {
      TakeOther();
      if (rest.starts_with('>')) return at + 1;
      return StepOver(pdf, at, EndOfPdfHexString);
    }
    if (!is_well_formed) survey_.is_partial = true;
    return at + (rest.starts_with('[') || rest.starts_with(']') ? 1 : 2);
  }

  // Once something is left out, strings and comments may be no such things,
  // and are searched.
  size_t StepOver(std::string_view pdf, size_t at,
                  size_t (*end_of)(std::string_view, size_t)) {
    if (survey_.is_partial) return at + 1;
    const size_t end = end_of(pdf, at);
    survey_.is_partial = MayHoldPdfObject(pdf, at, end);
    return survey_.is_partial ? at + 1 : end;
  }

  size_t TakeWord(std::string_view pdf, size_t at) {
    const size_t end = EndOfPdfRegulars(pdf, at);
    const std::string_view word = pdf.substr(at, end - at);
    if (word == "stream" && is_behind_dictionary_) return TakeStream(pdf, end);
    if (StartsPdfObject(word)) {
      survey_.is_partial |= !nesting_.is_empty();
      nesting_.Clear();
      traits_ = {};
    }
    TakeOther();
    return end;
  }

  // `at` is behind the word that starts a stream.
  size_t TakeStream(std::string_view pdf, size_t at) {
    size_t begin = std::min(pdf.find_first_of("\r\n", at), pdf.size());
    begin += pdf.substr(begin).starts_with("\r\n") ? 2 : 1;
    begin = std::min(begin, pdf.size());
    const size_t end = std::min(pdf.find("endstream", begin), pdf.size());
    // Where a stream within a dictionary ends is the Length's matter.
    survey_.is_partial |=
        !nesting_.is_empty() || MayHoldPdfObject(pdf, at, end);
    if (traits_.HoldsObjects()) {
      has_object_streams_ = true;
      SearchObjectStream(pdf.substr(begin, end - begin));
    }
    traits_ = {};
    TakeOther();
    return end;
  }

  void SearchObjects(std::string_view objects) {
    size_t at = 0;
    while ((at = objects.find('/', at)) != std::string_view::npos) {
      at = TakeName(objects, at + 1, /*is_packed=*/true);
    }
  }

  void SearchObjectStream(std::string_view stored) {
    if (!traits_.is_deflated && !traits_.is_filtered_otherwise) {
      // It may hold the word that seems to end it, and go on.
      survey_.is_partial = true;
      SearchObjects(stored);
      return;
    }
    std::optional<std::string> objects;
    if (!traits_.is_filtered_otherwise) {
      objects = Inflate(stored, kInflatedLimitBytes - inflated_bytes_);
    }
    if (!objects) {
      survey_.is_partial = true;
      return;
    }
    inflated_bytes_ += objects->size();
    SearchObjects(*objects);
  }

  // `at` is behind the slash. Returns the place behind the name.
  size_t TakeName(std::string_view text, size_t at, bool is_packed) {
    const size_t end = EndOfPdfRegulars(text, at);
    const std::string name = UnescapePdfName(text.substr(at, end - at));
    if (name == "CropBox") {
      // A packed one shows in the page's boxes.
      if (!is_packed) survey_.crop_boxes.push_back(at);
    } else if (name == "OCProperties") {
      if (is_packed) {
        survey_.has_packed_layers = true;
      } else {
        survey_.layers.push_back(at);
      }
    } else {
      const std::string_view value =
          HasValueThatMatters(name) ? ValueAt(text, end) : std::string_view();
      TakePlace(name, value);
      if (!is_packed) TakeTrait(name, value);
    }
    return end;
  }

  // The start of the value that stands at `at`, blank where it is too far.
  std::string_view ValueAt(std::string_view text, size_t at) {
    const std::string_view near = text.substr(at, kValueBytes);
    const std::string_view value = SkipPdfBlanks(near);
    survey_.is_partial |= value.empty() && near.size() == kValueBytes;
    return value;
  }

  void TakePlace(const std::string& name, std::string_view value) {
    if (name == "EmbeddedFile" || name == "EmbeddedFiles" ||
        name == "FileAttachment" || name == "Collection") {
      survey_.has_attachments = true;
    } else if (name == "JavaScript") {
      survey_.has_scripts = true;
    } else if (name == "XFA") {
      survey_.has_xfa = true;
    } else if (name == "RichMedia" || name == "3D" || name == "Movie" ||
               name == "Sound" || name == "Rendition") {
      survey_.has_media = true;
    } else if (name == "Contents") {
      survey_.has_comments |= IsComment(value);
    } else if (name == "F") {
      survey_.has_hidden_annotations |= Hides(value);
    }
  }

  void TakeTrait(const std::string& name, std::string_view value) {
    if (name == "ObjStm") {
      traits_.is_called_objects = true;
    } else if (name == "N") {
      traits_.has_count = true;
    } else if (name == "First") {
      traits_.has_first = true;
    } else if (name == "Filter" || name == "F") {
      (IsFlate(value) ? traits_.is_deflated : traits_.is_filtered_otherwise) =
          true;
    } else if (name == "DecodeParms" || name == "DP") {
      traits_.is_filtered_otherwise |= !IsDirect(value);
    } else if (name == "Predictor") {
      traits_.is_filtered_otherwise = true;
    } else if (name == "Encrypt") {
      has_encryption_ = true;
    }
  }

  PdfSurvey survey_;
  PdfNesting nesting_;
  bool is_behind_dictionary_ = false;  // white space and comments aside
  StreamTraits traits_;
  bool has_encryption_ = false;
  bool has_object_streams_ = false;
  size_t inflated_bytes_ = 0;
};

}  // namespace

PdfSurvey SurveyPdf(std::string_view pdf) { return Surveyor().Run(pdf); }

}  // namespace burntin
