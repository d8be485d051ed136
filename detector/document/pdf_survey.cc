#include "detector/document/pdf_survey.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "detector/document/inflate.h"

namespace burntin {
namespace {

constexpr size_t kInflatedLimitBytes = size_t{64} << 20;
// Bits of an annotation's F: it is not shown at all, or not on a screen.
constexpr int kHiddenFlags = 0x02 | 0x20;

bool IsBlank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' ||
         c == '\0';
}

bool IsRegular(char c) {
  return !IsBlank(c) &&
         std::string_view("()<>[]{}/%").find(c) == std::string_view::npos;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view SkipBlanks(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  return text;
}

// The number at the start of `text`, which is moved behind it. -1 for none,
// and for one that is no small integer.
int TakeInteger(std::string_view* text) {
  *text = SkipBlanks(*text);
  int value = 0;
  size_t digits = 0;
  while (digits < text->size() && IsDigit((*text)[digits]) && digits < 9) {
    value = value * 10 + ((*text)[digits] - '0');
    ++digits;
  }
  text->remove_prefix(digits);
  return digits == 0 ? -1 : value;
}

// Whether an entry F with this value hides an annotation. A reference (two
// numbers and an R) is a file's name.
bool Hides(std::string_view value) {
  const int flags = TakeInteger(&value);
  if (flags < 0 || (flags & kHiddenFlags) == 0) return false;
  if (TakeInteger(&value) < 0) return true;
  return !SkipBlanks(value).starts_with('R');
}

// Whether an entry Contents with this value is what somebody wrote. Pages have
// a reference there, and signatures bytes that start a DER sequence.
bool IsComment(std::string_view value) {
  value = SkipBlanks(value);
  if (value.starts_with("(")) return !value.starts_with("()");
  return value.starts_with("<") && !value.starts_with("<<") &&
         !value.starts_with("<>") && !value.starts_with("<30");
}

int HexDigit(char c) {
  if (IsDigit(c)) return c - '0';
  const int lower = std::tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// A name may have any character as # and two hexadecimal digits.
std::string Unescape(std::string_view name) {
  std::string plain;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '#' && i + 2 < name.size() && HexDigit(name[i + 1]) >= 0 &&
        HexDigit(name[i + 2]) >= 0) {
      plain +=
          static_cast<char>(HexDigit(name[i + 1]) * 16 + HexDigit(name[i + 2]));
      i += 2;
    } else {
      plain += name[i];
    }
  }
  return plain;
}

class Surveyor {
 public:
  PdfSurvey Run(std::string_view pdf) {
    SearchFile(pdf);
    return std::move(survey_);
  }

 private:
  // What the names since the last stream say about the next one.
  struct StreamTraits {
    bool holds_objects = false;
    bool is_deflated = false;
    bool is_filtered_otherwise = false;
  };

  void SearchFile(std::string_view pdf) {
    size_t at = 0;
    while ((at = pdf.find_first_of("/s", at)) != std::string_view::npos) {
      if (pdf[at] == '/') {
        at = TakeName(pdf, at + 1, /*is_packed=*/false);
      } else if (IsStreamAt(pdf, at)) {
        at = TakeStream(pdf, at);
        traits_ = {};
      } else {
        ++at;
      }
    }
  }

  void SearchObjects(std::string_view objects) {
    size_t at = 0;
    while ((at = objects.find('/', at)) != std::string_view::npos) {
      at = TakeName(objects, at + 1, /*is_packed=*/true);
    }
  }

  // The word that starts a stream stands between a dictionary and a new line.
  static bool IsStreamAt(std::string_view pdf, size_t at) {
    constexpr std::string_view kWord = "stream";
    if (pdf.substr(at, kWord.size()) != kWord) return false;
    const size_t behind = at + kWord.size();
    if (behind >= pdf.size() || !IsBlank(pdf[behind])) return false;
    size_t before = at;
    while (before > 0 && IsBlank(pdf[before - 1])) --before;
    return before > 0 && pdf[before - 1] == '>';
  }

  // Returns where the search goes on.
  size_t TakeStream(std::string_view pdf, size_t at) {
    size_t begin = pdf.find('\n', at);
    const size_t carriage = pdf.find('\r', at);
    begin = std::min(begin, carriage);
    if (begin == std::string_view::npos) return pdf.size();
    if (pdf.substr(begin).starts_with("\r\n")) ++begin;
    ++begin;
    const size_t end = std::min(pdf.find("endstream", begin), pdf.size());
    if (traits_.holds_objects) {
      SearchObjectStream(pdf.substr(begin, end - begin));
    }
    return end;
  }

  void SearchObjectStream(std::string_view stored) {
    if (!traits_.is_deflated && !traits_.is_filtered_otherwise) {
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
    size_t end = at;
    while (end < text.size() && IsRegular(text[end])) ++end;
    const std::string name = Unescape(text.substr(at, end - at));
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
      TakePlace(name, text.substr(end));
      TakeTrait(name);
    }
    return end;
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

  void TakeTrait(const std::string& name) {
    if (name == "ObjStm") {
      traits_.holds_objects = true;
    } else if (name == "FlateDecode" || name == "Fl") {
      traits_.is_deflated = true;
    } else if (name.ends_with("Decode") || name == "Predictor" ||
               name == "Crypt") {
      traits_.is_filtered_otherwise = true;
    }
  }

  PdfSurvey survey_;
  StreamTraits traits_;
  size_t inflated_bytes_ = 0;
};

}  // namespace

PdfSurvey SurveyPdf(std::string_view pdf) { return Surveyor().Run(pdf); }

}  // namespace burntin
