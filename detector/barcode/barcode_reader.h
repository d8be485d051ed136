// barcode: reads barcodes and two-dimensional codes, whose content is text too.
#ifndef BURNTIN_DETECTOR_BARCODE_BARCODE_READER_H_
#define BURNTIN_DETECTOR_BARCODE_BARCODE_READER_H_

#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/plane.h"

namespace burntin {

// The codes that any of `views` shows: Code 39, 93 and 128, Codabar, ITF, EAN,
// UPC and GS1 DataBar; QR, Micro QR, Data Matrix, Aztec, PDF417 and MaxiCode;
// dark on bright or bright on dark, turned, mirrored or both. One that is too
// damaged to be read is none.
//
// ZXing reads them, and some versions of it end the process on pictures that
// they do not expect; so this belongs where objects are decoded, in a process
// of its own. Any thread may call it.
absl::StatusOr<std::vector<StatedText>> ReadBarcodes(const PlaneViews& views);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BARCODE_BARCODE_READER_H_
