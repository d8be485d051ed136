// The input is a JPEG XL stream.
#include "detector/codec/jpegxl.h"

#include "tests/fuzz/fuzz_limits.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  burntin::DecodeJpegXl({data, size}, {.pixels = burntin::kFuzzPixels})
      .IgnoreError();
  return 0;
}
