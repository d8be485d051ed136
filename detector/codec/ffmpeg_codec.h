// One decoder of libavcodec, set up so that it hides no damage. Private to
// detector/codec.
#ifndef BURNTIN_DETECTOR_CODEC_FFMPEG_CODEC_H_
#define BURNTIN_DETECTOR_CODEC_FFMPEG_CODEC_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "detector/codec/video.h"

struct AVCodecContext;
struct AVFrame;
struct AVPacket;

namespace burntin {

struct PacketFreeing {
  void operator()(AVPacket* packet) const;
};
using PacketPtr = std::unique_ptr<AVPacket, PacketFreeing>;
PacketPtr MakePacket();

struct FrameFreeing {
  void operator()(AVFrame* frame) const;
};
using FramePtr = std::unique_ptr<AVFrame, FrameFreeing>;
FramePtr MakeFrame();

enum class Strictness {
  kStrict,
  kPatient,  // with pictures that are not there to refer to
};

// One thread at a time.
class FfmpegCodec {
 public:
  // `extra` is the container's decoder configuration, if any.
  static absl::StatusOr<std::unique_ptr<FfmpegCodec>> Open(
      VideoKind kind, absl::Span<const uint8_t> extra,
      const CodecLimits& limits, Strictness strictness);

  ~FfmpegCodec();

  // No packet: the end. All frames are taken before the next packet is given.
  absl::Status Give(const AVPacket* packet);

  enum class Outcome { kFrame, kNeedsPacket, kEnd };
  // A frame comes as it is stored, not cropped.
  absl::StatusOr<Outcome> Take(AVFrame& frame);

  // Pictures that were begun, those included that FFmpeg makes up when one to
  // refer to is missing.
  int64_t pictures() const;

 private:
  struct State;

  explicit FfmpegCodec(std::unique_ptr<State> state);
  absl::Status Failed() const;

  const std::unique_ptr<State> state_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_FFMPEG_CODEC_H_
