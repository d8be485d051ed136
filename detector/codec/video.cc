#include "detector/codec/video.h"

#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/codec/ffmpeg_codec.h"
#include "detector/codec/nal_units.h"
#include "detector/codec/rgb_converter.h"
#include "detector/codec/undecoded_area.h"
#include "detector/codec/video_end.h"
#include "detector/codec/video_source.h"

extern "C" {
#include <libavcodec/codec_par.h>
#include <libavcodec/packet.h>
#include <libavutil/frame.h>
}

namespace burntin {
namespace {

absl::Status OtherPicture() {
  return Error(Reason::kUnsupportedPlace,
               "A video holds captions or a second view, which are not "
               "inspected. Look at it by hand.");
}

bool IsDamaged(const AVFrame& frame) {
  return (frame.flags & AV_FRAME_FLAG_CORRUPT) != 0 ||
         frame.decode_error_flags != 0;
}

class FfmpegVideo : public VideoDecoder {
 public:
  FfmpegVideo(std::unique_ptr<VideoSource> source, VideoKind kind,
              const CodecLimits& limits)
      : source_(std::move(source)),
        kind_(kind),
        limits_(limits),
        end_(kind, limits) {}

  absl::Status Start();
  absl::StatusOr<std::optional<DecodedFrame>> Next() override;

 private:
  absl::StatusOr<std::optional<DecodedFrame>> Decode();
  absl::StatusOr<std::optional<DecodedFrame>> Deliver();
  absl::Status Feed();
  absl::Status NotePacket();
  absl::Status CheckEnd() const;

  const std::unique_ptr<VideoSource> source_;
  const VideoKind kind_;
  const CodecLimits limits_;
  std::unique_ptr<FfmpegCodec> codec_;
  const PacketPtr packet_ = MakePacket();
  const FramePtr frame_ = MakeFrame();
  RgbConverter converter_;
  VideoEnd end_;
  size_t length_bytes_ = 0;  // in front of a NAL unit
  bool has_packet_ = false;  // that the codec was not given
  int64_t packets_ = 0;      // that it was given
  int64_t frames_ = 0;       // that it gave
  absl::Status failure_;
};

absl::Status FfmpegVideo::Start() {
  if (packet_ == nullptr || frame_ == nullptr) return DamagedVideo();
  ASSIGN_OR_RETURN(has_packet_, source_->Read(*packet_));
  if (!has_packet_) return DamagedVideo();
  const AVCodecParameters& parameters = source_->parameters();
  const absl::Span<const uint8_t> extra(
      parameters.extradata, static_cast<size_t>(parameters.extradata_size));
  length_bytes_ = LengthBytes(kind_, extra);
  ASSIGN_OR_RETURN(
      codec_, FfmpegCodec::Open(kind_, extra, limits_, Strictness::kStrict));
  return absl::OkStatus();
}

absl::Status FfmpegVideo::NotePacket() {
  ++packets_;
  if (kind_ == VideoKind::kMpeg2) return absl::OkStatus();
  const std::vector<NalUnit> units =
      SplitNalUnits(absl::Span<const uint8_t>(
                        packet_->data, static_cast<size_t>(packet_->size)),
                    length_bytes_);
  for (const NalUnit unit : units) {
    if (IsOfOtherPicture(kind_, unit)) return OtherPicture();
  }
  end_.Note(units);
  return absl::OkStatus();
}

absl::Status FfmpegVideo::Feed() {
  if (!has_packet_) {
    ASSIGN_OR_RETURN(has_packet_, source_->Read(*packet_));
  }
  if (!has_packet_) return codec_->Give(nullptr);
  has_packet_ = false;
  RETURN_IF_ERROR(NotePacket());
  return codec_->Give(packet_.get());
}

absl::StatusOr<std::optional<DecodedFrame>> FfmpegVideo::Deliver() {
  ++frames_;
  // A picture that was made up to be referred to is one too many.
  if (IsDamaged(*frame_) || codec_->pictures() > packets_ ||
      (kind_ == VideoKind::kHevc && HasUndecoded(*frame_))) {
    return DamagedVideo();
  }
  if (av_frame_get_side_data(frame_.get(), AV_FRAME_DATA_A53_CC) != nullptr) {
    return OtherPicture();
  }
  if (av_frame_get_side_data(frame_.get(), AV_FRAME_DATA_DISPLAYMATRIX) !=
      nullptr) {
    return TurnedVideo();
  }
  if (av_frame_apply_cropping(frame_.get(), AV_FRAME_CROP_UNALIGNED) < 0) {
    return DamagedVideo();
  }
  ASSIGN_OR_RETURN(DecodedFrame made, converter_.Convert(*frame_));
  return made;
}

// Each picture comes out once. One packet holds one, or a field of it.
absl::Status FfmpegVideo::CheckEnd() const {
  const bool has_fields = kind_ == VideoKind::kH264;
  if (frames_ == 0 || codec_->pictures() != frames_ ||
      (!has_fields && packets_ != frames_)) {
    return DamagedVideo();
  }
  // An MP4 file says how long each packet is.
  if (kind_ == VideoKind::kMpeg2 || length_bytes_ != 0) return absl::OkStatus();
  return end_.Check();
}

absl::StatusOr<std::optional<DecodedFrame>> FfmpegVideo::Decode() {
  for (;;) {
    ASSIGN_OR_RETURN(const FfmpegCodec::Outcome outcome, codec_->Take(*frame_));
    switch (outcome) {
      case FfmpegCodec::Outcome::kFrame:
        return Deliver();
      case FfmpegCodec::Outcome::kNeedsPacket: {
        RETURN_IF_ERROR(Feed());
        break;
      }
      case FfmpegCodec::Outcome::kEnd: {
        RETURN_IF_ERROR(CheckEnd());
        return std::nullopt;
      }
    }
  }
}

absl::StatusOr<std::optional<DecodedFrame>> FfmpegVideo::Next() {
  RETURN_IF_ERROR(failure_);
  absl::StatusOr<std::optional<DecodedFrame>> decoded = Decode();
  failure_ = decoded.status();
  return decoded;
}

}  // namespace

absl::StatusOr<std::unique_ptr<VideoDecoder>> VideoDecoder::Open(
    absl::Span<const uint8_t> stream, VideoKind kind,
    const CodecLimits& limits) {
  ASSIGN_OR_RETURN(std::unique_ptr<VideoSource> source,
                   VideoSource::Open(stream, kind));
  auto video = std::make_unique<FfmpegVideo>(std::move(source), kind, limits);
  RETURN_IF_ERROR(video->Start());
  return video;
}

}  // namespace burntin
