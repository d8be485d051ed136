// Reads the header's facts out of a data set. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_HEADER_READER_H_
#define BURNTIN_DETECTOR_DICOM_HEADER_READER_H_

#include "detector/base/header.h"

class DcmDataset;

namespace burntin {

struct ReadableHeader {
  Header header;
  // False where an attribute is longer, or has more values, than any machine
  // writes; the rest is left out.
  bool whole = true;
};

// Identifiers are the attributes of detector/base/identifying_attributes.h,
// also those of nested items, but for the times of those: each frame may have
// some. Strings are converted to UTF-8 as Specific Character Set (0008,0005)
// says; a value that does not convert is kept byte for byte.
ReadableHeader ReadHeader(DcmDataset& dataset);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_HEADER_READER_H_
