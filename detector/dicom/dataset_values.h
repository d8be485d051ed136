// Small readers of data set values. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_DATASET_VALUES_H_
#define BURNTIN_DETECTOR_DICOM_DATASET_VALUES_H_

#include "absl/status/status.h"
#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dcmtk/dcmdata/dcitem.h"
#include "dcmtk/dcmdata/dcxfer.h"

class DcmPixelSequence;

namespace burntin {

// The value of a US attribute; `otherwise` when it is absent or empty.
int UnsignedShort(DcmItem& item, const DcmTagKey& tag, int otherwise = 0);

// Pixel Data, Float Pixel Data and Double Float Pixel Data of the item itself:
// those that it has, in this order. There may be one only (PS3.3 C.7.6.3).
std::vector<DcmElement*> PixelElements(DcmItem& item);

// The value of Number of Frames (0028,0008): 1 when absent or empty, nothing
// when it is not a number above 0.
std::optional<int> NumberOfFrames(DcmItem& item);

// The fragments of compressed Pixel Data as it came from the file; null when
// the element holds native pixels or is none.
DcmPixelSequence* CompressedPixels(DcmElement& element,
                                   E_TransferSyntax syntax);

// Whether `element` holds the bits of `frames` frames and, but for a byte of
// padding or less than a frame of equal bytes, nothing else. `what`
// names it in messages.
absl::Status CheckStoredBits(DcmElement& element, int64_t frame_bits,
                             int frames, std::string_view what);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_DATASET_VALUES_H_
