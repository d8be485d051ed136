#include "detector/dicom/utf8_text.h"

#include <string_view>

#include "dcmtk/dcmdata/dctk.h"

namespace burntin {
namespace {

// Sets with escapes that Debian's DCMTK names in a way that its converter does
// not know (PS3.3 table C.12-4), and how the C library calls the same bytes.
struct EscapedSet {
  std::string_view defined_term;
  const char* encoding;
  // Whether the escapes are in PS3.5 only, and no part of `encoding`.
  bool without_escapes;
};
constexpr EscapedSet kEscapedSets[] = {
    {"ISO 2022 IR 87", "ISO-2022-JP-2", false},
    {"ISO 2022 IR 159", "ISO-2022-JP-2", false},
    {"ISO 2022 IR 149", "EUC-KR", true},
    {"ISO 2022 IR 58", "EUC-CN", true},
};

// `value` without ESC $ ) x and ESC ) x, which choose the upper half (G1).
OFString WithoutEscapes(const OFString& value) {
  OFString plain;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\x1B') {
      i += i + 1 < value.size() && value[i + 1] == '$' ? 3 : 2;
    } else {
      plain += value[i];
    }
  }
  return plain;
}

}  // namespace

Utf8Text::Utf8Text(DcmItem& dataset) {
  OFString charset;
  dataset.findAndGetOFStringArray(DCM_SpecificCharacterSet, charset);
  // Bytes beyond ASCII without a character set are against the standard;
  // they are mostly Latin 1, and must not come out as invalid UTF-8.
  if (charset.empty()) charset = "ISO_IR 100";
  converts_ = converter_.selectCharacterSet(charset, "ISO_IR 192").good();
  if (converts_) return;
  const std::string_view terms(charset.c_str(), charset.size());
  for (const EscapedSet& set : kEscapedSets) {
    if (terms.find(set.defined_term) == std::string_view::npos) continue;
    if (escaped_.selectEncoding(set.encoding, "UTF-8").good()) {
      converts_escaped_ = true;
      without_escapes_ = set.without_escapes;
      return;
    }
  }
}

std::string Utf8Text::Convert(const OFString& value, const char* delimiters) {
  OFString converted;
  if (converts_escaped_) {
    const OFString input = without_escapes_ ? WithoutEscapes(value) : value;
    if (escaped_.convertString(input, converted, /*clearMode=*/OFTrue).bad()) {
      converted = value;
    }
  } else if (!converts_ ||
             converter_.convertString(value, converted, delimiters).bad()) {
    converted = value;
  }
  return std::string(converted.c_str(), converted.size());
}

}  // namespace burntin
