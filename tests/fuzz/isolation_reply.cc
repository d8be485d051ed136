// The input is what a worker process answers.
#include <cstddef>
#include <cstdint>

#include "detector/isolation/decoder.pb.h"
#include "detector/isolation/messages.h"
#include "tests/fuzz/fuzz_limits.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  burntin::isolation::Reply reply;
  if (!reply.ParseFromArray(data, static_cast<int>(size))) return 0;
  burntin::ReadError(reply).IgnoreError();
  const burntin::DicomLimits limits = {.file_bytes = burntin::kFuzzFileBytes,
                                       .pixels_per_frame = burntin::kFuzzPixels,
                                       .frames = burntin::kFuzzFrames};
  if (reply.has_object()) {
    burntin::ReadObject(reply.object(), limits).IgnoreError();
  }
  if (reply.has_plane()) {
    burntin::ReadPlane(reply.plane(), limits,
                       /*most_bytes=*/16 * burntin::kFuzzPixels)
        .IgnoreError();
  }
  return 0;
}
