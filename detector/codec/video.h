// MPEG-2, H.264 and HEVC video, by FFmpeg.
#ifndef BURNTIN_DETECTOR_CODEC_VIDEO_H_
#define BURNTIN_DETECTOR_CODEC_VIDEO_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/codec/codec.h"

namespace burntin {

enum class VideoKind { kMpeg2, kH264, kHevc };

// Gives the frames of one video in the order in which they are shown. One
// thread at a time.
class VideoDecoder {
 public:
  // `stream` is a bare stream, or one in an MPEG transport or program stream
  // or an MP4 file; it outlives the decoder. FRAME_DECODE_FAILED when it is
  // none of these or says that it holds video of another kind. kMpeg2 takes
  // MPEG-1, too.
  static absl::StatusOr<std::unique_ptr<VideoDecoder>> Open(
      absl::Span<const uint8_t> stream, VideoKind kind,
      const CodecLimits& limits);

  virtual ~VideoDecoder() = default;

  // The next frame as RGB, 8 bits or 16, cropped; nothing behind the last. An
  // error, after which no frame comes: FRAME_DECODE_FAILED for whatever is
  // damaged or cut, and for frames that change in size; PIXEL_LIMIT_EXCEEDED
  // before pixels are allocated; UNSUPPORTED_PLACE when there is more to be
  // seen, a second video, subtitles, captions or a second view;
  // UNSUPPORTED_PIXEL_LAYOUT for what is to be shown turned. An error may come
  // as late as behind the last frame, so that no frame is proven whole before.
  virtual absl::StatusOr<std::optional<DecodedFrame>> Next() = 0;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_VIDEO_H_
