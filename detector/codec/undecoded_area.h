// Finds what a decoder left out of a frame. FFmpeg's HEVC decoder does not
// tell when parts of a picture are missing. Private to detector/codec.
#ifndef BURNTIN_DETECTOR_CODEC_UNDECODED_AREA_H_
#define BURNTIN_DETECTOR_CODEC_UNDECODED_AREA_H_

struct AVFrame;

namespace burntin {

// Fills a frame that is still to be decoded with a pattern that no picture
// has.
void MarkUndecoded(AVFrame& frame);

// Whether a block of 16 by 16 luma values, the smallest that HEVC can miss,
// shows the pattern still. `frame` is not cropped.
bool HasUndecoded(const AVFrame& frame);

}  // namespace burntin

#endif  // BURNTIN_DETECTOR_CODEC_UNDECODED_AREA_H_
