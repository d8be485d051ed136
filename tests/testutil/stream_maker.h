// Encodes pictures that tests make up as JPEG 2000, JPEG XL and video, by the
// libraries' own encoders. Throws when an encoder refuses.
#ifndef BURNTIN_TESTS_TESTUTIL_STREAM_MAKER_H_
#define BURNTIN_TESTS_TESTUTIL_STREAM_MAKER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "detector/base/image.h"

namespace burntin {

// Rows top to bottom; the channels of a pixel stand together.
struct Samples {
  int rows = 0;
  int columns = 0;
  int channels = 1;
  int precision = 8;  // bits of a value
  bool is_signed = false;
  std::vector<int32_t> values;
};

// A picture that uses the whole range of values: ramps with noise, alike for
// alike arguments.
Samples MakeSamples(int rows, int columns, int channels = 1, int precision = 8,
                    bool is_signed = false);

struct Jpeg2000Options {
  bool lossless = true;
  bool is_jp2 = false;
  bool is_sycc = false;  // says so in the JP2 header
  int levels = 3;        // of decomposition
  int tile_size = 0;     // 0: one tile
  int chroma_step = 1;   // 2: every second row and column of channels 1 and 2
  int offset = 0;        // of the image on the reference grid
};

std::string MakeJpeg2000(const Samples& samples,
                         const Jpeg2000Options& options = {});

struct JpegXlOptions {
  bool lossless = true;
  bool in_container = false;
  int frames = 1;       // of an animation
  int orientation = 1;  // as in Exif
};

// 2 or 4 channels: the last is alpha.
std::string MakeJpegXl(const Samples& samples,
                       const JpegXlOptions& options = {});
// Values of [0, 1].
std::string MakeFloatJpegXl(int rows, int columns,
                            const std::vector<float>& values);
// A baseline JPEG file of an RGB picture, rows and columns even.
std::string MakeJpeg(const Image& picture);
// Keeps the coefficients of a JPEG file.
std::string MakeJpegXlOfJpeg(std::string_view jpeg);

enum class VideoCoding { kMotionJpeg, kMpeg1, kMpeg2, kH264, kHevc };
// kBare is the coding's own byte stream.
enum class VideoWrapping { kBare, kTransport, kProgram, kMp4 };

struct VideoOptions {
  VideoCoding coding = VideoCoding::kH264;
  VideoWrapping wrapping = VideoWrapping::kBare;
  int b_frames = 0;       // between two others
  int key_interval = 12;  // frames
  bool interlaced = false;
  bool ten_bits = false;  // not for MPEG-2
  bool full_range = false;
  int videos = 1;  // copies of the stream in one container
  bool with_audio = false;
  bool with_subtitles = false;  // in an MP4 file
  // What the coding's own encoder takes, as in "slices=4:cabac=0".
  std::string extra;
};

// Grey or RGB frames of one size, rows and columns even.
std::string MakeVideo(const std::vector<Image>& frames,
                      const VideoOptions& options = {});

}  // namespace burntin

#endif  // BURNTIN_TESTS_TESTUTIL_STREAM_MAKER_H_
