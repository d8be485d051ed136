#include "detector/codec/jpegxl.h"

#include <jxl/decode.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "detector/base/error.h"
#include "detector/base/status_macros.h"

namespace burntin {
namespace {

// libjxl 0.7 works in single precision, which holds no more exactly.
constexpr uint32_t kMostBits = 16;

absl::Status Damaged() {
  return Error(Reason::kFrameDecodeFailed,
               "A JPEG XL frame is damaged or cut. Fetch the object again, or "
               "look at it by hand.");
}

absl::Status Unsupported() {
  return Error(Reason::kUnsupportedPixelLayout,
               "A JPEG XL frame has several pictures, is turned, or has "
               "channels or bits that are not supported. Look at it by hand.");
}

struct DecoderFreeing {
  void operator()(JxlDecoder* decoder) const { JxlDecoderDestroy(decoder); }
};

template <typename T>
constexpr JxlDataType kTypeOf = JXL_TYPE_FLOAT;
template <>
constexpr JxlDataType kTypeOf<uint8_t> = JXL_TYPE_UINT8;
template <>
constexpr JxlDataType kTypeOf<uint16_t> = JXL_TYPE_UINT16;

class Decoding {
 public:
  explicit Decoding(const CodecLimits& limits)
      : limits_(limits), decoder_(JxlDecoderCreate(nullptr)) {}

  absl::StatusOr<DecodedFrame> Run(absl::Span<const uint8_t> stream);

 private:
  absl::Status Start(absl::Span<const uint8_t> stream);
  absl::Status Answer(JxlDecoderStatus event);
  absl::Status CheckInfo();
  absl::Status ChooseColour();
  absl::Status MakeRoom();
  template <typename T>
  absl::Status MakeRoomOf();
  absl::Status CheckFrame();
  void UndoScaling();

  const CodecLimits limits_;
  const std::unique_ptr<JxlDecoder, DecoderFreeing> decoder_;
  JxlBasicInfo info_{};
  DecodedFrame frame_;
};

absl::Status Decoding::Start(absl::Span<const uint8_t> stream) {
  constexpr int kEvents = JXL_DEC_BASIC_INFO | JXL_DEC_COLOR_ENCODING |
                          JXL_DEC_FRAME | JXL_DEC_FULL_IMAGE;
  const JxlSignature signature =
      JxlSignatureCheck(stream.data(), stream.size());
  if (decoder_ == nullptr ||
      (signature != JXL_SIG_CODESTREAM && signature != JXL_SIG_CONTAINER) ||
      JxlDecoderSetKeepOrientation(decoder_.get(), JXL_TRUE) !=
          JXL_DEC_SUCCESS ||
      JxlDecoderSubscribeEvents(decoder_.get(), kEvents) != JXL_DEC_SUCCESS ||
      JxlDecoderSetInput(decoder_.get(), stream.data(), stream.size()) !=
          JXL_DEC_SUCCESS) {
    return Damaged();
  }
  return absl::OkStatus();
}

absl::Status Decoding::CheckInfo() {
  if (JxlDecoderGetBasicInfo(decoder_.get(), &info_) != JXL_DEC_SUCCESS ||
      info_.xsize == 0 || info_.ysize == 0) {
    return Damaged();
  }
  if (info_.xsize > limits_.pixels ||
      info_.ysize > limits_.pixels / info_.xsize) {
    return Error(Reason::kPixelLimitExceeded,
                 "A JPEG XL frame has more pixels than the limit allows. "
                 "Raise the limit, or look at it by hand.");
  }
  // Viewers differ in whether they turn a picture, and text that is mirrored
  // would not be read.
  const bool is_turned = info_.orientation != JXL_ORIENT_IDENTITY;
  const bool is_exact = info_.exponent_bits_per_sample > 0
                            ? info_.bits_per_sample <= 32
                            : info_.bits_per_sample <= kMostBits;
  const uint32_t alphas = info_.alpha_bits > 0 ? 1 : 0;
  if (is_turned || !is_exact || info_.have_animation || info_.have_preview ||
      info_.num_extra_channels != alphas || info_.bits_per_sample == 0) {
    return Unsupported();
  }
  frame_.cells.columns = static_cast<int>(info_.xsize);
  frame_.cells.rows = static_cast<int>(info_.ysize);
  frame_.cells.channels = static_cast<int>(info_.num_color_channels + alphas);
  frame_.precision = static_cast<int>(
      info_.exponent_bits_per_sample > 0 ? 32 : info_.bits_per_sample);
  return absl::OkStatus();
}

// A picture in libjxl's own colours, XYB, would else come out in whatever the
// encoder's input had.
absl::Status Decoding::ChooseColour() {
  if (info_.uses_original_profile) return absl::OkStatus();
  JxlColorEncoding srgb{};
  srgb.color_space = info_.num_color_channels == 1 ? JXL_COLOR_SPACE_GRAY
                                                   : JXL_COLOR_SPACE_RGB;
  srgb.white_point = JXL_WHITE_POINT_D65;
  srgb.primaries = JXL_PRIMARIES_SRGB;
  srgb.transfer_function = JXL_TRANSFER_FUNCTION_SRGB;
  srgb.rendering_intent = JXL_RENDERING_INTENT_RELATIVE;
  if (JxlDecoderSetPreferredColorProfile(decoder_.get(), &srgb) !=
      JXL_DEC_SUCCESS) {
    return Unsupported();
  }
  return absl::OkStatus();
}

template <typename T>
absl::Status Decoding::MakeRoomOf() {
  const JxlPixelFormat format{static_cast<uint32_t>(frame_.cells.channels),
                              kTypeOf<T>, JXL_NATIVE_ENDIAN, /*align=*/0};
  std::vector<T>& values = frame_.cells.values.emplace<std::vector<T>>(
      size_t{info_.xsize} * info_.ysize *
      static_cast<size_t>(frame_.cells.channels));
  size_t bytes = 0;
  if (JxlDecoderImageOutBufferSize(decoder_.get(), &format, &bytes) !=
          JXL_DEC_SUCCESS ||
      bytes != values.size() * sizeof(T) ||
      JxlDecoderSetImageOutBuffer(decoder_.get(), &format, values.data(),
                                  bytes) != JXL_DEC_SUCCESS) {
    return Damaged();
  }
  return absl::OkStatus();
}

absl::Status Decoding::MakeRoom() {
  if (info_.exponent_bits_per_sample > 0) return MakeRoomOf<float>();
  return info_.bits_per_sample <= 8 ? MakeRoomOf<uint8_t>()
                                    : MakeRoomOf<uint16_t>();
}

// Layers that are shown at once come as one picture; any other is a second.
absl::Status Decoding::CheckFrame() {
  JxlFrameHeader header;
  if (JxlDecoderGetFrameHeader(decoder_.get(), &header) != JXL_DEC_SUCCESS) {
    return Damaged();
  }
  return header.is_last ? absl::OkStatus() : Unsupported();
}

absl::Status Decoding::Answer(JxlDecoderStatus event) {
  switch (event) {
    case JXL_DEC_BASIC_INFO:
      return CheckInfo();
    case JXL_DEC_COLOR_ENCODING:
      return ChooseColour();
    case JXL_DEC_FRAME:
      return CheckFrame();
    case JXL_DEC_NEED_IMAGE_OUT_BUFFER:
      return MakeRoom();
    default:
      return Damaged();  // an error, or an end before the picture's
  }
}

// libjxl 0.7 stretches values to whole bytes or words.
void Decoding::UndoScaling() {
  const auto undo = [&](auto& values, uint32_t full) {
    const uint32_t most = (uint32_t{1} << info_.bits_per_sample) - 1;
    if (most == full) return;
    for (auto& value : values) {
      value = static_cast<std::decay_t<decltype(value)>>(
          (uint32_t{value} * most + full / 2) / full);
    }
  };
  if (auto* bytes = std::get_if<std::vector<uint8_t>>(&frame_.cells.values)) {
    undo(*bytes, 0xFF);
  }
  if (auto* words = std::get_if<std::vector<uint16_t>>(&frame_.cells.values)) {
    undo(*words, 0xFFFF);
  }
}

absl::StatusOr<DecodedFrame> Decoding::Run(absl::Span<const uint8_t> stream) {
  RETURN_IF_ERROR(Start(stream));
  for (;;) {
    const JxlDecoderStatus event = JxlDecoderProcessInput(decoder_.get());
    if (event == JXL_DEC_FULL_IMAGE) break;
    RETURN_IF_ERROR(Answer(event));
  }
  UndoScaling();
  frame_.is_rgb = true;
  frame_.has_more = JxlDecoderReleaseInput(decoder_.get()) > kMostStrayBytes;
  return std::move(frame_);
}

}  // namespace

absl::StatusOr<DecodedFrame> DecodeJpegXl(absl::Span<const uint8_t> stream,
                                          const CodecLimits& limits) {
  return Decoding(limits).Run(stream);
}

}  // namespace burntin
