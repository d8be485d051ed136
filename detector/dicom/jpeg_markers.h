// Follows the markers of a JPEG or JPEG-LS stream. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_JPEG_MARKERS_H_
#define BURNTIN_DETECTOR_DICOM_JPEG_MARKERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "detector/codec/codec.h"

namespace burntin {

// What a stream says of its picture. A DICOM header may say otherwise, and
// decoders believe either.
struct JpegFrame {
  int precision = 0;  // bits of a sample
  int rows = 0;       // 0: the stream says so behind its data (DNL)
  int columns = 0;
  int components = 0;

  friend bool operator==(const JpegFrame&, const JpegFrame&) = default;
};

// Fed with a stream piece by piece, tells what its frame header says and
// whether more than padding (00 and FF, or a few other bytes, which encoders
// leave) follows its end (EOI, FFD9). Follows markers as ITU-T T.81 B.1 and
// T.87 C.1 lay them out; what is damaged is left to the decoder.
class JpegMarkers {
 public:
  void Feed(std::string_view bytes);

  bool has_more() const { return bytes_after_end_ > kMostStrayBytes; }

  // Of the first frame header (SOF). Nothing before it has come, and nothing
  // at all when a TEM marker (FF01) stands before it: it has no use there, and
  // DCMTK 3.6.7 looks at it for ever.
  const std::optional<JpegFrame>& frame() const { return frame_; }

 private:
  static constexpr size_t kFrameHeaderBytes = 6;  // up to the components

  enum class State { kData, kMarker, kLengthHigh, kLengthLow, kSkip, kEnded };

  size_t Skip(std::string_view bytes);
  void Step(uint8_t byte);
  void AtMarker(uint8_t byte);
  void ReadFrameHeader();

  State state_ = State::kData;
  size_t length_ = 0;  // of the segment, bytes that are still to be skipped
  size_t bytes_after_end_ = 0;  // without 00 and FF
  bool has_tem_ = false;
  bool in_frame_header_ = false;
  std::string frame_header_;
  std::optional<JpegFrame> frame_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_JPEG_MARKERS_H_
