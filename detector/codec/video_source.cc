#include "detector/codec/video_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace burntin {
namespace {

constexpr int kBufferBytes = 1 << 16;
constexpr size_t kTransportPacketBytes = 188;
constexpr uint8_t kTransportSync = 0x47;

absl::Status OtherStream() {
  return Error(Reason::kUnsupportedPlace,
               "A video file holds a further stream of pictures, captions or "
               "data. Look at it by hand.");
}

// What libavformat says could hold a patient's name.
void SilenceFfmpeg() {
  static const bool silenced = [] {
    av_log_set_level(AV_LOG_QUIET);
    av_log_set_callback([](void*, int, const char*, va_list) {});

    return true;
  }();
  static_cast<void>(silenced);
}

struct Input {
  absl::Span<const uint8_t> bytes;
  size_t at = 0;
};

int ReadBytes(void* opaque, uint8_t* buffer, int size) {
  auto* input = static_cast<Input*>(opaque);
  const size_t taken = std::min<size_t>(static_cast<size_t>(size),
                                        input->bytes.size() - input->at);
  if (taken == 0) return AVERROR_EOF;
  std::memcpy(buffer, input->bytes.data() + input->at, taken);
  input->at += taken;
  return static_cast<int>(taken);
}

int64_t Seek(void* opaque, int64_t offset, int whence) {
  auto* input = static_cast<Input*>(opaque);
  const auto size = static_cast<int64_t>(input->bytes.size());
  whence &= ~AVSEEK_FORCE;
  if (whence == AVSEEK_SIZE) return size;
  if (whence == SEEK_CUR) offset += static_cast<int64_t>(input->at);
  if (whence == SEEK_END) offset += size;
  if (offset < 0 || offset > size) return AVERROR(EINVAL);
  input->at = static_cast<size_t>(offset);
  return offset;
}

int OpenNothing(AVFormatContext*, AVIOContext**, const char*, int,
                AVDictionary**) {
  return AVERROR(EPERM);
}

bool Has(absl::Span<const uint8_t> stream, size_t at, std::string_view text) {
  return stream.size() >= at + text.size() &&
         std::memcmp(stream.data() + at, text.data(), text.size()) == 0;
}

bool IsMp4(absl::Span<const uint8_t> stream) {
  constexpr std::string_view kBoxes[] = {"ftyp", "moov", "mdat",
                                         "free", "skip", "wide"};
  return std::any_of(std::begin(kBoxes), std::end(kBoxes),
                     [&](auto box) { return Has(stream, 4, box); });
}

// How many bytes a packet of the transport stream takes: 188, or 192 with a
// time in front of each; 0 when it is none. libavformat would skip what is
// between packets, and stop quietly at one that is cut.
size_t TransportPacketBytes(absl::Span<const uint8_t> stream) {
  for (const size_t extra : {size_t{0}, size_t{4}}) {
    const size_t step = kTransportPacketBytes + extra;
    if (stream.size() < step || stream[extra] != kTransportSync) continue;
    size_t at = 0;
    while (at + step <= stream.size() && stream[at + extra] == kTransportSync) {
      at += step;
    }
    if (stream.size() - at <= kMostStrayBytes) return step;
  }
  return 0;
}

// The name of the demuxer, of the few that may be used; empty for none.
std::string FormatOf(absl::Span<const uint8_t> stream, VideoKind kind) {
  constexpr std::string_view kPackStart("\0\0\1\xBA", 4);
  constexpr std::string_view kStart("\0\0\1", 3);
  constexpr std::string_view kLongStart("\0\0\0\1", 4);
  if (IsMp4(stream)) return "mov";
  if (TransportPacketBytes(stream) != 0) return "mpegts";
  if (Has(stream, 0, kPackStart)) return "mpeg";
  if (!Has(stream, 0, kStart) && !Has(stream, 0, kLongStart)) return "";
  if (kind == VideoKind::kMpeg2) return "mpegvideo";
  return kind == VideoKind::kH264 ? "h264" : "hevc";
}

bool IsOfKind(AVCodecID codec, VideoKind kind) {
  switch (kind) {
    case VideoKind::kMpeg2:
      return codec == AV_CODEC_ID_MPEG2VIDEO || codec == AV_CODEC_ID_MPEG1VIDEO;
    case VideoKind::kH264:
      return codec == AV_CODEC_ID_H264;
    case VideoKind::kHevc:
      return codec == AV_CODEC_ID_HEVC;
  }
  return false;
}

struct FormatFreeing {
  void operator()(AVFormatContext* format) const {
    avformat_close_input(&format);
  }
};
struct InputFreeing {
  void operator()(AVIOContext* input) const {
    av_freep(&input->buffer);
    avio_context_free(&input);
  }
};

class FormatSource : public VideoSource {
 public:
  FormatSource(absl::Span<const uint8_t> stream, VideoKind kind)
      : input_{.bytes = stream}, kind_(kind) {}

  absl::Status Start();
  absl::StatusOr<bool> Read(AVPacket& packet) override;
  const AVCodecParameters& parameters() const override {
    return *format_->streams[video_]->codecpar;
  }

 private:
  absl::Status SurveyStreams();
  absl::Status SurveyStream(unsigned number);
  absl::Status CheckEnd() const;

  Input input_;
  const VideoKind kind_;
  std::unique_ptr<AVIOContext, InputFreeing> io_;
  std::unique_ptr<AVFormatContext, FormatFreeing> format_;
  unsigned surveyed_ = 0;
  int video_ = -1;
  int64_t packets_ = 0;
};

absl::Status FormatSource::Start() {
  const std::string name = FormatOf(input_.bytes, kind_);
  const AVInputFormat* demuxer =
      name.empty() ? nullptr : av_find_input_format(name.c_str());
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBufferBytes));
  io_.reset(avio_alloc_context(buffer, kBufferBytes, /*write_flag=*/0, &input_,
                               ReadBytes, nullptr, Seek));
  AVFormatContext* format = avformat_alloc_context();
  if (demuxer == nullptr || io_ == nullptr || format == nullptr) {
    avformat_free_context(format);
    return DamagedVideo();
  }
  format->pb = io_.get();
  format->io_open = OpenNothing;
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  format->error_recognition = AV_EF_CRCCHECK | AV_EF_BUFFER | AV_EF_EXPLODE;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", demuxer->name, 0);
  av_dict_set(&options, "protocol_whitelist", "none", 0);
  // An edit list hides frames from some viewers only.
  if (name == "mov") av_dict_set(&options, "ignore_editlist", "1", 0);
  // Frees `format` when it fails.
  const int opened = avformat_open_input(&format, "", demuxer, &options);
  av_dict_free(&options);
  if (opened < 0) return DamagedVideo();
  format_.reset(format);
  return SurveyStreams();
}

absl::Status FormatSource::SurveyStream(unsigned number) {
  AVStream& stream = *format_->streams[number];
  constexpr unsigned kTimecode = MKTAG('t', 'm', 'c', 'd');
  switch (stream.codecpar->codec_type) {
    case AVMEDIA_TYPE_VIDEO:
      if (video_ >= 0) return OtherStream();
      if (av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX,
                                  nullptr) != nullptr) {
        return TurnedVideo();
      }
      video_ = static_cast<int>(number);
      return absl::OkStatus();
    case AVMEDIA_TYPE_AUDIO:
      stream.discard = AVDISCARD_ALL;
      return absl::OkStatus();
    default:
      return stream.codecpar->codec_tag == kTimecode ? absl::OkStatus()
                                                     : OtherStream();
  }
}

// MPEG containers tell of their streams as they go.
absl::Status FormatSource::SurveyStreams() {
  for (; surveyed_ < format_->nb_streams; ++surveyed_) {
    RETURN_IF_ERROR(SurveyStream(surveyed_));
  }
  return absl::OkStatus();
}

absl::Status FormatSource::CheckEnd() const {
  if (video_ < 0 || packets_ == 0 || io_->error != 0) return DamagedVideo();
  // 0 where the container does not tell.
  const int64_t declared = format_->streams[video_]->nb_frames;
  return declared == 0 || declared == packets_ ? absl::OkStatus()
                                               : DamagedVideo();
}

absl::StatusOr<bool> FormatSource::Read(AVPacket& packet) {
  for (;;) {
    av_packet_unref(&packet);
    const int got = av_read_frame(format_.get(), &packet);
    RETURN_IF_ERROR(SurveyStreams());
    if (got == AVERROR_EOF) {
      RETURN_IF_ERROR(CheckEnd());
      return false;
    }
    if (got < 0) return DamagedVideo();
    if (packet.stream_index != video_) continue;
    if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0 ||
        !IsOfKind(parameters().codec_id, kind_)) {
      return DamagedVideo();
    }
    packet.flags &= ~AV_PKT_FLAG_DISCARD;
    ++packets_;
    return true;
  }
}

}  // namespace

absl::Status DamagedVideo() {
  return Error(Reason::kFrameDecodeFailed,
               "A video is damaged or cut, or of another kind than its "
               "transfer syntax says. Fetch the object again, or look at it "
               "by hand.");
}

absl::Status TurnedVideo() {
  return Error(Reason::kUnsupportedPixelLayout,
               "A video is to be shown turned or mirrored. Look at it by "
               "hand.");
}

absl::StatusOr<std::unique_ptr<VideoSource>> VideoSource::Open(
    absl::Span<const uint8_t> stream, VideoKind kind) {
  SilenceFfmpeg();
  auto source = std::make_unique<FormatSource>(stream, kind);
  RETURN_IF_ERROR(source->Start());
  return source;
}

}  // namespace burntin
