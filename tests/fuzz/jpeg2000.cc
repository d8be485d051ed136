// The input is a JPEG 2000 stream.
#include "detector/codec/jpeg2000.h"

#include "tests/fuzz/fuzz_limits.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  burntin::DecodeJpeg2000({data, size}, {.pixels = burntin::kFuzzPixels})
      .IgnoreError();
  return 0;
}
