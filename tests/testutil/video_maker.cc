#include <algorithm>
#include <memory>
#include <stdexcept>

#include "tests/testutil/stream_maker.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

#if defined(__SANITIZE_ADDRESS__)
// libx265 3.5 loses some strings and tables of each encoder.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libx265.so";
}
#endif

namespace burntin {
namespace {

constexpr int kFramesPerSecond = 25;
constexpr int kAudioRate = 48000;
constexpr int64_t kMostReordered = 4;  // frames

struct ContextFreeing {
  void operator()(AVCodecContext* context) const {
    avcodec_free_context(&context);
  }
};
struct PacketFreeing {
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
};
struct FrameFreeing {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using ContextPtr = std::unique_ptr<AVCodecContext, ContextFreeing>;
using PacketPtr = std::unique_ptr<AVPacket, PacketFreeing>;
using FramePtr = std::unique_ptr<AVFrame, FrameFreeing>;

void Check(int result) {
  if (result < 0) throw std::runtime_error("FFmpeg does not encode this");
}

AVPixelFormat FormatOf(const VideoOptions& options) {
  return options.ten_bits ? AV_PIX_FMT_YUV420P10 : AV_PIX_FMT_YUV420P;
}

const char* EncoderOf(VideoCoding coding) {
  switch (coding) {
    case VideoCoding::kMotionJpeg:
      return "mjpeg";
    case VideoCoding::kMpeg1:
      return "mpeg1video";
    case VideoCoding::kMpeg2:
      return "mpeg2video";
    case VideoCoding::kH264:
      return "libx264";
    case VideoCoding::kHevc:
      return "libx265";
  }
  return "";
}

const char* MuxerOf(VideoWrapping wrapping) {
  switch (wrapping) {
    case VideoWrapping::kTransport:
      return "mpegts";
    case VideoWrapping::kProgram:
      return "vob";
    default:
      return "mp4";
  }
}

AVDictionary* OptionsOf(const VideoOptions& options) {
  AVDictionary* dictionary = nullptr;
  const std::string separator = options.extra.empty() ? "" : ":";
  if (options.coding == VideoCoding::kH264) {
    av_dict_set(&dictionary, "x264-params",
                ("threads=1" + separator + options.extra).c_str(), 0);
  } else if (options.coding == VideoCoding::kHevc) {
    // libx265 3.5 writes behind its tables for small pictures with cutree.
    av_dict_set(&dictionary, "x265-params",
                ("log-level=none:pools=none:cutree=0:frame-threads=1:bframes=" +
                 std::to_string(options.b_frames) + separator + options.extra)
                    .c_str(),
                0);
  } else {
    Check(
        av_dict_parse_string(&dictionary, options.extra.c_str(), "=", ":", 0));
  }
  return dictionary;
}

ContextPtr OpenEncoder(const Image& first, const VideoOptions& options) {
  const AVCodec* codec =
      avcodec_find_encoder_by_name(EncoderOf(options.coding));
  if (codec == nullptr) throw std::runtime_error("FFmpeg lacks an encoder");
  ContextPtr context(avcodec_alloc_context3(codec));
  context->width = first.columns;
  context->height = first.rows;
  context->pix_fmt = FormatOf(options);
  context->time_base = {1, kFramesPerSecond};
  context->framerate = {kFramesPerSecond, 1};
  context->gop_size = options.key_interval;
  context->max_b_frames = options.b_frames;
  context->thread_count = 1;
  context->colorspace = AVCOL_SPC_SMPTE170M;
  context->color_range =
      options.full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  context->flags |= AV_CODEC_FLAG_QSCALE;
  context->global_quality = 2 * FF_QP2LAMBDA;
  if (options.interlaced) {
    context->flags |=
        AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME;
  }
  if (options.wrapping == VideoWrapping::kMp4) {
    context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  }
  AVDictionary* dictionary = OptionsOf(options);
  const int opened = avcodec_open2(context.get(), codec, &dictionary);
  av_dict_free(&dictionary);
  Check(opened);
  return context;
}

FramePtr ToFrame(const Image& image, const VideoOptions& options) {
  FramePtr frame(av_frame_alloc());
  frame->width = image.columns;
  frame->height = image.rows;
  frame->format = FormatOf(options);
  Check(av_frame_get_buffer(frame.get(), 0));
  const AVPixelFormat from =
      image.channels == 3 ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_GRAY8;
  SwsContext* scaler =
      sws_getContext(image.columns, image.rows, from, image.columns, image.rows,
                     FormatOf(options), SWS_BILINEAR | SWS_ACCURATE_RND,
                     nullptr, nullptr, nullptr);
  constexpr int kOne = 1 << 16;
  sws_setColorspaceDetails(scaler, sws_getCoefficients(SWS_CS_ITU601), 1,
                           sws_getCoefficients(SWS_CS_ITU601),
                           options.full_range ? 1 : 0, 0, kOne, kOne);
  const uint8_t* pixels = image.pixels.data();
  const int line_bytes = image.columns * image.channels;
  sws_scale(scaler, &pixels, &line_bytes, 0, image.rows, frame->data,
            frame->linesize);
  sws_freeContext(scaler);
  frame->interlaced_frame = options.interlaced ? 1 : 0;
  frame->top_field_first = frame->interlaced_frame;
  return frame;
}

void TakePackets(AVCodecContext* encoder, const AVFrame* frame,
                 std::vector<PacketPtr>& packets) {
  Check(avcodec_send_frame(encoder, frame));
  for (;;) {
    PacketPtr packet(av_packet_alloc());
    const int got = avcodec_receive_packet(encoder, packet.get());
    if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return;
    Check(got);
    packets.push_back(std::move(packet));
  }
}

std::vector<PacketPtr> Encode(AVCodecContext* encoder,
                              const std::vector<Image>& frames,
                              const VideoOptions& options) {
  std::vector<PacketPtr> packets;
  for (size_t i = 0; i < frames.size(); ++i) {
    const FramePtr frame = ToFrame(frames[i], options);
    frame->pts = static_cast<int64_t>(i);
    frame->quality = encoder->global_quality;
    TakePackets(encoder, frame.get(), packets);
  }
  TakePackets(encoder, nullptr, packets);
  if (options.coding == VideoCoding::kHevc) {
    // libx265's own are undefined when there are fewer frames than it looks
    // ahead.
    for (size_t i = 0; i < packets.size(); ++i) {
      packets[i]->dts = static_cast<int64_t>(i) - kMostReordered;
    }
  }
  return packets;
}

// Silence, in MPEG audio layer II.
std::vector<PacketPtr> EncodeAudio(ContextPtr& encoder) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MP2);
  encoder.reset(avcodec_alloc_context3(codec));
  encoder->sample_fmt = AV_SAMPLE_FMT_S16;
  encoder->sample_rate = kAudioRate;
  av_channel_layout_default(&encoder->ch_layout, 1);
  encoder->time_base = {1, kAudioRate};
  Check(avcodec_open2(encoder.get(), codec, nullptr));
  const FramePtr frame(av_frame_alloc());
  frame->format = encoder->sample_fmt;
  frame->nb_samples = encoder->frame_size;
  Check(av_channel_layout_copy(&frame->ch_layout, &encoder->ch_layout));
  Check(av_frame_get_buffer(frame.get(), 0));
  std::fill_n(frame->data[0], frame->nb_samples * 2, uint8_t{0});
  std::vector<PacketPtr> packets;
  for (int i = 0; i < 4; ++i) {
    frame->pts = int64_t{i} * frame->nb_samples;
    TakePackets(encoder.get(), frame.get(), packets);
  }
  TakePackets(encoder.get(), nullptr, packets);
  return packets;
}

// Writes a file in memory.
class Muxing {
 public:
  explicit Muxing(VideoWrapping wrapping) {
    Check(avformat_alloc_output_context2(&format_, nullptr, MuxerOf(wrapping),
                                         nullptr));
    Check(avio_open_dyn_buf(&format_->pb));
  }
  ~Muxing() { avformat_free_context(format_); }

  AVStream* AddStream(const AVCodecContext* encoder) {
    AVStream* stream = avformat_new_stream(format_, nullptr);
    Check(avcodec_parameters_from_context(stream->codecpar, encoder));
    stream->time_base = encoder->time_base;
    return stream;
  }

  AVStream* AddSubtitles() {
    AVStream* stream = avformat_new_stream(format_, nullptr);
    stream->codecpar->codec_type = AVMEDIA_TYPE_SUBTITLE;
    stream->codecpar->codec_id = AV_CODEC_ID_MOV_TEXT;
    stream->time_base = {1, kFramesPerSecond};
    return stream;
  }

  void Start() { Check(avformat_write_header(format_, nullptr)); }

  void Write(const AVPacket& packet, AVRational time_base, AVStream* stream) {
    const PacketPtr copy(av_packet_clone(&packet));
    copy->stream_index = stream->index;
    av_packet_rescale_ts(copy.get(), time_base, stream->time_base);
    Check(av_interleaved_write_frame(format_, copy.get()));
  }

  std::string Finish() {
    Check(av_write_trailer(format_));
    uint8_t* bytes = nullptr;
    const int size = avio_close_dyn_buf(format_->pb, &bytes);
    std::string made(reinterpret_cast<char*>(bytes), static_cast<size_t>(size));
    av_free(bytes);
    return made;
  }

 private:
  AVFormatContext* format_ = nullptr;
};

void WriteSubtitle(Muxing& muxing, AVStream* stream) {
  const std::string text("\0\5HELLO", 7);
  const PacketPtr packet(av_packet_alloc());
  Check(av_new_packet(packet.get(), static_cast<int>(text.size())));
  std::copy(text.begin(), text.end(), packet->data);
  packet->pts = packet->dts = 0;
  packet->duration = kFramesPerSecond;
  muxing.Write(*packet, {1, kFramesPerSecond}, stream);
}

std::string Wrap(const AVCodecContext* encoder,
                 const std::vector<PacketPtr>& packets,
                 const VideoOptions& options) {
  Muxing muxing(options.wrapping);
  std::vector<AVStream*> videos;
  for (int i = 0; i < options.videos; ++i) {
    videos.push_back(muxing.AddStream(encoder));
  }
  ContextPtr audio_encoder;
  std::vector<PacketPtr> audio_packets;
  AVStream* audio = nullptr;
  if (options.with_audio) {
    audio_packets = EncodeAudio(audio_encoder);
    audio = muxing.AddStream(audio_encoder.get());
  }
  AVStream* subtitles =
      options.with_subtitles ? muxing.AddSubtitles() : nullptr;
  muxing.Start();
  for (const PacketPtr& packet : audio_packets) {
    muxing.Write(*packet, audio_encoder->time_base, audio);
  }
  if (subtitles != nullptr) WriteSubtitle(muxing, subtitles);
  for (const PacketPtr& packet : packets) {
    for (AVStream* video : videos) {
      muxing.Write(*packet, encoder->time_base, video);
    }
  }
  return muxing.Finish();
}

}  // namespace

std::string MakeVideo(const std::vector<Image>& frames,
                      const VideoOptions& options) {
  av_log_set_level(AV_LOG_QUIET);
  const ContextPtr encoder = OpenEncoder(frames.at(0), options);
  const std::vector<PacketPtr> packets = Encode(encoder.get(), frames, options);
  if (options.wrapping != VideoWrapping::kBare) {
    return Wrap(encoder.get(), packets, options);
  }
  std::string bytes;
  for (const PacketPtr& packet : packets) {
    bytes.append(reinterpret_cast<const char*>(packet->data),
                 static_cast<size_t>(packet->size));
  }
  return bytes;
}

std::string MakeJpeg(const Image& picture) {
  return MakeVideo({picture},
                   {.coding = VideoCoding::kMotionJpeg, .full_range = true});
}

}  // namespace burntin
