#include "detector/codec/rgb_converter.h"

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/codec/video_source.h"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

namespace burntin {
namespace {

constexpr int kChannels = 3;
// A video that does not name its colours has those of television of its size.
constexpr int kMostStandardRows = 576;
// libswscale may write a few pixels behind the end of a line, each of which
// it writes before the next.
constexpr size_t kSlackValues = 64;

bool IsDeep(const AVFrame& frame) {
  const AVPixFmtDescriptor* format =
      av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  return format != nullptr && format->comp[0].depth > 8;
}

// FFmpeg keeps the stream's number in an enumeration that need not have it.
template <typename Enumeration>
int NumberIn(const Enumeration& field) {
  static_assert(sizeof(field) == sizeof(int));
  int number = 0;
  std::memcpy(&number, &field, sizeof(number));
  return number;
}

int ColoursOf(const AVFrame& frame) {
  switch (NumberIn(frame.colorspace)) {
    case AVCOL_SPC_BT709:
      return SWS_CS_ITU709;
    case AVCOL_SPC_FCC:
      return SWS_CS_FCC;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
      return SWS_CS_ITU601;
    case AVCOL_SPC_SMPTE240M:
      return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      return SWS_CS_BT2020;
    default:
      return frame.height > kMostStandardRows ? SWS_CS_ITU709 : SWS_CS_ITU601;
  }
}

bool IsFullRange(const AVFrame& frame) {
  return NumberIn(frame.color_range) == AVCOL_RANGE_JPEG ||
         frame.format == AV_PIX_FMT_YUVJ420P ||
         frame.format == AV_PIX_FMT_YUVJ422P ||
         frame.format == AV_PIX_FMT_YUVJ444P;
}

}  // namespace

struct RgbConverter::Kind {
  explicit Kind(const AVFrame& frame)
      : columns(frame.width),
        rows(frame.height),
        format(frame.format),
        colours(ColoursOf(frame)),
        is_full_range(IsFullRange(frame)) {}

  friend bool operator==(const Kind&, const Kind&) = default;

  int columns;
  int rows;
  int format;
  int colours;
  bool is_full_range;
};

RgbConverter::RgbConverter() = default;

RgbConverter::~RgbConverter() { sws_freeContext(scaler_); }

absl::Status RgbConverter::Start(const AVFrame& frame) {
  const auto format = static_cast<AVPixelFormat>(frame.format);
  const AVPixelFormat wanted =
      IsDeep(frame) ? AV_PIX_FMT_RGB48 : AV_PIX_FMT_RGB24;
  scaler_ = sws_getContext(
      frame.width, frame.height, format, frame.width, frame.height, wanted,
      SWS_BILINEAR | SWS_ACCURATE_RND, nullptr, nullptr, nullptr);
  kind_ = std::make_unique<Kind>(frame);
  constexpr int kOne = 1 << 16;
  if (scaler_ == nullptr ||
      sws_setColorspaceDetails(scaler_, sws_getCoefficients(kind_->colours),
                               kind_->is_full_range ? 1 : 0,
                               sws_getCoefficients(SWS_CS_DEFAULT), 1,
                               /*brightness=*/0, /*contrast=*/kOne,
                               /*saturation=*/kOne) < 0) {
    return Error(Reason::kUnsupportedPixelLayout,
                 "A video's pixels are of a kind that is not supported. Look "
                 "at it by hand.");
  }
  return absl::OkStatus();
}

absl::StatusOr<DecodedFrame> RgbConverter::Convert(const AVFrame& frame) {
  if (kind_ == nullptr) RETURN_IF_ERROR(Start(frame));
  if (!(*kind_ == Kind(frame))) return DamagedVideo();
  DecodedFrame made;
  made.cells.rows = frame.height;
  made.cells.columns = frame.width;
  made.cells.channels = kChannels;
  const size_t values =
      static_cast<size_t>(frame.height) * frame.width * kChannels;
  const auto scale = [&](auto words) -> absl::Status {
    words.resize(values + kSlackValues);
    made.precision = static_cast<int>(sizeof(words[0]) * 8);
    auto* pixels = reinterpret_cast<uint8_t*>(words.data());
    const int line_bytes =
        frame.width * kChannels * static_cast<int>(sizeof(words[0]));
    if (sws_scale(scaler_, frame.data, frame.linesize, 0, frame.height, &pixels,
                  &line_bytes) != frame.height) {
      return DamagedVideo();
    }
    words.resize(values);
    made.cells.values = std::move(words);
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(IsDeep(frame) ? scale(std::vector<uint16_t>())
                                : scale(std::vector<uint8_t>()));
  return made;
}

}  // namespace burntin
