// How the fragments of compressed Pixel Data (PS3.5 A.4) share out among the
// frames. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_FRAGMENTS_H_
#define BURNTIN_DETECTOR_DICOM_FRAGMENTS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dcmtk/config/osconfig.h"
// DCMTK wants its configuration first.
#include "dcmtk/dcmdata/dcfcache.h"
#include "dcmtk/dcmdata/dcitem.h"
#include "detector/dicom/jpeg_markers.h"
#include "detector/dicom/transfer_syntax.h"

class DcmPixelItem;
class DcmPixelSequence;

namespace burntin {

// The fragments of one frame; 1 is the first after the offset table.
struct FrameFragments {
  unsigned long first = 1;
  unsigned long count = 0;
  std::optional<JpegFrame> stream;  // of JPEG and JPEG-LS
};

struct FragmentMap {
  std::vector<DcmPixelItem*> fragments;  // without the offset table
  std::vector<FrameFragments> frames;    // of video: all fragments, once
  // OK when the fragments hold the frames and nothing else.
  absl::Status whole;
};

// Where a frame is one fragment by definition (RLE, deflated and uncompressed
// frames), there must be as many fragments as frames. Of other images, as many
// fragments must start with the codec's first bytes, the first among them; a
// JPEG or JPEG-LS frame must end with its EOI marker. Offset tables, basic
// and extended (in `item`), must agree if there are any. Reads all fragments
// of JPEG and JPEG-LS, and the first bytes of others. What follows the end
// of other streams is for their decoders to notice.
//
// Without an offset table, DCMTK cannot tell where a frame of several
// fragments starts. So a table is made, in memory only.
FragmentMap MapFragments(DcmPixelSequence& sequence, DcmItem& item, Codec codec,
                         int frames);

// The bytes of one frame. FRAME_DECODE_FAILED when they cannot be read.
absl::StatusOr<std::vector<uint8_t>> ReadFragments(const FragmentMap& map,
                                                   const FrameFragments& frame,
                                                   DcmFileCache* cache);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_FRAGMENTS_H_
