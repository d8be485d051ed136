#include "detector/dicom/rle_header.h"

#include "detector/base/error.h"

namespace burntin {
namespace {

constexpr size_t kMostSegments = 15;

size_t WordAt(absl::Span<const uint8_t> header, size_t index) {
  size_t word = 0;
  for (size_t i = 0; i < 4; ++i) {
    word |= size_t{header[4 * index + i]} << (8 * i);
  }
  return word;
}

}  // namespace

absl::Status CheckRleHeader(absl::Span<const uint8_t> header,
                            size_t frame_bytes) {
  const absl::Status damaged =
      Error(Reason::kFrameDecodeFailed,
            "An RLE frame's header does not suit its length. Fetch the object "
            "again, or look at it by hand.");
  if (header.size() < kRleHeaderBytes) return damaged;
  const size_t segments = WordAt(header, 0);
  if (segments < 1 || segments > kMostSegments) return damaged;
  size_t least = kRleHeaderBytes;
  for (size_t i = 1; i <= segments; ++i) {
    const size_t offset = WordAt(header, i);
    if (offset < least || offset >= frame_bytes) return damaged;
    least = offset + 1;
  }
  return absl::OkStatus();
}

}  // namespace burntin
