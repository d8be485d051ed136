// Finds the end of a JPEG or JPEG-LS stream. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_JPEG_END_H_
#define BURNTIN_DETECTOR_DICOM_JPEG_END_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace burntin {

// Fed with a stream piece by piece, tells whether more than padding (00 and
// FF, or a few other bytes, which encoders leave) follows its end (EOI,
// FFD9). Follows markers as ITU-T T.81 B.1 and
// T.87 C.1 lay them out; what is damaged is left to the decoder.
class JpegEnd {
 public:
  void Feed(std::string_view bytes);

  bool has_more() const { return bytes_after_end_ > kMostStrayBytes; }

 private:
  static constexpr size_t kMostStrayBytes = 8;  // too few for a picture

  enum class State { kData, kMarker, kLengthHigh, kLengthLow, kSkip, kEnded };

  void Step(uint8_t byte);
  void AtMarker(uint8_t byte);

  State state_ = State::kData;
  size_t length_ = 0;  // of the segment, bytes that are still to be skipped
  size_t bytes_after_end_ = 0;  // without 00 and FF
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_JPEG_END_H_
