// Gives the frames of a video by number. Private to detector/dicom.
#ifndef BURNTIN_DETECTOR_DICOM_VIDEO_FRAMES_H_
#define BURNTIN_DETECTOR_DICOM_VIDEO_FRAMES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "detector/base/cells.h"
#include "detector/codec/video.h"

namespace burntin {

// A video decodes from its start only. Frames that were decoded last are
// kept, so that asking in nearly ascending order decodes each once.
class VideoFrames {
 public:
  // `stream` holds `frames` frames.
  VideoFrames(std::vector<uint8_t> stream, VideoKind kind, int frames,
              const CodecLimits& limits);

  // PIXEL_DATA_TRUNCATED when the video ends before; FILE_MALFORMED for the
  // last frame when the video goes on behind it.
  absl::StatusOr<PixelCells> Read(int frame);

 private:
  absl::Status DecodeUpTo(int frame);
  void Keep(PixelCells cells);

  const std::vector<uint8_t> stream_;
  const VideoKind kind_;
  const int frames_;
  const CodecLimits limits_;
  std::unique_ptr<VideoDecoder> decoder_;
  std::map<int, PixelCells> kept_;
  int next_ = 0;  // the frame that the decoder gives next
  absl::Status failure_;
};

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_DICOM_VIDEO_FRAMES_H_
