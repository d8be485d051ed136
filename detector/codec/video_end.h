// Finds out whether the last picture of a video is cut. FFmpeg goes on with
// zeros where the data ends, for HEVC without end.
//
// The last picture is decoded alone, with the parameter sets, again and again,
// each time with other noise behind it. What is whole never depends on that.
// The pictures that it refers to are grey then, so that lost motion of a few
// blocks can go unnoticed; lost detail, such as text, does not. Private to
// detector/codec.
#ifndef BURNTIN_DETECTOR_CODEC_VIDEO_END_H_
#define BURNTIN_DETECTOR_CODEC_VIDEO_END_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "detector/codec/nal_units.h"
#include "detector/codec/video.h"

namespace burntin {

// For H.264 and HEVC that is parted by start codes.
class VideoEnd {
 public:
  VideoEnd(VideoKind kind, const CodecLimits& limits)
      : kind_(kind), limits_(limits) {}

  // Takes the units of one packet after another.
  void Note(absl::Span<const NalUnit> units);

  // FRAME_DECODE_FAILED when the last picture depends on what might follow
  // it: a whole one does not.
  absl::Status Check() const;

 private:
  absl::StatusOr<std::string> DecodeFollowedBy(const std::string& noise) const;

  const VideoKind kind_;
  const CodecLimits limits_;
  std::vector<std::string> parameter_sets_;  // the latest last
  std::string last_;                         // with start codes
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_VIDEO_END_H_
