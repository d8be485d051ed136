#include <jxl/encode.h>

#include <memory>
#include <stdexcept>

#include "tests/testutil/stream_maker.h"

namespace burntin {
namespace {

struct Freeing {
  void operator()(JxlEncoder* encoder) const { JxlEncoderDestroy(encoder); }
};
using EncoderPtr = std::unique_ptr<JxlEncoder, Freeing>;

void Check(JxlEncoderStatus status) {
  if (status != JXL_ENC_SUCCESS) {
    throw std::runtime_error("libjxl does not encode this");
  }
}

std::string Finish(JxlEncoder* encoder) {
  std::string bytes;
  JxlEncoderStatus status = JXL_ENC_NEED_MORE_OUTPUT;
  while (status == JXL_ENC_NEED_MORE_OUTPUT) {
    std::string part(1 << 16, '\0');
    auto* next = reinterpret_cast<uint8_t*>(part.data());
    size_t left = part.size();
    status = JxlEncoderProcessOutput(encoder, &next, &left);
    bytes.append(part, 0, part.size() - left);
  }
  Check(status);
  return bytes;
}

JxlBasicInfo MakeInfo(int rows, int columns, int channels) {
  JxlBasicInfo info;
  JxlEncoderInitBasicInfo(&info);
  info.xsize = static_cast<uint32_t>(columns);
  info.ysize = static_cast<uint32_t>(rows);
  info.num_color_channels = channels >= 3 ? 3 : 1;
  info.num_extra_channels = channels % 2 == 0 ? 1 : 0;
  return info;
}

void SetColours(JxlEncoder* encoder, bool is_grey) {
  JxlColorEncoding srgb;
  JxlColorEncodingSetToSRGB(&srgb, is_grey ? JXL_TRUE : JXL_FALSE);
  Check(JxlEncoderSetColorEncoding(encoder, &srgb));
}

// libjxl wants values stretched to the whole word.
template <typename T>
std::vector<T> Stretch(const Samples& samples) {
  const int64_t most = (int64_t{1} << samples.precision) - 1;
  const int64_t full = (int64_t{1} << (8 * sizeof(T))) - 1;
  std::vector<T> values;
  for (const int32_t value : samples.values) {
    values.push_back(static_cast<T>((value * full + most / 2) / most));
  }
  return values;
}

template <typename T>
void AddFrame(JxlEncoderFrameSettings* settings, const Samples& samples,
              JxlDataType type) {
  const std::vector<T> values = Stretch<T>(samples);
  const JxlPixelFormat format{static_cast<uint32_t>(samples.channels), type,
                              JXL_NATIVE_ENDIAN, 0};
  Check(JxlEncoderAddImageFrame(settings, &format, values.data(),
                                values.size() * sizeof(T)));
}

}  // namespace

std::string MakeJpegXl(const Samples& samples, const JpegXlOptions& options) {
  const EncoderPtr encoder(JxlEncoderCreate(nullptr));
  Check(JxlEncoderUseContainer(encoder.get(), options.in_container));
  JxlBasicInfo info = MakeInfo(samples.rows, samples.columns, samples.channels);
  info.bits_per_sample = static_cast<uint32_t>(samples.precision);
  info.alpha_bits = info.num_extra_channels > 0 ? info.bits_per_sample : 0;
  info.uses_original_profile = options.lossless;
  info.orientation = static_cast<JxlOrientation>(options.orientation);
  info.have_animation = options.frames > 1;
  info.animation.tps_numerator = 10;
  info.animation.tps_denominator = 1;
  if (samples.precision > 12) {
    Check(JxlEncoderSetCodestreamLevel(encoder.get(), 10));
  }
  Check(JxlEncoderSetBasicInfo(encoder.get(), &info));
  SetColours(encoder.get(), samples.channels < 3);
  JxlEncoderFrameSettings* settings =
      JxlEncoderFrameSettingsCreate(encoder.get(), nullptr);
  Check(JxlEncoderSetFrameLossless(settings, options.lossless));
  JxlFrameHeader header;
  JxlEncoderInitFrameHeader(&header);
  header.duration = options.frames > 1 ? 1 : 0;
  Check(JxlEncoderSetFrameHeader(settings, &header));
  for (int i = 0; i < options.frames; ++i) {
    if (samples.precision <= 8) {
      AddFrame<uint8_t>(settings, samples, JXL_TYPE_UINT8);
    } else {
      AddFrame<uint16_t>(settings, samples, JXL_TYPE_UINT16);
    }
  }
  JxlEncoderCloseInput(encoder.get());
  return Finish(encoder.get());
}

std::string MakeFloatJpegXl(int rows, int columns,
                            const std::vector<float>& values) {
  const EncoderPtr encoder(JxlEncoderCreate(nullptr));
  JxlBasicInfo info = MakeInfo(rows, columns, /*channels=*/1);
  info.bits_per_sample = 32;
  info.exponent_bits_per_sample = 8;
  info.uses_original_profile = JXL_TRUE;
  Check(JxlEncoderSetCodestreamLevel(encoder.get(), 10));
  Check(JxlEncoderSetBasicInfo(encoder.get(), &info));
  SetColours(encoder.get(), /*is_grey=*/true);
  JxlEncoderFrameSettings* settings =
      JxlEncoderFrameSettingsCreate(encoder.get(), nullptr);
  Check(JxlEncoderSetFrameLossless(settings, JXL_TRUE));
  const JxlPixelFormat format{1, JXL_TYPE_FLOAT, JXL_NATIVE_ENDIAN, 0};
  Check(JxlEncoderAddImageFrame(settings, &format, values.data(),
                                values.size() * sizeof(float)));
  JxlEncoderCloseInput(encoder.get());
  return Finish(encoder.get());
}

std::string MakeJpegXlOfJpeg(std::string_view jpeg) {
  const EncoderPtr encoder(JxlEncoderCreate(nullptr));
  Check(JxlEncoderStoreJPEGMetadata(encoder.get(), JXL_TRUE));
  JxlEncoderFrameSettings* settings =
      JxlEncoderFrameSettingsCreate(encoder.get(), nullptr);
  Check(JxlEncoderAddJPEGFrame(
      settings, reinterpret_cast<const uint8_t*>(jpeg.data()), jpeg.size()));
  JxlEncoderCloseInput(encoder.get());
  return Finish(encoder.get());
}

}  // namespace burntin
