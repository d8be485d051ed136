#include "detector/dicom/rle_frame.h"

#include "detector/base/error.h"
#include "detector/base/status_macros.h"
#include "detector/codec/codec.h"

namespace burntin {
namespace {

constexpr size_t kHeaderBytes = 64;
constexpr size_t kMostSegments = 15;
// One that some encoders add to make a number even.
constexpr size_t kMostStrayPixels = 1;

absl::Status Damaged() {
  return Error(Reason::kFrameDecodeFailed,
               "An RLE frame is damaged. Fetch the object again, or look at "
               "it by hand.");
}

size_t WordAt(absl::Span<const uint8_t> header, size_t index) {
  size_t word = 0;
  for (size_t i = 0; i < 4; ++i) {
    word |= size_t{header[4 * index + i]} << (8 * i);
  }
  return word;
}

// Runs and literals (PS3.5 G.3.2) up to the last pixel.
absl::Status CheckSegment(absl::Span<const uint8_t> segment, size_t pixels) {
  size_t made = 0;
  size_t at = 0;
  while (made < pixels && at < segment.size()) {
    const size_t control = segment[at];
    if (control < 0x80) {
      made += control + 1;
      at += control + 2;
    } else if (control > 0x80) {
      made += 257 - control;
      at += 2;
    } else {
      ++at;  // nothing, as the standard wants it
    }
  }
  if (made < pixels || made > pixels + kMostStrayPixels ||
      at > segment.size()) {
    return Damaged();
  }
  if (segment.size() - at > kMostStrayBytes) {
    return Error(Reason::kFileMalformed,
                 "An RLE frame holds more than Rows and Columns say. Repair "
                 "the object, or look at it by hand.");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckRleFrame(absl::Span<const uint8_t> frame, size_t pixels) {
  if (frame.size() < kHeaderBytes) return Damaged();
  const size_t segments = WordAt(frame, 0);
  if (segments < 1 || segments > kMostSegments) return Damaged();
  size_t start = WordAt(frame, 1);
  if (start < kHeaderBytes) return Damaged();
  for (size_t i = 1; i <= segments; ++i) {
    const size_t stop = i < segments ? WordAt(frame, i + 1) : frame.size();
    if (stop <= start || stop > frame.size()) return Damaged();
    RETURN_IF_ERROR(CheckSegment(frame.subspan(start, stop - start), pixels));
    start = stop;
  }
  return absl::OkStatus();
}

}  // namespace burntin
