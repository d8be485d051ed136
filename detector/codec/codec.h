// codec: decodes compressed pixel data that DCMTK does not, from bytes in
// memory to cells.
#ifndef BURNTIN_DETECTOR_CODEC_CODEC_H_
#define BURNTIN_DETECTOR_CODEC_CODEC_H_

#include <cstddef>
#include <cstdint>

#include "detector/base/cells.h"

namespace burntin {

struct CodecLimits {
  int64_t pixels = 0;  // rows times columns of a frame
};

// As many bytes behind the end of a stream are padding: they are too few for
// a picture.
inline constexpr size_t kMostStrayBytes = 8;

// One frame as its stream describes it, which need not be what the DICOM
// header says.
struct DecodedFrame {
  PixelCells cells;        // signed values are sign-extended to whole cells
  int precision = 0;       // bits of a value, the most of all channels
  bool is_signed = false;  // in two's complement
  // Three channels that are luma and chroma still.
  bool is_ycc = false;
  // Three channels that are no luma and chroma any more: the decoder undid the
  // stream's own colour transform. Where it is neither, the header knows.
  bool is_rgb = false;
  // More than padding follows the end of the stream.
  bool has_more = false;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_CODEC_H_
