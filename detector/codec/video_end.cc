#include "detector/codec/video_end.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include "detector/base/status_macros.h"
#include "detector/codec/ffmpeg_codec.h"
#include "detector/codec/video_source.h"

extern "C" {
#include <libavcodec/packet.h>
#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
}

namespace burntin {
namespace {

constexpr std::string_view kStartCode("\0\0\1", 3);
// More than FFmpeg reads ahead.
constexpr size_t kFollowingBytes = 64;
// Data that is missing may be guessed right now and then.
constexpr uint32_t kGuesses = 16;
constexpr size_t kMostParameterSets = 256;

// Noise without zeros, so that it makes no start code.
std::string Noise(uint32_t seed) {
  std::string noise;
  uint32_t state = seed * 0x9E3779B9;
  while (noise.size() < kFollowingBytes) {
    state = state * 1664525 + 1013904223;
    noise.push_back(static_cast<char>(state >> 24 | 1));
  }
  return noise;
}

// All planes, which show whether the data was understood in the same way.
void AppendPlanes(const AVFrame& frame, std::string& planes) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  const int size =
      av_image_get_buffer_size(format, frame.width, frame.height, /*align=*/1);
  if (size <= 0) return;
  const size_t start = planes.size();
  planes.resize(start + static_cast<size_t>(size));
  av_image_copy_to_buffer(reinterpret_cast<uint8_t*>(planes.data() + start),
                          size, frame.data, frame.linesize, format, frame.width,
                          frame.height, /*align=*/1);
}

}  // namespace

void VideoEnd::Note(absl::Span<const NalUnit> units) {
  last_.clear();
  for (const NalUnit unit : units) {
    std::string bytes(kStartCode);
    bytes.append(unit.begin(), unit.end());
    last_ += bytes;
    if (!IsParameterSet(kind_, unit)) continue;
    std::erase(parameter_sets_, bytes);
    if (parameter_sets_.size() == kMostParameterSets) {
      parameter_sets_.erase(parameter_sets_.begin());
    }
    parameter_sets_.push_back(std::move(bytes));
  }
}

absl::StatusOr<std::string> VideoEnd::DecodeFollowedBy(
    const std::string& noise) const {
  std::string data;
  for (const std::string& set : parameter_sets_) data += set;
  data += last_;
  data += noise;
  ASSIGN_OR_RETURN(
      const std::unique_ptr<FfmpegCodec> codec,
      FfmpegCodec::Open(kind_, /*extra=*/{}, limits_, Strictness::kPatient));
  const PacketPtr packet = MakePacket();
  const FramePtr frame = MakeFrame();
  if (packet == nullptr || frame == nullptr ||
      av_new_packet(packet.get(), static_cast<int>(data.size())) < 0) {
    return DamagedVideo();
  }
  std::copy(data.begin(), data.end(), packet->data);
  RETURN_IF_ERROR(codec->Give(packet.get()));
  std::string planes;
  for (bool has_ended = false;;) {
    ASSIGN_OR_RETURN(const FfmpegCodec::Outcome outcome, codec->Take(*frame));
    if (outcome == FfmpegCodec::Outcome::kEnd) return planes;
    if (outcome == FfmpegCodec::Outcome::kFrame) {
      if (frame->decode_error_flags != 0) return DamagedVideo();
      AppendPlanes(*frame, planes);
    } else if (!has_ended) {
      has_ended = true;
      RETURN_IF_ERROR(codec->Give(nullptr));
    }
  }
}

absl::Status VideoEnd::Check() const {
  ASSIGN_OR_RETURN(const std::string first, DecodeFollowedBy(Noise(0)));
  if (first.empty()) return DamagedVideo();
  for (uint32_t seed = 1; seed < kGuesses; ++seed) {
    ASSIGN_OR_RETURN(const std::string other, DecodeFollowedBy(Noise(seed)));
    if (other != first) return DamagedVideo();
  }
  return absl::OkStatus();
}

}  // namespace burntin
