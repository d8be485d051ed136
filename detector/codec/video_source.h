// Takes the packets of one video stream out of a container in memory, by
// libavformat. Private to detector/codec.
#ifndef BURNTIN_DETECTOR_CODEC_VIDEO_SOURCE_H_
#define BURNTIN_DETECTOR_CODEC_VIDEO_SOURCE_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/codec/video.h"

struct AVCodecParameters;
struct AVPacket;

namespace burntin {

absl::Status DamagedVideo();
absl::Status TurnedVideo();

class VideoSource {
 public:
  // `stream` outlives the source. Opens nothing but `stream`.
  static absl::StatusOr<std::unique_ptr<VideoSource>> Open(
      absl::Span<const uint8_t> stream, VideoKind kind);

  virtual ~VideoSource() = default;

  // The next packet in the order of decoding; false behind the last.
  // UNSUPPORTED_PLACE as soon as there is another stream that can show text.
  virtual absl::StatusOr<bool> Read(AVPacket& packet) = 0;

  // Of the stream of the packet that was read last.
  virtual const AVCodecParameters& parameters() const = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_VIDEO_SOURCE_H_
