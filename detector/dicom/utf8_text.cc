#include "detector/dicom/utf8_text.h"

#include "dcmtk/dcmdata/dctk.h"

namespace burntin {

Utf8Text::Utf8Text(DcmItem& dataset) {
  OFString charset;
  dataset.findAndGetOFStringArray(DCM_SpecificCharacterSet, charset);
  // Bytes beyond ASCII without a character set are against the standard;
  // they are mostly Latin 1, and must not come out as invalid UTF-8.
  if (charset.empty()) charset = "ISO_IR 100";
  converts_ = converter_.selectCharacterSet(charset, "ISO_IR 192").good();
}

std::string Utf8Text::Convert(const OFString& value, const char* delimiters) {
  OFString converted;
  if (!converts_ ||
      converter_.convertString(value, converted, delimiters).bad()) {
    converted = value;
  }
  return std::string(converted.c_str(), converted.size());
}

}  // namespace burntin
