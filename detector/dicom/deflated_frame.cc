#include "detector/dicom/deflated_frame.h"

#include <zlib.h>

#include "detector/base/error.h"

namespace burntin {

absl::StatusOr<std::vector<uint8_t>> InflateFrame(std::vector<uint8_t> deflated,
                                                  int64_t size) {
  // One byte more, to notice a stream that goes on.
  std::vector<uint8_t> pixels(static_cast<size_t>(size) + 1);
  z_stream stream{};
  stream.next_in = deflated.data();
  stream.avail_in = static_cast<uInt>(deflated.size());
  stream.next_out = pixels.data();
  stream.avail_out = static_cast<uInt>(pixels.size());
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
    return Error(Reason::kInternalFailure,
                 "A frame could not be inflated, perhaps for want of memory. "
                 "Send the object again.");
  }
  const int result = inflate(&stream, Z_FINISH);
  const uInt unread = stream.avail_in;
  const auto made = static_cast<int64_t>(stream.total_out);
  inflateEnd(&stream);
  if (result != Z_STREAM_END || made != size || unread > 1) {
    return Error(Reason::kFrameDecodeFailed,
                 "A deflated frame is damaged, or of another size than the "
                 "header says. Fetch the object again, or look at it by "
                 "hand.");
  }
  pixels.resize(static_cast<size_t>(size));
  return pixels;
}

}  // namespace burntin
