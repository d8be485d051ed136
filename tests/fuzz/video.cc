// The first byte tells the kind of video, the rest is its stream.
#include "detector/codec/video.h"

#include "tests/fuzz/byte_reader.h"
#include "tests/fuzz/fuzz_limits.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  burntin::ByteReader reader(data, size);
  const auto kind = static_cast<burntin::VideoKind>(reader.Take<uint8_t>() % 3);
  auto video = burntin::VideoDecoder::Open(reader.Rest(), kind,
                                           {.pixels = burntin::kFuzzPixels});
  if (!video.ok()) return 0;
  for (int frame = 0; frame < burntin::kFuzzFrames; ++frame) {
    const auto decoded = (*video)->Next();
    if (!decoded.ok() || !*decoded) break;
  }
  return 0;
}
