// barcode: reads barcodes and two-dimensional codes, whose content is text too.
#ifndef BURNTIN_DETECTOR_BARCODE_BARCODE_READER_H_
#define BURNTIN_DETECTOR_BARCODE_BARCODE_READER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/plane.h"

namespace burntin {

class AreaMemory;

// Reads codes on the frames of one object: what looks the same on many of them
// is read once.
//
// ZXing reads them, and some versions of it end the process on pictures that
// they do not expect; so this belongs where objects are decoded, in a process
// of its own. Any number of threads may ask.
class BarcodeReader {
 public:
  BarcodeReader();
  ~BarcodeReader();

  // The codes that any of `views` shows: Code 39, 93 and 128, Codabar, ITF,
  // EAN, UPC and GS1 DataBar; QR, Micro QR, Data Matrix, Aztec, PDF417 and
  // MaxiCode; dark on bright or bright on dark, turned, mirrored or both. One
  // that is too damaged to be read is none.
  absl::StatusOr<std::vector<StatedText>> Read(const PlaneViews& views);

 private:
  std::unique_ptr<AreaMemory> memory_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_BARCODE_BARCODE_READER_H_
