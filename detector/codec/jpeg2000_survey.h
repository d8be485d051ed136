// What a JPEG 2000 codestream says of itself, read before a decoder takes it.
// Private to detector/codec.
#ifndef BURNTIN_DETECTOR_CODEC_JPEG2000_SURVEY_H_
#define BURNTIN_DETECTOR_CODEC_JPEG2000_SURVEY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/codec/codec.h"

namespace burntin {

absl::Status DamagedJpeg2000();

// Whether `stream` is a JP2 file rather than a bare codestream.
inline bool IsJp2(absl::Span<const uint8_t> stream) {
  constexpr uint8_t kSignature[] = {0, 0, 0, 12, 'j', 'P', ' ', ' '};
  return stream.size() > sizeof(kSignature) &&
         std::equal(std::begin(kSignature), std::end(kSignature),
                    stream.begin());
}

struct Jpeg2000Outline {
  size_t end = 0;  // of the codestream, behind its EOC marker
  // The decoder undoes a transform between channels (T.800 G).
  bool has_transform = false;
};

// Vouches for what OpenJPEG does not look at: that each tile is there with all
// of its parts, and that the size, the tiles and the packets are within
// `limits` and no more than `stream` has room for. Errors as of DecodeJpeg2000.
absl::StatusOr<Jpeg2000Outline> SurveyJpeg2000(absl::Span<const uint8_t> stream,
                                               const CodecLimits& limits);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_JPEG2000_SURVEY_H_
