// Makes RGB of decoded video frames, by libswscale. Private to detector/codec.
#ifndef BURNTIN_DETECTOR_CODEC_RGB_CONVERTER_H_
#define BURNTIN_DETECTOR_CODEC_RGB_CONVERTER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "detector/codec/codec.h"

struct AVFrame;
struct SwsContext;

namespace burntin {

// Frames of one size and format. One thread at a time.
class RgbConverter {
 public:
  RgbConverter();
  ~RgbConverter();

  // 8 bits a value, or 16 for a frame of more than 8. FRAME_DECODE_FAILED
  // when the frame is unlike the first in size, format or colours.
  absl::StatusOr<DecodedFrame> Convert(const AVFrame& frame);

 private:
  struct Kind;

  absl::Status Start(const AVFrame& frame);

  std::unique_ptr<Kind> kind_;  // of the first frame
  SwsContext* scaler_ = nullptr;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_RGB_CONVERTER_H_
