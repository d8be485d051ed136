// What is known of each transfer syntax (PS3.5 clause 10, PS3.6 table A-1).
// Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_TRANSFER_SYNTAX_H_
#define BURNTIN_DETECTOR_DICOM_TRANSFER_SYNTAX_H_

#include <map>
#include <string>
#include <string_view>

namespace burntin {

// How a frame is compressed.
enum class Codec {
  kNone,           // native pixels
  kUncompressed,   // native pixels, a fragment for each frame
  kDeflatedFrame,  // likewise, each deflated by itself
  kRle,
  kJpeg,
  kJpegLs,
  kJpeg2000,  // High-Throughput JPEG 2000 too
  kJpegXl,
  kMpeg2,
  kH264,
  kHevc,
  kUnsupported,
};

struct TransferSyntax {
  std::string_view uid;
  Codec codec = Codec::kUnsupported;
};

// The row of a standard transfer syntax; null for any other UID.
const TransferSyntax* FindTransferSyntax(std::string_view uid);

// A name for each row, by its UID: DCMTK's, or the UID itself where DCMTK knows
// none.
std::map<std::string, std::string> NamesOfTransferSyntaxes();

// Whether all frames together make one stream.
bool IsVideo(Codec codec);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_TRANSFER_SYNTAX_H_
