// Converts a data set's text to UTF-8. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_UTF8_TEXT_H_
#define BURNTIN_DETECTOR_DICOM_UTF8_TEXT_H_

#include <string>

#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dcitem.h"
#include "dcmtk/dcmdata/dcspchrs.h"
#include "dcmtk/ofstd/ofchrenc.h"

namespace burntin {

// As Specific Character Set (0008,0005) of the data set or item says; a value
// that does not convert is kept byte for byte.
class Utf8Text {
 public:
  explicit Utf8Text(DcmItem& dataset);

  // Character sets start anew behind `delimiters` (PS3.5 clause 6.1.2.5.3).
  std::string Convert(const OFString& value, const char* delimiters = "");

 private:
  DcmSpecificCharacterSet converter_;
  bool converts_ = false;
  // For the sets with escapes that `converter_` does not know.
  OFCharacterEncoding escaped_;
  bool converts_escaped_ = false;
  bool without_escapes_ = false;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_UTF8_TEXT_H_
