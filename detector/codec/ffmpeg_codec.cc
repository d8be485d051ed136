#include "detector/codec/ffmpeg_codec.h"

#include <cstring>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/codec/undecoded_area.h"
#include "detector/codec/video_source.h"

extern "C" {
#include <libavcodec/avcodec.h>
}

namespace burntin {
namespace {

// Codecs store whole blocks, of which no more than this is cropped.
constexpr int64_t kMostPadding = 64;

absl::Status TooLarge() {
  return Error(Reason::kPixelLimitExceeded,
               "A video's frames have more pixels than the limit allows. "
               "Raise the limit, or look at it by hand.");
}

const AVCodec* FindDecoder(VideoKind kind) {
  switch (kind) {
    case VideoKind::kMpeg2:
      return avcodec_find_decoder(AV_CODEC_ID_MPEG2VIDEO);
    case VideoKind::kH264:
      return avcodec_find_decoder(AV_CODEC_ID_H264);
    case VideoKind::kHevc:
      return avcodec_find_decoder(AV_CODEC_ID_HEVC);
  }
  return nullptr;
}

struct ContextFreeing {
  void operator()(AVCodecContext* context) const {
    avcodec_free_context(&context);
  }
};

bool IsWithin(int64_t columns, int64_t rows, int64_t pixels) {
  return columns <= 0 || rows <= 0 || columns <= pixels / rows;
}

}  // namespace

void PacketFreeing::operator()(AVPacket* packet) const {
  av_packet_free(&packet);
}

PacketPtr MakePacket() { return PacketPtr(av_packet_alloc()); }

void FrameFreeing::operator()(AVFrame* frame) const { av_frame_free(&frame); }

FramePtr MakeFrame() { return FramePtr(av_frame_alloc()); }

struct FfmpegCodec::State {
  std::unique_ptr<AVCodecContext, ContextFreeing> context;
  VideoKind kind = VideoKind::kMpeg2;
  int64_t pixels = 0;
  int64_t pictures = 0;
  bool is_too_large = false;

  static int MakeBuffer(AVCodecContext* context, AVFrame* frame, int flags) {
    auto& state = *static_cast<State*>(context->opaque);
    const int made = avcodec_default_get_buffer2(context, frame, flags);
    ++state.pictures;
    if (made >= 0 && state.kind == VideoKind::kHevc) MarkUndecoded(*frame);
    return made;
  }

  // FFmpeg asks for a format when it knows the size and has made no room yet.
  static AVPixelFormat ChooseFormat(AVCodecContext* context,
                                    const AVPixelFormat* formats) {
    auto& state = *static_cast<State*>(context->opaque);
    if (!IsWithin(context->width, context->height, state.pixels) ||
        !IsWithin(context->coded_width - kMostPadding,
                  context->coded_height - kMostPadding, state.pixels)) {
      state.is_too_large = true;
      return AV_PIX_FMT_NONE;
    }
    return avcodec_default_get_format(context, formats);
  }
};

FfmpegCodec::FfmpegCodec(std::unique_ptr<State> state)
    : state_(std::move(state)) {}

FfmpegCodec::~FfmpegCodec() = default;

absl::StatusOr<std::unique_ptr<FfmpegCodec>> FfmpegCodec::Open(
    VideoKind kind, absl::Span<const uint8_t> extra, const CodecLimits& limits,
    Strictness strictness) {
  const AVCodec* codec = FindDecoder(kind);
  auto state = std::make_unique<State>();
  state->context.reset(codec == nullptr ? nullptr
                                        : avcodec_alloc_context3(codec));
  AVCodecContext* context = state->context.get();
  if (context == nullptr) {
    return Error(Reason::kEngineFailed,
                 "FFmpeg lacks a decoder for a video. Install a complete one.");
  }
  state->kind = kind;
  state->pixels = limits.pixels;
  context->opaque = state.get();
  context->get_format = State::ChooseFormat;
  context->get_buffer2 = State::MakeBuffer;
  context->thread_count = 1;
  context->thread_type = 0;
  // Frames that FFmpeg would drop come out, marked.
  context->flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT | AV_CODEC_FLAG_UNALIGNED;
  context->flags2 |= AV_CODEC_FLAG2_SHOW_ALL;
  context->apply_cropping = 0;
  if (strictness == Strictness::kStrict) {
    context->err_recognition = AV_EF_CRCCHECK | AV_EF_BUFFER | AV_EF_EXPLODE;
    // Without it the H.264 decoder guesses how far pictures are reordered,
    // and drops those that prove it wrong.
    context->strict_std_compliance = FF_COMPLIANCE_STRICT;
  }
  if (!extra.empty()) {
    context->extradata = static_cast<uint8_t*>(
        av_mallocz(extra.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (context->extradata == nullptr) return DamagedVideo();
    std::memcpy(context->extradata, extra.data(), extra.size());
    context->extradata_size = static_cast<int>(extra.size());
  }
  std::unique_ptr<FfmpegCodec> made(new FfmpegCodec(std::move(state)));
  if (avcodec_open2(context, codec, nullptr) < 0) return made->Failed();
  return made;
}

int64_t FfmpegCodec::pictures() const { return state_->pictures; }

absl::Status FfmpegCodec::Failed() const {
  return state_->is_too_large ? TooLarge() : DamagedVideo();
}

absl::Status FfmpegCodec::Give(const AVPacket* packet) {
  return avcodec_send_packet(state_->context.get(), packet) < 0
             ? Failed()
             : absl::OkStatus();
}

absl::StatusOr<FfmpegCodec::Outcome> FfmpegCodec::Take(AVFrame& frame) {
  const int got = avcodec_receive_frame(state_->context.get(), &frame);
  if (got == AVERROR(EAGAIN)) return Outcome::kNeedsPacket;
  if (got == AVERROR_EOF) return Outcome::kEnd;
  if (got < 0) return Failed();
  if (!IsWithin(frame.width - kMostPadding, frame.height - kMostPadding,
                state_->pixels)) {
    return TooLarge();
  }
  return Outcome::kFrame;
}

}  // namespace burntin
