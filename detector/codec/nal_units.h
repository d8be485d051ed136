// The NAL units of H.264 (H.264 7.3.1) and HEVC (H.265 7.3.1.2) video.
// Private to detector/codec.
#ifndef BURNTIN_DETECTOR_CODEC_NAL_UNITS_H_
#define BURNTIN_DETECTOR_CODEC_NAL_UNITS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "detector/codec/video.h"

namespace burntin {

using NalUnit = absl::Span<const uint8_t>;

// How many bytes hold the length in front of each unit, as an MP4 file's
// decoder configuration `extra` says; 0 when start codes part the units.
size_t LengthBytes(VideoKind kind, absl::Span<const uint8_t> extra);

// The units of `packet`, without start codes, lengths and trailing zeros. A
// last unit that is cut comes as it is.
std::vector<NalUnit> SplitNalUnits(absl::Span<const uint8_t> packet,
                                   size_t length_bytes);

// Whether a decoder needs it before it can take any picture.
bool IsParameterSet(VideoKind kind, NalUnit unit);

// Whether it belongs to a second picture that FFmpeg leaves out: another view
// or layer, or an auxiliary picture.
bool IsOfOtherPicture(VideoKind kind, NalUnit unit);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_NAL_UNITS_H_
